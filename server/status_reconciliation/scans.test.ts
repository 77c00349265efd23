import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import type { Agent } from '../../common/hosts/agent';
import type { RecordedHost } from '../../common/actions/record';
import {
  agentOf,
  hostOf,
  iso,
  recordOf,
  START,
  testEnvironment,
} from '../../test/helpers/status_reconciliation';

/** Records of scans: the agent shows a scan only once it has begun, and not while it is offline. */

const EFFECT_WITHIN = PROPERTY_DEFINITIONS.scan.effectExpectedWithin;
const scanOf = (host: Partial<RecordedHost> = {}) =>
  recordOf({ action: 'scan', hosts: [hostOf('1', host)] });
const abortOf = (at: number) =>
  recordOf({ action: 'abortScan', actionId: 'a2', at, hosts: [hostOf('1')] });
const at = (ms: number) => iso(START + ms);

function environmentOf(...records: Parameters<typeof testEnvironment>[0]) {
  const environment = testEnvironment(records, 0);
  return {
    ...environment,
    /** The host of the record after a check at this time, with the agent like this. */
    async after(ms: number, agent: Partial<Agent>, actionId = 'a1') {
      environment.state.now = START + ms;
      environment.agents.set('1', agentOf('1', agent));
      await environment.look();
      return environment.record(actionId).hosts[0]!;
    },
  };
}
const OLD = { scanStatus: 'finished', scanFinishedAt: at(-60_000) } as const;

it('is done when the agent reports a finish later than the request, without the activity log', async () => {
  const environment = environmentOf(scanOf());
  const running = { scanStatus: 'started', scanStartedAt: at(60_000) } as const;
  expect(await environment.after(5_000, OLD)).toMatchObject({ outcome: 'requested' });
  expect(await environment.after(EFFECT_WITHIN * 3, running)).toMatchObject({
    outcome: 'requested',
    reason: 'waiting',
  });
  const finished = { scanStatus: 'finished', scanFinishedAt: at(EFFECT_WITHIN * 4) } as const;
  expect(await environment.after(EFFECT_WITHIN * 5, finished)).toMatchObject({
    outcome: 'done',
    confirmedAt: at(EFFECT_WITHIN * 5),
  });
  expect(environment.calls.filter((call) => call.startsWith('activities'))).toEqual([]);
});

it('fails when the agent reports that it aborted the scan', async () => {
  const environment = environmentOf(scanOf());
  const aborted = { scanStatus: 'aborted', scanAbortedAt: at(60_000) } as const;
  expect(await environment.after(70_000, aborted)).toMatchObject({
    outcome: 'failed',
    reason: 'scan_aborted',
  });
});

it('fails when an online agent shows no scan for a long time, and not before', async () => {
  const environment = environmentOf(scanOf());
  expect(await environment.after(EFFECT_WITHIN - 1, OLD)).toMatchObject({ outcome: 'requested' });
  expect(await environment.after(EFFECT_WITHIN, OLD)).toMatchObject({
    outcome: 'failed',
    reason: 'not_affected',
    detail: 'SentinelOne shows its full disk scan as finished',
  });
});

it('stays open while the host is offline, and waits for the full time when it is online again', async () => {
  const environment = environmentOf(scanOf({ reason: 'offline' }));
  const back = EFFECT_WITHIN * 20;
  expect(await environment.after(back - 1, { ...OLD, isActive: false })).toMatchObject({
    outcome: 'requested',
    reason: 'offline',
    waitingSince: null,
  });
  // A failed read in between changes nothing.
  environment.state.problem = { reason: 'unreachable' };
  expect(await environment.after(back, OLD)).toMatchObject({ reason: 'unreachable' });
  environment.state.problem = undefined;
  expect(await environment.after(back, OLD)).toMatchObject({
    outcome: 'requested',
    waitingSince: at(back),
  });
  expect(await environment.after(back + EFFECT_WITHIN - 1, OLD)).toMatchObject({
    reason: 'waiting',
  });
  expect(await environment.after(back + EFFECT_WITHIN, OLD)).toMatchObject({
    outcome: 'failed',
    reason: 'not_affected',
  });
});

describe('with a lost answer', () => {
  const lost = { outcome: 'pending', reason: 'unreachable', detail: 'Time-out' } as const;

  it('is in progress once the agent scans', async () => {
    const environment = environmentOf(scanOf(lost));
    expect(await environment.after(60_000, OLD)).toMatchObject(lost);
    expect(await environment.after(70_000, { scanStatus: 'started' })).toMatchObject({
      outcome: 'requested',
    });
  });

  it('fails with the reason of the lost answer when the agent never scans', async () => {
    const environment = environmentOf(scanOf(lost));
    expect(await environment.after(EFFECT_WITHIN, OLD)).toMatchObject({
      outcome: 'failed',
      reason: 'unreachable',
      detail: 'Time-out. SentinelOne shows its full disk scan as finished',
    });
  });

  it('is not treated as accepted while the host is offline', async () => {
    const environment = environmentOf(scanOf(lost));
    expect(await environment.after(EFFECT_WITHIN * 9, { ...OLD, isActive: false })).toMatchObject({
      outcome: 'pending',
      reason: 'unreachable',
    });
    expect(environment.record().state).toBe('sending');
  });
});

it('is superseded when a user aborts it, and the abort is done', async () => {
  const environment = environmentOf(scanOf(), abortOf(20_000));
  const running = { scanStatus: 'started', scanStartedAt: at(5_000) } as const;
  expect(await environment.after(25_000, running)).toMatchObject({ outcome: 'requested' });
  const aborted = { scanStatus: 'aborted', scanAbortedAt: at(30_000) } as const;
  expect(await environment.after(31_000, aborted)).toMatchObject({
    outcome: 'failed',
    reason: 'superseded',
    supersededBy: { actionId: 'a2', action: 'abortScan' },
  });
  expect(environment.record('a2').hosts).toMatchObject([{ outcome: 'done' }]);
});

it('is done when it finished before the abort took effect', async () => {
  const environment = environmentOf(scanOf(), abortOf(20_000));
  const finished = { scanStatus: 'finished', scanFinishedAt: at(19_000) } as const;
  expect(await environment.after(31_000, finished)).toMatchObject({ outcome: 'done' });
});

it('an abort fails if the agent continues to scan', async () => {
  const environment = environmentOf(abortOf(0));
  const running = { scanStatus: 'started' } as const;
  expect(await environment.after(EFFECT_WITHIN - 1, running, 'a2')).toMatchObject({
    outcome: 'requested',
  });
  expect(await environment.after(EFFECT_WITHIN, running, 'a2')).toMatchObject({
    outcome: 'failed',
    reason: 'not_affected',
    detail: 'SentinelOne shows its full disk scan as started',
  });
});
