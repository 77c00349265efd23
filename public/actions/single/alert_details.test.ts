import fc from 'fast-check';
import { bytesText, constantText } from './alert_details';

it.each([
  ['NOT_MITIGATED', 'Not mitigated'],
  ['not_mitigated', 'Not mitigated'],
  ['MALWARE', 'Malware'],
  ['malicious', 'Malicious'],
  ['Not mitigated', 'Not mitigated'],
  ['False positive', 'False positive'],
  ['PUA', 'Pua'],
  ['', ''],
])('shows %s as %s', (value, text) => {
  expect(constantText(value)).toBe(text);
});

it.each([
  ['0', '0 bytes'],
  ['1', '1 byte'],
  ['999', '999 bytes'],
  ['1000', '1.00 kB (1,000 bytes)'],
  ['1482752', '1.48 MB (1,482,752 bytes)'],
  ['58214400', '58.2 MB (58,214,400 bytes)'],
  ['unknown', 'unknown'],
  ['-5', '-5'],
  ['1.5', '1.5'],
])('shows %s bytes as %s', (value, text) => {
  expect(bytesText(value)).toBe(text);
});

it('always contains the exact number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (bytes) => {
      expect(bytesText(String(bytes))).toContain(`${bytes.toLocaleString('en')} byte`);
    })
  );
});
