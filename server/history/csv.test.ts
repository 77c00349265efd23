import * as fc from 'fast-check';
import { csvCell, csvRow } from './csv';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '\n'])(
  'takes the formula out of %j',
  (text) => {
    expect(csvCell(text)).toBe(`"'${text}"`);
  }
);

it.each([
  '1834780238610855645',
  '13491234512345',
  '7',
  '007',
  ' 1834780238610855645 ',
  '12345678e12345678901234567890123',
  '1E5',
  '1.5e-3',
  '1,834,780',
  '1.834.780,00',
  '1/2',
  '1-2',
  '12:30',
  '12.3.2024',
  '50%',
  '$5',
  '5 €',
  '(5)',
  'SEP1',
  'MAR-01',
  '1-dec',
  'Sept 2 2024',
])('marks %j as a text, so that no spreadsheet program makes a number or a date of it', (text) => {
  expect(csvCell(text)).toBe(`"'${text}"`);
});

it.each([
  'web-1',
  'srv-win1',
  'march',
  'MARKETING-01',
  'decoder7',
  'E5',
  'may-be-1',
  '0efd7bcfd285450885e05bd8d5bf2ba7',
  '6a0879cc-c7f0-4229-bffa-6d076f88b95d',
  '2024-07-03T03:45:00.000Z',
  "it's = fine",
  'Ticket 4711',
  '',
])('leaves %j as it is', (text) => {
  expect(csvCell(text)).toBe(`"${text}"`);
});

it('keeps numbers, and writes an empty cell for no value', () => {
  expect(csvRow([-5, 1.5, null, undefined])).toBe('"-5","1.5","",""\r\n');
});

it('protects ids from being rounded by spreadsheet programs', () => {
  const digits = fc.stringOf(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 40 });
  const exponent = fc.tuple(digits, digits).map(([a, b]) => `${a}e${b}`);
  fc.assert(
    fc.property(fc.oneof(digits, exponent), (id) => {
      expect(csvCell(id)).toBe(`"'${id}"`);
      // JavaScript reads as a number what they read as one, and more.
      expect(Number(csvCell(id).slice(1, -1))).toBeNaN();
    })
  );
});

it('no text is a formula or number, and every text can be restored', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.fullUnicodeString()), (text) => {
      const inner = csvCell(text).slice(1, -1);
      expect(inner).not.toMatch(/^\s*[=+\-@]/);
      expect(inner).not.toMatch(/^[\d.,]*\d[\d.,]*$/);
      expect(inner.replace(/""/g, '')).not.toContain('"');
      const back = inner.replace(/""/g, '"');
      expect([text, `'${text}`]).toContain(back);
    })
  );
});

it('takes linear time for long texts', () => {
  const started = Date.now();
  for (const text of ['1'.repeat(100_000) + 'x', '1e'.repeat(50_000), ' '.repeat(100_000) + 'x']) {
    csvCell(text);
  }
  expect(Date.now() - started).toBeLessThan(2_000);
});
