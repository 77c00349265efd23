import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import {
  DEFAULT_PROTECTION_SETTINGS,
  PROTECTED_FIELDS,
  PROTECTED_ISOLATION,
  approvalSettingsOf,
  isolationOf,
  releaseTimesOf,
  type ProtectionSettings,
  type ProtectedHost,
} from '../../common/hosts/protection_settings';
import { agentOf } from '../../test/helpers/status_reconciliation';
import { spacesBeing, testRepository } from '../../test/helpers/saved_objects_repository';
import { protectionOf } from './protected_hosts';
import {
  appliedProtectionOf,
  strictestProtection,
  protectionSettingsStore,
} from './protection_of_space';

const anyPattern = fc.record({
  field: fc.constantFrom(...PROTECTED_FIELDS.filter((field) => field !== 'ip')),
  pattern: fc.constantFrom('a', 'b', 'dc-*', '1', '2', '3', 'web-?'),
});
const anyReleaseTimes = fc
  .tuple(fc.integer({ min: 5, max: 129_600 }), fc.option(fc.integer({ min: 5, max: 129_600 })))
  .map(([longestMinutes, wanted]) => ({
    longestMinutes,
    defaultMinutes: wanted === null ? null : Math.min(wanted, longestMinutes),
  }));
const anyProtection: fc.Arbitrary<ProtectionSettings> = fc.record(
  {
    protectedHosts: fc.array(anyPattern, { maxLength: 6 }),
    commentRequired: fc.boolean(),
    maxHosts: fc.integer({ min: 1, max: 1_000 }),
    automaticRelease: anyReleaseTimes,
    isolateProtectedHosts: fc.constantFrom(...PROTECTED_ISOLATION),
    requestsExpireAfterMinutes: fc.integer({ min: 5, max: 10_080 }),
  },
  { requiredKeys: ['protectedHosts', 'commentRequired', 'maxHosts'] }
);
const SPACES = ['ops', 'lab', 'soc', 'audit'];
const anyDeployment = fc.record({
  /** What was saved in each space, if anything; some of them do not exist. */
  saved: fc.dictionary(fc.constantFrom('default', ...SPACES, 'nosuchspace'), anyProtection),
  own: fc.constantFrom('default', ...SPACES),
});

const namespaceOf = (spaceId: string) => (spaceId === 'default' ? undefined : spaceId);

async function deployment(saved: Readonly<Record<string, ProtectionSettings>>) {
  const repository = testRepository();
  for (const [spaceId, guards] of Object.entries(saved)) {
    await protectionSettingsStore(repository, namespaceOf(spaceId)).set(guards);
  }
  return appliedProtectionOf({
    repository,
    spaces: spacesBeing(...SPACES),
    isPreconfigured: (connectorId) => connectorId === 'preconfigured',
  });
}
const keys = (patterns: readonly ProtectedHost[]): readonly string[] =>
  [...new Set(patterns.map(({ field, pattern }) => `${field}:${pattern}`))].sort();

it('applies the union of all spaces that exist, and the strictest limits, through a preconfigured connector', () =>
  fc.assert(
    fc.asyncProperty(anyDeployment, async ({ saved, own }) => {
      const applied = await (await deployment(saved))('preconfigured', namespaceOf(own));
      const { nosuchspace: _left, ...existing } = saved;
      const all = Object.values({ [own]: DEFAULT_PROTECTION_SETTINGS, ...existing });
      expect(keys(applied.protectedHosts)).toEqual(
        keys(all.flatMap(({ protectedHosts }) => protectedHosts))
      );
      expect(applied.maxHosts).toBe(Math.min(...all.map(({ maxHosts }) => maxHosts)));
      expect(applied.commentRequired).toBe(all.some(({ commentRequired }) => commentRequired));
      const times = all.map((settings) => releaseTimesOf(settings));
      const { defaultMinutes, longestMinutes } = applied.automaticRelease;
      expect(longestMinutes).toBe(Math.min(...times.map((one) => one.longestMinutes)));
      expect(defaultMinutes ?? 0).toBeLessThanOrEqual(longestMinutes);
      const ownDefault = releaseTimesOf(saved[own] ?? DEFAULT_PROTECTION_SETTINGS).defaultMinutes;
      expect(defaultMinutes === null).toBe(ownDefault === null);
      expect(applied.requestsExpireAfterMinutes).toBe(
        Math.min(...all.map((settings) => approvalSettingsOf(settings).requestsExpireAfterMinutes))
      );
      for (const applies of applied.protectedHosts) {
        const { field, pattern, spaceId } = applies;
        const { protectedHosts } = saved[spaceId ?? own]!;
        expect(keys(protectedHosts)).toContain(`${field}:${pattern}`);
        expect(spaceId).not.toBe(own);
        const ways = all.flatMap((settings) =>
          keys(settings.protectedHosts).includes(`${field}:${pattern}`)
            ? [PROTECTED_ISOLATION.indexOf(approvalSettingsOf(settings).isolateProtectedHosts)]
            : []
        );
        expect(PROTECTED_ISOLATION.indexOf(isolationOf(applies))).toBe(Math.max(...ways));
      }
    }),
    { numRuns: 60 }
  ));

