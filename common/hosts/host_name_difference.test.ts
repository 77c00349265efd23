import * as fc from 'fast-check';
import { isSameHostName, showDifference } from './host_name';

describe('tellApart', () => {
  it.each([
    ['web-7', 'db-1', 'web-7', 'db-1'],
    ['web-a', 'web-а', 'web-a', 'web-\\u0430'],
    ['web-7', 'web‑7', 'web-7', 'web\\u20117'],
    ['WEB-A', 'web-а.corp.example', 'WEB-A', 'web-\\u0430.corp.example'],
    ['web-a', 'web-ａ', 'web-a', 'web-\\uff41'],
    ['web-7', 'web\u200b-7', 'web-7', 'web\\u200b-7'],
    ['web 7', 'web  7', 'web 7', 'web \\u00207'],
    ['pc-server', 'pc-сервер', 'pc-server', 'pc-сервер'],
    ['сервер-1', 'сервер-2', 'сервер-1', 'сервер-2'],
    [
      'сервер-о',
      'сервер-o',
      '\\u0441\\u0435\\u0440в\\u0435\\u0440-\\u043e',
      '\\u0441\\u0435\\u0440в\\u0435\\u0440-o',
    ],
  ])('%j and %j', (one, other, shownOne, shownOther) => {
    expect(showDifference(one, other)).toEqual([shownOne, shownOther]);
    expect(showDifference(other, one)).toEqual([shownOther, shownOne]);
  });

  it('never shows two different names as the same text', () => {
    const name = fc.stringOf(
      fc.constantFrom('a', 'а', 'ａ', 'ü', 'u\u0308', '\u200b', ' ', '-', '‐', 'A', 'Α', '\\'),
      { maxLength: 6 }
    );
    fc.assert(
      fc.property(name, name, (one, other) => {
        fc.pre(!isSameHostName(one, other));
        const [a, b] = showDifference(one, other);
        expect(a.normalize('NFC').trim()).not.toBe(b.normalize('NFC').trim());
      }),
      { numRuns: 5_000 }
    );
  });
});
