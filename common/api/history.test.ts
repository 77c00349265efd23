import * as fc from 'fast-check';
import { momentCodec } from '../lib/moment';
import { historyFilterCodec } from './history';
import { decode } from '../lib/validation';

describe('a time', () => {
  it.each([
    '2024-07-03T03:45:00Z',
    '2024-07-03T03:45Z',
    '2024-02-29T23:59:59.999999999Z',
    '2024-07-03T03:45:00+05:45',
    '2024-07-03T03:45:00-18:00',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ])('%s is one', (text) => expect(decode(momentCodec, text).ok).toBe(true));

  it.each([
    '2024-02-31T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-04-31T00:00:00+02:00',
    '2024-00-10T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T23:60:00Z',
    '2024-01-01T23:59:60Z',
    '2024-01-01T00:00:00+19:00',
    '2024-01-01T00:00:00+18:01',
    '2024-01-01T00:00:00-05:60',
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
    '2024-01-01',
    '2024-01-01T00:00:00',
    '+02024-01-01T00:00:00Z',
    'now-7d',
    '',
  ])('%j is none, and what is accepted is said', (text) => {
    const decoded = decode(historyFilterCodec, { from: text });
    expect(decoded.ok).toBe(false);
    expect(JSON.stringify(decoded)).toContain('from');
    expect(JSON.stringify(decoded)).toContain(
      'accepted is an ISO 8601 time of a real day with its time zone, such as 2024-07-03T03:45:00Z'
    );
  });

  it('is accepted as JavaScript writes it, and refused if JavaScript would correct it', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    const two = (n: number) => String(n).padStart(2, '0');
    fc.assert(
      fc.property(number(13), number(32), number(25), number(61), (month, day, hour, minute) => {
        const text = `2023-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:00.000Z`;
        const time = new Date(text);
        const isKept = !Number.isNaN(time.getTime()) && time.toISOString() === text;
        expect(decode(momentCodec, text).ok).toBe(isKept);
      }),
      { numRuns: 1000 }
    );
  });
});
