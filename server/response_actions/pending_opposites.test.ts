import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import type { ActionName } from '../../common/actions/action_name';
import { agentWith } from '../../test/helpers/sample_hosts';
import { withPendingOpposites } from './pending_opposites';
import type { ActionPorts } from './perform_action';
import type { ActionRequest } from './plan_action';
import type { LastHostLock } from './ports';

/** Commands whose opposite may be pending, as SentinelOne does not show it yet. */

const NOW = 1_700_000_000_000;
const EXPECTED_WITHIN = PROPERTY_DEFINITIONS.scan.effectExpectedWithin;
const lockBy = (action: ActionName, ago: number): LastHostLock => ({
  actionId: `${action}-${ago}`,
  action,
  username: 'anna',
  since: new Date(NOW - ago).toISOString(),
});

async function kindFor(
  action: ActionName,
  last: LastHostLock | undefined,
  agent: Partial<ReturnType<typeof agentWith>> = {},
  mayAct = true
) {
  let lookUps = 0;
  const found = agentWith({ id: '1', scanStatus: 'finished', ...agent });
  const ports = {
    clock: () => NOW,
    hostLocks: { lastOn: async () => new Map(last === undefined ? [] : [['1', last]]) },
    hostAction: {
      lookUp: async () => {
        lookUps += 1;
        return [{ ok: true, status: { state: 'known', agent: found } }];
      },
    },
  } as unknown as ActionPorts;
  const named = { uuid: 'u1', agentId: '1', name: 'web-7' };
  const [entry] = await withPendingOpposites(
    { action } as ActionRequest,
    [{ kind: 'end', result: { ...named, outcome: 'unchanged' } }],
    ports,
    () => mayAct
  );
  return { kind: entry!.kind, lookUps };
}
const FINISHED = { scanFinishedAt: new Date(NOW - 1_000).toISOString() };

it.each<[string, ActionName, LastHostLock | undefined, Parameters<typeof kindFor>[2], string]>([
  ['just after a scan was requested', 'abortScan', lockBy('scan', 2_000), {}, 'send'],
  ['long after it', 'abortScan', lockBy('scan', EXPECTED_WITHIN), {}, 'end'],
  [
    'while the host is offline, however long',
    'abortScan',
    lockBy('scan', EXPECTED_WITHIN * 99),
    { isActive: false },
    'send',
  ],
  ['after the scan has finished', 'abortScan', lockBy('scan', 2_000), FINISHED, 'end'],
  ['where nobody requested a scan', 'abortScan', undefined, {}, 'end'],
  ['after an earlier abort', 'abortScan', lockBy('abortScan', 2_000), {}, 'end'],
  [
    'under the lock of this abort, after a scan',
    'abortScan',
    { ...lockBy('abortScan', 0), after: lockBy('scan', 2_000) },
    {},
    'send',
  ],
  [
    'a scan, just after an abort was requested',
    'scan',
    lockBy('abortScan', 2_000),
    { scanStatus: 'started' },
    'send',
  ],
  ['a release, whose opposite SentinelOne shows', 'release', lockBy('isolate', 0), {}, 'end'],
])('%s', async (_, action, last, agent, kind) => {
  expect((await kindFor(action, last, agent)).kind).toBe(kind);
});

it('makes no request if no host can be affected, and does not change refused hosts', async () => {
  expect(await kindFor('abortScan', undefined)).toEqual({ kind: 'end', lookUps: 0 });
  expect(await kindFor('release', lockBy('isolate', 0))).toEqual({ kind: 'end', lookUps: 0 });
  expect(await kindFor('abortScan', lockBy('scan', 0), {}, false)).toEqual({
    kind: 'end',
    lookUps: 0,
  });
});
