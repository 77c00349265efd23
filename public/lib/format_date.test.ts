import * as fc from 'fast-check';
import { formatDate } from './format_date';

const settingsWith = (timezone: string) => ({
  get: <T>(key: string) =>
    ({ dateFormat: 'YYYY-MM-DD HH:mm', 'dateFormat:tz': timezone })[key] as unknown as T,
});

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2024-03-01T10:03:00.000Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

it("shows a date in the time zone and format of Kibana's settings", () => {
  const iso = '2024-03-01T10:00:00.000Z';
  expect(formatDate(settingsWith('UTC'), iso)).toEqual({
    absolute: '2024-03-01 10:00',
    short: '10:00',
    relative: '3 minutes ago',
  });
  expect(formatDate(settingsWith('Asia/Tokyo'), iso)?.absolute).toBe('2024-03-01 19:00');
  expect(formatDate(settingsWith('Browser'), iso)?.absolute).toMatch(/^2024-0[23]-\d\d \d\d:\d\d$/);
});

it('is only the time of day for a time of today, in the displayed time zone', () => {
  const short = (zone: string, iso: string) => formatDate(settingsWith(zone), iso)?.short;
  expect(short('UTC', '2024-03-01T00:05:00.000Z')).toBe('00:05');
  expect(short('UTC', '2024-02-29T23:55:00.000Z')).toBe('2024-02-29 23:55');
  // Still the evening before in New York.
  expect(short('America/New_York', '2024-03-01T03:00:00.000Z')).toBe('2024-02-29 22:00');
  expect(short('Asia/Tokyo', '2024-02-29T23:55:00.000Z')).toBe('08:55');
});

it('returns undefined for an invalid date, without a console message', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  for (const text of [null, undefined, '', 'yesterday', '2024-13-45', '{}', 'Infinity']) {
    expect(formatDate(settingsWith('UTC'), text)).toBeUndefined();
  }
  expect(warn).not.toHaveBeenCalled();
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.date().map(String)), (text) => {
      const date = formatDate(settingsWith('UTC'), text);
      if (date !== undefined) expect(date.absolute).not.toMatch(/invalid/i);
    })
  );
});
