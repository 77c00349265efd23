import * as fc from 'fast-check';
import {
  DEFAULT_PROTECTION_SETTINGS,
  DEFAULT_RELEASE_TIMES,
  PROTECTED_FIELDS,
  PROTECTED_ISOLATION,
  type ProtectionSettings,
  type ProtectedHost,
} from '../../common/hosts/protection_settings';
import { describeProtectionChange } from './describe_protection_change';

const withHosts = (...protectedHosts: ProtectedHost[]) => ({
  ...DEFAULT_PROTECTION_SETTINGS,
  protectedHosts,
});
const sentences = (...args: Parameters<typeof describeProtectionChange>) =>
  describeProtectionChange(...args).map(({ what }) => what);

it('describes no change if nothing differs', () => {
  const guards = withHosts({ field: 'ip', pattern: '10.0.0.0/8' });
  expect(describeProtectionChange(guards, { ...guards })).toEqual([]);
});

it('names added and removed patterns, regardless of their order', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((pattern) => ({ field: 'name' as const, pattern }));
  expect(describeProtectionChange(withHosts(a!, b!), withHosts(c!, b!))).toEqual([
    {
      what: 'protected hosts with name "c"',
      fields: { setting: 'protectedHosts', added: [c], part: 1, parts: 1 },
    },
    {
      what: 'no longer protected hosts with name "a"',
      fields: { setting: 'protectedHosts', removed: [a], part: 1, parts: 1 },
    },
  ]);
  expect(describeProtectionChange(withHosts(a!, b!), withHosts(b!, a!))).toEqual([]);
});

it('names 61 patterns in four events', () => {
  const many = Array.from({ length: 61 }, (_, n) => ({ field: 'name' as const, pattern: `h${n}` }));
  const events = sentences(withHosts(...many), withHosts());
  expect(events).toHaveLength(4);
  expect(events[3]).toBe('no longer protected hosts with name "h60" (part 4 of 4)');
});

it('describes the replacement of settings that could not be parsed', () => {
  expect(sentences(undefined, DEFAULT_PROTECTION_SETTINGS)).toEqual([
    'replaced settings that could not be read',
    'made a comment required',
    'set the maximum number of hosts in one action to 1000',
    'set the default of the automatic release to never',
    'set the longest time until an automatic release to 129600 minutes',
    'set that users can isolate protected hosts with a second comment',
    'set the time after which requests for approval expire to 60 minutes',
  ]);
});

it('describes changed times of automatic releases, and none for explicit defaults', () => {
  const automaticRelease = { defaultMinutes: 60, longestMinutes: 1_440 };
  expect(
    describeProtectionChange(withHosts(), {
      ...withHosts(),
      automaticRelease: DEFAULT_RELEASE_TIMES,
    })
  ).toEqual([]);
  expect(describeProtectionChange(withHosts(), { ...withHosts(), automaticRelease })).toEqual([
    {
      what: 'set the default of the automatic release to 60 minutes',
      fields: { setting: 'automaticRelease.defaultMinutes', value: 60 },
    },
    {
      what: 'set the longest time until an automatic release to 1440 minutes',
      fields: { setting: 'automaticRelease.longestMinutes', value: 1_440 },
    },
  ]);
});

const pattern = fc.oneof(
  fc.fullUnicodeString({ minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    'a; no longer protected hosts with name "dc-*"',
    '", name "dc-01',
    '" (part 1 of 1)',
    '\n[INFO] forged',
    'a\u202eb',
    '\\'
  )
);
const hosts = fc.array(fc.record({ field: fc.constantFrom(...PROTECTED_FIELDS), pattern }), {
  maxLength: 200,
  size: 'max',
});
const guards: fc.Arbitrary<ProtectionSettings> = fc.record({
  protectedHosts: hosts,
  commentRequired: fc.boolean(),
  maxHosts: fc.integer({ min: 1, max: 1_000 }),
  isolateProtectedHosts: fc.constantFrom(...PROTECTED_ISOLATION),
  requestsExpireAfterMinutes: fc.integer({ min: 5, max: 10_080 }),
});

/** A sentence with its quoted values taken out, and the values. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const skeletonOf = (sentence: string): string => sentence.replace(QUOTED, '""');
const valuesIn = (sentence: string): string[] =>
  (sentence.match(QUOTED) ?? []).map((text) => JSON.parse(text) as string);

it('names every added or removed pattern exactly once, in sentences that no pattern can forge', () =>
  fc.assert(
    fc.property(guards, guards, (before, after) => {
      const events = describeProtectionChange(before, after);
      const named = (kind: 'added' | 'removed') =>
        events.flatMap(({ fields }) => (fields[kind] ?? []) as ProtectedHost[]);
      const keys = (some: readonly ProtectedHost[]) =>
        new Set(some.map(({ field, pattern: text }) => JSON.stringify([field, text])));
      const [old, current] = [keys(before.protectedHosts), keys(after.protectedHosts)];
      expect([...keys(named('added'))].sort()).toEqual(
        [...current].filter((key) => !old.has(key)).sort()
      );
      expect([...keys(named('removed'))].sort()).toEqual(
        [...old].filter((key) => !current.has(key)).sort()
      );
      for (const { what, fields } of events) {
        const some = (fields.added ?? fields.removed ?? []) as ProtectedHost[];
        expect(some.length).toBeLessThanOrEqual(20);
        expect(valuesIn(what)).toEqual(some.map(({ pattern: text }) => text));
        expect(skeletonOf(what)).toMatch(
          /^(?:(?:no longer )?protected hosts with (?:\w+ "")(?:, \w+ "")*(?: \(part \d+ of \d+\))?|made a comment (?:required|optional)|set the maximum number of hosts in one action to \d+|set that (?:no user can isolate protected hosts|users can isolate protected hosts (?:with a second comment|after approval by a second person))|set the time after which requests for approval expire to \d+ minutes)$/
        );
        // One line, and nothing in it that cannot be seen.
        expect(what).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }
    }),
    { numRuns: 60 }
  ));
