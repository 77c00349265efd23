import {
  type AutomaticRelease,
  type HandledHost,
  SCHEDULED_AUTHENTICATION,
} from '../../common/actions/automatic_release';
import type { ActionRecord } from '../../common/actions/record';
import type { Clock } from '../lib/clock';
import type { CoreLog } from '../lib/log';
import { recordsOf } from '../response_actions/build_records';
import type { AuditLog, HostLocksOf, RecordStore } from '../response_actions/ports';
import type { ReadProblem, OpenRecordStore } from '../status_reconciliation/ports';
import type { AutomaticReleaseStore, CreateReleaseClient, TimedAction } from './ports';
import { hostsLeft } from './release_hosts';
import { endedRelease, hostIn, storedProblem } from './release_outcome';
import { pauseBeforeTry, releaseActionIdOf, RELEASE_RETRY_PERIOD } from './release_schedule';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { LIMITS } from '../../common/lib/constants';
import type { ActionRequest } from '../response_actions/plan_action';

/** An action with an automatic release, and how the task changes it. */

/** A time of a record in a comment, which is stored as text: `2024-07-03 at 03:45 UTC`. */
const dayAndTime = (iso: string): string => `${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;

/**
 * Returns the request of an automatic release. Its hosts were found and checked at their isolation, so the agent id in
 * the record is sufficient. The limit of hosts per action was applied then, too.
 */
export function releaseRequestOf(
  { groups: [first] }: TimedAction,
  agentIds: readonly string[],
  actionId: string
): ActionRequest {
  const { action, actor, alertIds, unverifiedAlertIds, automaticRelease, releaseAt } = first;
  const { words } = ACTION_DEFINITIONS[action];
  return {
    action: ACTION_DEFINITIONS[action].opposite,
    actionId,
    hosts: agentIds.map((agentId) => ({ agentId })),
    comment: `Automatic release: ${words.done} on ${dayAndTime(first.requestedAt)} by ${actor.username}`,
    alertIds,
    ...(unverifiedAlertIds === undefined ? {} : { unverifiedAlertIds }),
    actor: {
      username: automaticRelease?.setBy ?? actor.username,
      authentication: SCHEDULED_AUTHENTICATION,
    },
    endsAction: {
      actionId: first.actionId,
      requestedBy: actor.username,
      requestedAt: first.requestedAt,
      releaseAt: releaseAt ?? first.requestedAt,
    },
    // The record contains exactly the agents that were isolated.
    isAutomation: false,
    connectorId: first.connectorId,
    tenant: first.tenant,
    guards: { protectedHosts: [], maxHosts: LIMITS.hostsPerAction },
  };
}

export interface ReleasePorts {
  readonly store: AutomaticReleaseStore;
  readonly laterActionsOn: OpenRecordStore['laterActionsOn'];
  readonly createReleaseClient: CreateReleaseClient;
  /** The connectors of the plugin's type in a space. */
  readonly connectorsIn: (
    namespace: string | undefined
  ) => Promise<ReadonlyArray<{ readonly id: string; readonly name: string }>>;
  readonly recordsOf: (namespace: string | undefined) => RecordStore;
  readonly hostLocksOf: HostLocksOf;
  readonly auditLogOf: (namespace: string | undefined) => Pick<AuditLog, 'attempted' | 'ended'>;
  /** Called after a release was sent. */
  readonly sent: () => void;
  readonly clock: Clock;
  readonly log: CoreLog;
  /** The age (ms) from which a release without a record can no longer belong to a running task. */
  readonly nodeStoppedAfter: number;
}

/** The automatic release of an action; the task reads only actions that have one. */
export function releaseOf({ groups: [first] }: TimedAction): AutomaticRelease {
  if (first.automaticRelease === undefined) throw new Error('The action has no automatic release');
  return first.automaticRelease;
}

export const isoNow = ({ clock }: Pick<ReleasePorts, 'clock'>): string =>
  new Date(clock()).toISOString();

export const handledIn = ({ groups: [first] }: TimedAction): readonly HandledHost[] =>
  first.handledHosts ?? [];

/** Adds these hosts with their outcome to those that were handled before. */
export function withHandled(
  action: TimedAction,
  hosts: ReadonlyMap<string, Omit<HandledHost, 'agentId' | 'name' | 'at'>>,
  at: string
): readonly HandledHost[] {
  const added = [...hosts].map(([agentId, as]): HandledHost => ({
    ...as,
    agentId,
    name: hostIn(action.groups, agentId)?.name ?? null,
    at,
  }));
  return [...handledIn(action), ...added];
}

/** Writes the end of the automatic release: nothing more is sent. */
export const writeEnd = (
  action: TimedAction,
  handledHosts: readonly HandledHost[],
  { store, clock }: Pick<ReleasePorts, 'store' | 'clock'>,
  changed: Partial<AutomaticRelease> = {}
): Promise<'written' | 'conflict'> =>
  store.update(action, {
    handledHosts,
    automaticRelease: endedRelease(
      { ...releaseOf(action), ...changed },
      handledHosts,
      isoNow({ clock })
    ),
  });

/** Whether the attempts have lasted so long that the task gives up. */
const isGivenUp = ({ groups: [{ releaseAt }] }: TimedAction, now: number): boolean =>
  now - Date.parse(releaseAt ?? '') > RELEASE_RETRY_PERIOD;

/** Returns the record of a release that finally could not be sent. */
function recordOfFailure(
  action: TimedAction,
  actionId: string,
  { reason, detail }: ReadProblem,
  now: string
): readonly ActionRecord[] {
  const left = hostsLeft(action.groups);
  const request = releaseRequestOf(
    action,
    left.map(({ agentId }) => agentId),
    actionId
  );
  const ends = left.map(({ uuid, agentId, name }) => ({
    kind: 'end' as const,
    result: {
      ...{ uuid, agentId, name, outcome: 'failed' as const, reason },
      ...(detail === undefined ? {} : { detail }),
    },
  }));
  return recordsOf(request, ends, [], now, now);
}

async function failRelease(
  action: TimedAction,
  problem: ReadProblem,
  ports: ReleasePorts
): Promise<void> {
  const release = releaseOf(action);
  const attempts = release.attempts + 1;
  const releaseActionId = releaseActionIdOf(action.groups[0].actionId, attempts);
  const now = isoNow(ports);
  const { reason, detail } = problem;
  const failed = new Map(
    hostsLeft(action.groups).map(({ agentId }) => [
      agentId,
      { kind: 'failed' as const, reason, ...(detail === undefined ? {} : { detail }) },
    ])
  );
  const handled = withHandled(action, failed, now);
  const changed = { attempts, releaseActionId, beganAt: now };
  if ((await writeEnd(action, handled, ports, changed)) === 'conflict') return;
  const records = recordOfFailure(action, releaseActionId, problem, now);
  await ports.recordsOf(action.namespace).create(records);
  for (const record of records) {
    ports.auditLogOf(action.namespace).attempted(record);
    ports.auditLogOf(action.namespace).ended(record, record.hosts);
  }
}

/**
 * Records why a due release was not sent, and when the task tries again. Pauses grow; after a week the task gives up.
 * `changed` contains other changes of the release. If the record was changed meanwhile, nothing is written, because the
 * other change is newer.
 */
export async function postpone(
  action: TimedAction,
  problem: ReadProblem,
  ports: ReleasePorts,
  {
    handledHosts = handledIn(action),
    pause,
    changed = {},
  }: {
    readonly handledHosts?: readonly HandledHost[];
    /** ms; default: by the number of tries. */
    readonly pause?: number;
    readonly changed?: Partial<AutomaticRelease>;
  } = {}
): Promise<void> {
  const now = ports.clock();
  if (isGivenUp(action, now)) return failRelease(action, problem, ports);
  const release = releaseOf(action);
  const next = now + (pause ?? pauseBeforeTry(release.tries));
  await ports.store.update(action, {
    handledHosts,
    automaticRelease: {
      ...release,
      ...changed,
      state: 'scheduled',
      tries: release.tries + 1,
      problem: storedProblem(problem),
      nextCheckAt: new Date(next).toISOString(),
    },
  });
}