it('protects in every space the hosts that one space protects', () =>
  fc.assert(
    fc.property(anyProtection, fc.array(anyProtection, { maxLength: 4 }), (own, others) => {
      const applied = strictestProtection(
        own,
        others.map((settings, n) => ({ spaceId: `space-${n}`, settings }))
      );
      for (const id of ['1', '2', '3', '4']) {
        const agent = { ...agentOf(id), computerName: 'dc-1', addresses: [], tags: [] };
        const wanted = [own, ...others].some(
          ({ protectedHosts }) => protectionOf(agent, protectedHosts) !== undefined
        );
        expect(protectionOf(agent, applied.protectedHosts) !== undefined).toBe(wanted);
      }
    })
  ));

it('applies the settings of its own space through a connector of that space', () =>
  fc.assert(
    fc.asyncProperty(anyDeployment, async ({ saved, own }) => {
      const applied = await (await deployment(saved))('created', namespaceOf(own));
      const { isolateProtectedHosts: _way, ...settings } =
        saved[own] ?? DEFAULT_PROTECTION_SETTINGS;
      const { isolateProtectedHosts, requestsExpireAfterMinutes } = approvalSettingsOf(
        saved[own] ?? DEFAULT_PROTECTION_SETTINGS
      );
      const isolation =
        isolateProtectedHosts === 'with_comment' ? {} : { isolation: isolateProtectedHosts };
      expect({ ...applied, protectedHosts: keys(applied.protectedHosts) }).toEqual({
        ...settings,
        protectedHosts: keys(settings.protectedHosts),
        automaticRelease: releaseTimesOf(settings),
        requestsExpireAfterMinutes,
      });
      for (const host of applied.protectedHosts) {
        expect(host).toEqual({ field: host.field, pattern: host.pattern, ...isolation });
      }
    }),
    { numRuns: 30 }
  ));

it('throws if the settings of one space cannot be parsed', async () => {
  const repository = testRepository();
  await repository.create(
    'sentinelone-response-protection-settings',
    { protectedHosts: 'all' },
    { id: 'settings', namespace: 'lab' }
  );
  const applied = appliedProtectionOf({
    repository,
    spaces: spacesBeing('lab'),
    isPreconfigured: () => true,
  });
  await expect(applied('preconfigured', undefined)).rejects.toThrow('settings of the space lab');
});

it('throws if the spaces cannot be read', async () => {
  const applied = appliedProtectionOf({
    repository: testRepository(),
    spaces: {
      ...spacesBeing(),
      all: async () => {
        throw new Error('no shards');
      },
    },
    isPreconfigured: () => true,
  });
  await expect(applied('preconfigured', undefined)).rejects.toThrow('no shards');
});

it('reads the settings while it lists the spaces, and again if these are others than before', async () => {
  const repository = testRepository();
  const bulkGet = repository.bulkGet.bind(repository);
  const spaceIds = ['default', 'lab'];
  const events: string[] = [];
  const applied = appliedProtectionOf({
    repository: Object.assign(repository, {
      bulkGet: async (...given: Parameters<typeof bulkGet>) => {
        events.push(`settings of ${given[0]!.flatMap(({ namespaces = [] }) => namespaces).join()}`);
        return bulkGet(...given);
      },
    }),
    spaces: {
      ...spacesBeing(),
      all: async () => {
        await setImmediate();
        events.push('spaces');
        return [...spaceIds];
      },
    },
    isPreconfigured: () => true,
  });
  const appliedNow = async () => {
    events.length = 0;
    const { protectedHosts } = await applied('preconfigured', undefined);
    return [protectedHosts.map(({ pattern }) => pattern), [...events]];
  };
  const protect = (spaceId: string) =>
    protectionSettingsStore(repository, spaceId).set({
      ...DEFAULT_PROTECTION_SETTINGS,
      protectedHosts: [{ field: 'name', pattern: `${spaceId}-*` }],
    });
  expect(await appliedNow()).toEqual([[], ['spaces', 'settings of lab']]);
  await protect('lab');
  expect(await appliedNow()).toEqual([['lab-*'], ['settings of lab', 'spaces']]);
  await protect('soc');
  spaceIds.push('soc');
  expect(await appliedNow()).toEqual([
    ['lab-*', 'soc-*'],
    ['settings of lab', 'spaces', 'settings of lab,soc'],
  ]);
  spaceIds.splice(1, 1);
  expect((await appliedNow())[0]).toEqual(['soc-*']);
  expect(await appliedNow()).toEqual([['soc-*'], ['settings of soc', 'spaces']]);
});

it('reads the settings of more spaces than fit in one request', async () => {
  const spaceIds = Array.from({ length: 1_100 }, (_, n) => `space-${n}`);
  const repository = testRepository();
  const pattern = { field: 'name', pattern: 'dc-*' } as const;
  await protectionSettingsStore(repository, 'space-1099').set({
    ...DEFAULT_PROTECTION_SETTINGS,
    protectedHosts: [pattern],
  });
  const applied = appliedProtectionOf({
    repository,
    spaces: spacesBeing(...spaceIds),
    isPreconfigured: () => true,
  });
  const { protectedHosts } = await applied('preconfigured', undefined);
  expect(protectedHosts).toEqual([{ ...pattern, spaceId: 'space-1099' }]);
});
