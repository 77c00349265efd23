import type { ActionSeen } from './api';

/** The outcome of an action whose node was killed, and whether the record and SentinelOne agree. */

export const ACTIONS = ['isolate', 'release'] as const;
export type Action = (typeof ACTIONS)[number];

/** What SentinelOne reports of the host before the action, and after it. */
export const BEFORE = { isolate: 'connected', release: 'disconnected' } as const;
const WANTED = { isolate: 'disconnected', release: 'connected' } as const;

export interface Row {
  readonly point: string;
  /** Milliseconds from the request to a random kill. */
  readonly killedAfter?: number;
  /** Milliseconds from the restart until every record of the host had ended, or the wait for it ended. */
  readonly endedAfter?: number;
  readonly action: Action;
  /** The record's end, `no record`, or what it stays at. */
  readonly record: string;
  readonly sentinelOne: string;
  readonly writes: number;
  /** What is wrong; empty when all is well. */
  readonly problem: string;
}

interface Seen {
  readonly point: string;
  readonly killedAfter?: number;
  readonly endedAfter?: number;
  readonly action: Action;
  /** The records of the host that this action left. */
  readonly actions: readonly ActionSeen[];
  /** What SentinelOne reports of the host now. */
  readonly networkStatus: string | null | undefined;
  /** Commands for the host that SentinelOne was sent. */
  readonly writes: number;
}

/** The end of the one record of a host, and whether it agrees with SentinelOne. */
export function rowOf({
  point,
  killedAfter,
  endedAfter,
  action,
  actions,
  networkStatus,
  writes,
}: Seen): Row {
  const host = actions[0]?.hosts[0];
  const reached = networkStatus === WANTED[action];
  const outcome = host?.outcome;
  const problems = [
    writes > 1 ? `${writes} writes` : '',
    actions.length > 1 ? `${actions.length} records` : '',
    actions.some(({ state }) => state !== 'ended') ? 'no end' : '',
    host === undefined && writes > 0 ? 'a write without a record' : '',
    outcome === 'done' && !reached ? 'done, and SentinelOne does not report it' : '',
    host !== undefined && outcome !== 'done' && reached ? 'SentinelOne reports it' : '',
    outcome === 'failed' && host?.reason === undefined ? 'no reason' : '',
  ];
  const record = host === undefined ? 'no record' : `${host.outcome} ${host.reason ?? ''}`.trim();
  return {
    point,
    ...(killedAfter === undefined ? {} : { killedAfter }),
    ...(endedAfter === undefined ? {} : { endedAfter }),
    action,
    record,
    sentinelOne: networkStatus ?? 'nothing',
    writes,
    problem: problems.filter((one) => one !== '').join(', '),
  };
}

/** The campaign as a table: one line per point and action, with the results of the runs. */
export function tableOf(rows: readonly Row[]): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.point} ${row.action}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const counted = (values: readonly string[]): string =>
    [...new Set(values)]
      .map((value) => {
        const count = values.filter((one) => one === value).length;
        return count === values.length ? value : `${count} × ${value}`;
      })
      .join('; ');
  const lines = [...groups.values()].map((group) => [
    group[0]!.point,
    group[0]!.action,
    String(group.length),
    counted(group.map(({ record }) => record)),
    counted(group.map(({ sentinelOne }) => sentinelOne)),
    String(Math.max(...group.map(({ writes }) => writes))),
    String(Math.max(...group.map(({ endedAfter = 0 }) => endedAfter))),
    counted(group.map(({ problem }) => (problem === '' ? 'agree' : problem))),
  ]);
  const all = [
    [
      'killed',
      'action',
      'runs',
      'record',
      'SentinelOne',
      'most writes',
      'slowest end (ms)',
      'result',
    ],
    ...lines,
  ];
  const widths = all[0]!.map((_, n) => Math.max(...all.map((line) => line[n]!.length)));
  return all
    .map((line) =>
      line
        .map((cell, n) => cell.padEnd(widths[n]!))
        .join('  ')
        .trimEnd()
    )
    .join('\n');
}
