import type { AutomaticRelease, HandledHost } from '../../common/actions/automatic_release';
import type { SimulatorCall } from '../simulator/call_log';

/** The stories of a timed isolation, and the check that it ended according to the rules. */

/**
 * What others do to the host between the isolation and its end:
 * - `when due` and later: close to the end or at the same moment, so that several results are right.
 */
export const STORIES = [
  'nothing',
  'released by a user',
  'released by a user when due',
  'released and isolated again by users',
  'isolated again by a user, without an end',
  'released in the console',
  'released and isolated again in the console',
  'put off by a user',
  'cancelled by a user',
  'offline when due',
  'decommissioned',
] as const;
export type Story = (typeof STORIES)[number];

/** A record of a host, as the public API has it. */
export interface RecordSeen {
  readonly actionId: string;
  readonly action: 'isolate' | 'release';
  readonly state: string;
  /** ISO 8601. */
  readonly requestedAt: string;
  readonly releaseAt?: string | null;
  readonly automaticRelease?: AutomaticRelease;
  readonly handledHosts?: readonly HandledHost[];
  readonly endsAction?: { readonly actionId: string; readonly releaseAt: string };
  readonly hosts: ReadonlyArray<{
    readonly agentId: string | null;
    readonly outcome: string;
    readonly reason?: string;
  }>;
}

/** The data of one host at the end of a campaign. */
export interface HostStory {
  readonly story: Story;
  readonly agentId: string;
  /** The isolation that counted in the end, as it was when the user got the answer. */
  readonly timedActionId: string;
  /** When what the story says was done (ms since the epoch, as SentinelOne has it); undefined for nothing. */
  readonly actedAt?: number;
  readonly records: readonly RecordSeen[];
  /** Commands that name the host, of anybody, in their order. */
  readonly commands: readonly SimulatorCall[];
  /** What SentinelOne reports in the end. */
  readonly networkStatus: string | null;
}

export interface Judged {
  readonly story: Story;
  readonly outcome: string;
  /** Commands of automatic releases that SentinelOne got, those that were lost on the way included. */
  readonly sent: number;
  /** Automatic releases that took effect. */
  readonly applied: number;
  /** ms from the time that was set to the release, where there was one. */
  readonly late?: number;
  readonly problems: readonly string[];
  /** What happened to the host, in its order; empty if there is no problem. */
  readonly history: readonly string[];
}

/** The token of Kibana; the console has another one. */
const KIBANAS_TOKEN = 'full';
const DISCONNECT = '/agents/actions/disconnect';
const CONNECT = '/agents/actions/connect';
/** How long after its record a command leaves at the latest. */
const LEAVES_WITHIN = 130_000;
/** Faults that keep a command from being applied. */
const LOST = ['resetBefore', 'status'];

const isReleaseRecord = ({ action, hosts: [host] }: RecordSeen): boolean =>
  action === 'release' && !['refused', 'unchanged'].includes(host?.outcome ?? '');

/** Checks for every host. `apart`: how far (ms) the nodes' clocks are ahead at most. */
function generalProblems({ records, commands, agentId }: HostStory, apart: number): string[] {
  const problems: string[] = [];
  for (const { state, automaticRelease, handledHosts = [], endsAction, hosts } of records) {
    if (state !== 'ended') problems.push('a record without an end');
    if (hosts.length !== 1 || hosts[0]?.agentId !== agentId) problems.push('another host');
    if (endsAction !== undefined) {
      const ended = records.find(({ actionId }) => actionId === endsAction.actionId);
      if (ended?.automaticRelease === undefined) problems.push('the release of no timed isolation');
    }
    if (automaticRelease === undefined) continue;
    const { state: released, outcome } = automaticRelease;
    if (!['ended', 'cancelled'].includes(released)) problems.push(`an end that stays ${released}`);
    if (handledHosts.length > 1) problems.push('an end that was written twice');
    if (outcome === 'failed' && handledHosts[0]?.reason === undefined) problems.push('no reason');
  }
  const releases = records.filter(isReleaseRecord);
  const sent = commands.filter(
    ({ path, tokenName }) => path === CONNECT && tokenName === KIBANAS_TOKEN
  );
  if (sent.length > releases.length) {
    problems.push(`${sent.length} commands to release for ${releases.length} records`);
  }
  for (const { at } of sent) {
    const time = Date.parse(at);
    const mayBeOf = releases.filter(({ requestedAt }) => {
      const age = time - Date.parse(requestedAt);
      return age >= -apart - 1_000 && age <= LEAVES_WITHIN;
    });
    const isDue = mayBeOf.some(
      ({ endsAction }) =>
        endsAction === undefined || Date.parse(endsAction.releaseAt) <= time + apart
    );
    if (mayBeOf.length === 0) problems.push(`a release without a record at ${at}`);
    else if (!isDue) problems.push(`a release at ${at}, before it is due`);
  }
  // No isolation is ended twice.
  let isIsolated = false;
  for (const { path, affectedIds, fault, tokenName } of commands) {
    const hasEffect = affectedIds.includes(agentId);
    const isLost = fault !== null && LOST.includes(fault);
    if (path === CONNECT && tokenName === KIBANAS_TOKEN && !isIsolated && !isLost) {
      problems.push('a release of a host that was released');
    }
    if (hasEffect) isIsolated = path === DISCONNECT;
  }
  return problems;
}

