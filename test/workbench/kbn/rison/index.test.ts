import fc from 'fast-check';
import { decode, encode, safeDecode } from '.';

describe('rison', () => {
  it('writes and reads the published examples', () => {
    const value = { a: 0, b: 'foo', c: '23skidoo', d: [true, false, null], e: "it's!" };
    const text = `(a:0,b:foo,c:'23skidoo',d:!(!t,!f,!n),e:'it!'s!!')`;
    expect(encode(value)).toBe(text);
    expect(decode(text)).toEqual(value);
  });

  it('reads the state of a flyout', () => {
    const text = `(right:(id:document-details-right,params:(id:ab12,indexName:.alerts-security.alerts-default)))`;
    expect(decode(text)).toMatchObject({
      right: { params: { id: 'ab12', indexName: '.alerts-security.alerts-default' } },
    });
  });

  it('returns null for anything else', () => {
    for (const text of ['', '(', '(a)', '!x', `'open`, '(a:1)b']) {
      expect(safeDecode(text)).toBeNull();
      expect(() => decode(text)).toThrow('rison decoder error');
    }
  });

  it('reads what it has written', () => {
    const value = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 });
    fc.assert(
      fc.property(value, (one) => {
        const plain = JSON.parse(JSON.stringify(one)) as unknown;
        expect(decode(encode(plain))).toEqual(plain);
      }),
      { numRuns: 500 }
    );
  });
});
