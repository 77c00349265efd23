import * as fc from 'fast-check';
import {
  shapeOf,
  closedObject,
  decode,
  describeProblems,
  refine,
  wholeNumber,
  type Decoded,
} from './validation';
import {
  connectorConfigCodec,
  connectorSecretsCodec,
  hostActionParamsCodec,
} from '../api/connector';
import { hostsStatusBodyCodec } from '../api/routes';

const messageOf = (decoded: Decoded<unknown>): string => {
  if (decoded.ok) throw new Error('This input should have been refused');
  return describeProblems(decoded.problems);
};
const action = (changes: object) => ({ hosts: [{ uuid: 'abc' }], comment: 'why', ...changes });

describe('decode', () => {
  it('returns valid input', () => {
    const input = { hosts: [{ uuid: 'abc-1', agentId: '12', name: 'web-1' }], comment: 'why' };
    expect(decode(hostActionParamsCodec, input)).toEqual({ ok: true, value: input });
  });

  it.each([
    [action({ hosts: [] }), '[hosts]: got a list of 0; accepted is a list of 1 to 1000 hosts'],
    [action({ hosts: undefined }), '[hosts]: got nothing'],
    [action({ hosts: [{}] }), '[hosts[0]]: got an object; accepted is a host'],
    [action({ hosts: [{ name: 'web-1' }] }), '[hosts[0]]: got an object; accepted is a host'],
    [action({ hosts: [{ uuid: 'a' }, { uuid: '' }] }), '[hosts[1].uuid]: got ""'],
    [action({ hosts: [{ uuid: ' ' }] }), '[hosts[0].uuid]: got " "'],
    [action({ hosts: [{ uuid: 'a,b' }] }), '[hosts[0].uuid]: got "a,b"; accepted is an agent UUID'],
    [action({ hosts: [{ uuid: null }] }), '[hosts[0].uuid]: got null'],
    [action({ hosts: [{ agentId: '1,2' }] }), '[hosts[0].agentId]: got "1,2"'],
    [action({ hosts: [{ agentId: 12 }] }), '[hosts[0].agentId]: got 12; accepted is an agent id'],
    [
      action({ hosts: [{ agentID: '12' }] }),
      '[hosts[0].agentID]: got "12"; there is no such field; known are uuid',
    ],
    [action({ comment: '' }), '[comment]: got ""'],
    [action({ comment: ' \n' }), '[comment]'],
    [action({ comment: 'x'.repeat(2001) }), '[comment]'],
    [action({ filter: {} }), '[filter]: got an object; there is no such field'],
    ['text', 'The input: got "text"'],
    [null, 'The input: got null'],
  ])('refuses %j and names the field', (input, message) => {
    expect(messageOf(decode(hostActionParamsCodec, input))).toContain(message);
  });

  it('counts the problems that it does not list', () => {
    const hosts = Array.from({ length: 9 }, () => ({ uuid: '' }));
    expect(messageOf(decode(hostActionParamsCodec, action({ hosts })))).toMatch(/And 4 more$/);
  });

  it('never shows a token', () => {
    const message = messageOf(decode(connectorSecretsCodec, { token: 'secret token' }));
    expect(message).toContain('[token]');
    expect(message).not.toContain('secret token');
  });

  it.each([
    'http://example.sentinelone.net',
    'https://example.sentinelone.net/web',
    'https://example.sentinelone.net?a=b',
    'https://example.sentinelone.net/#x',
    'https://user:password@example.sentinelone.net',
    ' https://example.sentinelone.net',
    'ftp://example.sentinelone.net',
    'example.sentinelone.net',
    'http://127.0.0.1.example.org',
    '',
  ])('refuses %j as a tenant', (url) => {
    expect(messageOf(decode(connectorConfigCodec, { url }))).toContain('[url]');
  });

  it.each([
    'https://example.sentinelone.net',
    'https://example.sentinelone.net/',
    'https://example.sentinelone.net:8443',
    'http://127.0.0.1:9911',
    'http://localhost:9911',
    'http://[::1]:9911',
  ])('accepts %j as a tenant', (url) => {
    expect(decode(connectorConfigCodec, { url }).ok).toBe(true);
  });
});