/** The records and the commands of a host, one line each, by their time. */
function historyOf({ records, commands }: HostStory): readonly string[] {
  const ofRecords = records.flatMap(
    ({ requestedAt, action, actionId, hosts, endsAction, automaticRelease, handledHosts }) => [
      `${requestedAt} ${endsAction === undefined ? action : 'automatic release'} ${actionId}: ${JSON.stringify(hosts)}`,
      ...(automaticRelease === undefined
        ? []
        : [
            `${automaticRelease.endedAt ?? requestedAt} end of ${actionId}: ${JSON.stringify({ ...automaticRelease, handledHosts })}`,
          ]),
    ]
  );
  const ofCommands = commands.map(
    ({ at, path, tokenName, affectedIds, fault }) =>
      `${at} ${path} with token ${tokenName}: ${affectedIds.length} affected, fault ${fault}`
  );
  return [...ofRecords, ...ofCommands].sort();
}

interface Expected {
  readonly status: 'connected' | 'disconnected';
  /** How the timed isolation ends. */
  readonly outcomes: readonly string[];
  /** Automatic releases that take effect. */
  readonly applied: number;
}

const RELEASED: Expected = { status: 'connected', outcomes: ['done'], applied: 1 };
const LEFT_RELEASED: Expected = { status: 'connected', outcomes: ['not_needed'], applied: 0 };
const LEFT_ISOLATED: Expected = { status: 'disconnected', outcomes: ['not_needed'], applied: 0 };

const EXPECTED: Readonly<Record<Story, Expected | undefined>> = {
  nothing: RELEASED,
  'released by a user': LEFT_RELEASED,
  'released by a user when due': undefined,
  'released and isolated again by users': LEFT_ISOLATED,
  'isolated again by a user, without an end': LEFT_ISOLATED,
  'released in the console': LEFT_RELEASED,
  'released and isolated again in the console': LEFT_ISOLATED,
  'put off by a user': RELEASED,
  'cancelled by a user': { ...LEFT_ISOLATED, outcomes: ['cancelled'] },
  'offline when due': RELEASED,
  decommissioned: { ...LEFT_ISOLATED, outcomes: ['failed decommissioned'] },
};

/** Checks one host. `apart`: how far (ms) the nodes' clocks are ahead of SentinelOne's at most. */
export function judge(one: HostStory, apart: number): Judged {
  const { story, agentId, records, commands, networkStatus, actedAt, timedActionId } = one;
  const problems = generalProblems(one, apart);
  const timed = records.find(({ actionId }) => actionId === timedActionId);
  const release = timed?.automaticRelease;
  const reason = timed?.handledHosts?.[0]?.reason;
  const outcome =
    release === undefined
      ? 'no timed isolation'
      : `${release.state === 'cancelled' ? 'cancelled' : release.outcome} ${reason ?? ''}`.trim();
  const set = Date.parse(timed?.releaseAt ?? '');
  // The task sends nothing before the time that was set, and users do it in time or the story allows both.
  const byTask = commands.filter(
    ({ path, tokenName, at }) =>
      path === CONNECT && tokenName === KIBANAS_TOKEN && Date.parse(at) >= set - apart - 1_000
  );
  const effective = byTask.filter(({ affectedIds }) => affectedIds.includes(agentId));
  const isInTime = actedAt === undefined || Number.isNaN(set) || actedAt < set - apart - 5_000;
  const expected = EXPECTED[story];
  let applied = effective.length;
  if (expected === undefined || !isInTime) {
    applied = outcome === 'done' ? 1 : 0;
    // Either may come first: the host is released once, or stays isolated because it was isolated again.
    const ended = ['done', 'not_needed', 'cancelled', 'failed decommissioned'];
    if (!ended.includes(outcome)) problems.push(`ended as ${outcome}`);
    if (story.startsWith('released by') && networkStatus !== 'connected') {
      problems.push(`SentinelOne reports ${networkStatus}`);
    }
  } else {
    if (!expected.outcomes.includes(outcome)) problems.push(`ended as ${outcome}`);
    if (networkStatus !== expected.status) problems.push(`SentinelOne reports ${networkStatus}`);
    if (applied !== expected.applied) problems.push(`${applied} releases took effect`);
  }
  const last = outcome === 'done' && isInTime ? effective.at(-1) : undefined;
  return {
    ...{ story, outcome, applied, problems },
    history: problems.length === 0 ? [] : historyOf(one),
    sent: byTask.length,
    ...(last === undefined ? {} : { late: Date.parse(last.at) - set }),
  };
}

/** The campaign as a table: one line per story. */
export function storiesTable(all: readonly Judged[]): string {
  const lines = STORIES.flatMap((story) => {
    const ofStory = all.filter((one) => one.story === story);
    if (ofStory.length === 0) return [];
    const outcomes = [...new Set(ofStory.map(({ outcome }) => outcome))].map(
      (outcome) => `${ofStory.filter((one) => one.outcome === outcome).length} ${outcome}`
    );
    const late = ofStory.flatMap((one) => one.late ?? []).sort((a, b) => a - b);
    const seconds = (ms: number | undefined) =>
      ms === undefined ? '' : String(Math.round(ms / 1_000));
    const problems = ofStory.flatMap((one) => one.problems);
    return [
      [
        story,
        String(ofStory.length),
        outcomes.join(', '),
        String(ofStory.reduce((sum, { applied }) => sum + applied, 0)),
        String(Math.max(...ofStory.map(({ applied }) => applied))),
        seconds(late[Math.floor(late.length / 2)]),
        seconds(late.at(-1)),
        problems.length === 0 ? 'as the rules say' : [...new Set(problems)].join('; '),
      ],
    ];
  });
  const head = [
    'what others did',
    'hosts',
    'end of the timed isolation',
    'releases by the task',
    'most for one host',
    'median s after its time',
    'latest',
    'result',
  ];
  const rows = [head, ...lines];
  const widths = head.map((_, n) => Math.max(...rows.map((line) => line[n]!.length)));
  return rows
    .map((line) =>
      line
        .map((cell, n) => cell.padEnd(widths[n]!))
        .join('  ')
        .trimEnd()
    )
    .join('\n');
}