describe('for every input', () => {
  const anything = fc.anything({ maxDepth: 4, withBigInt: true, withDate: true, withMap: true });
  const strangeIds = fc.oneof(
    fc.string(),
    fc.fullUnicodeString(),
    fc.constantFrom('', ' ', ',', 'a,b', '*', '..', '%2C', '1 2'),
    // Some that are accepted, or the properties below would be about no input.
    { weight: 3, arbitrary: fc.constantFrom('1', '1834780238610855645', '0efd7bcf-d285') }
  );

  it('decode never throws, and states why it refuses', () => {
    const inputs = fc.oneof(
      anything,
      fc.record({ hosts: fc.array(fc.record({ uuid: strangeIds })), comment: strangeIds })
    );
    const answers = new Set<boolean>();
    fc.assert(
      fc.property(inputs, (input) => {
        const decoded = decode(hostActionParamsCodec, input);
        answers.add(decoded.ok);
        if (decoded.ok) expect(hostActionParamsCodec.is(input)).toBe(true);
        else expect(describeProblems(decoded.problems).length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 }
    );
    expect([...answers].sort()).toEqual([false, true]);
  });

  it('an accepted host has an identifier that is valid for only one host', () => {
    let acceptedInputs = 0;
    fc.assert(
      fc.property(
        fc.record({ uuid: strangeIds, agentId: strangeIds }, { requiredKeys: [] }),
        (host) => {
          const decoded = decode(hostActionParamsCodec, action({ hosts: [host] }));
          if (!decoded.ok) return;
          acceptedInputs += 1;
          const [accepted] = decoded.value.hosts;
          const named = [accepted?.uuid, accepted?.agentId].filter((id) => id !== undefined);
          expect(named.length).toBeGreaterThan(0);
          for (const id of named) expect(id).toMatch(/^[A-Za-z0-9-]{1,64}$/);
        }
      ),
      { numRuns: 2000 }
    );
    expect(acceptedInputs).toBeGreaterThan(50);
  });

  it('an accepted status request names at least one host, each by an id', () => {
    let acceptedInputs = 0;
    fc.assert(
      fc.property(
        fc.record({ agents: fc.array(fc.record({ uuid: strangeIds }, { requiredKeys: [] })) }),
        (body) => {
          const decoded = decode(hostsStatusBodyCodec, body);
          if (!decoded.ok) return;
          acceptedInputs += 1;
          expect(decoded.value.agents.length).toBeGreaterThan(0);
          for (const { uuid, agentId } of decoded.value.agents)
            expect(uuid ?? agentId).toBeTruthy();
        }
      ),
      { numRuns: 1000 }
    );
    expect(acceptedInputs).toBeGreaterThan(50);
  });
});

describe('refine', () => {
  const number = wholeNumber(0, 9);
  const ordered = refine(
    closedObject('a range', { from: number, to: number }, { about: number }),
    ({ from, to, about }) => {
      if (about !== undefined)
        return { field: 'about', accepted: number, message: 'it is obsolete' };
      if (from === to) return {};
      return from < to ? undefined : { field: 'to', accepted: number };
    },
    { oneOfFields: ['from', 'to'] }
  );

  it('accepts values that the codec accepts and the condition is true for, and `is` agrees with `validate`', () => {
    const anyNumber = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.string());
    fc.assert(
      fc.property(fc.record({ from: anyNumber, to: anyNumber }), ({ from, to }) => {
        const isFit = number.is(from) && number.is(to) && from < to;
        const decoded = decode(ordered, { from, to });
        expect(decoded.ok).toBe(isFit);
        expect(ordered.is({ from, to })).toBe(isFit);
        if (decoded.ok) expect(decoded.value).toEqual({ from, to });
      })
    );
  });

  it.each([
    [{ from: 2, to: 2 }, 'The input: got an object; accepted is a range'],
    [{ from: 2, to: 1 }, '[to]: got 1; accepted is a whole number from 0 to 9'],
    [{ from: 1, to: 2, about: 3 }, '[about]: got 3; it is obsolete'],
    [{ from: 'x', to: 1 }, '[from]: got "x"; accepted is a whole number from 0 to 9'],
  ])('names what does not fit in %j', (input, message) => {
    expect(messageOf(decode(ordered, input))).toBe(message);
  });

  it('keeps the description of the codec', () => {
    expect(shapeOf(ordered)).toMatchObject({ kind: 'object', oneOfFields: ['from', 'to'] });
  });
});
