import type { ActionRecord } from '../../common/actions/record';
import { MINUTE } from '../../common/lib/constants';
import { recordedEvents, type ActionEvent } from '../response_actions/action_events';
import type { AuditLog, Clock, CoreLog } from '../response_actions/ports';

/**
 * Adds to Kibana's event log what is missing there. Kibana keeps events in memory for up to a second before it writes
 * them, and does not write them again if Elasticsearch refuses them. So a node that is killed loses events. Their
 * records are stored, and contain everything that the events do.
 */

/** Age (ms) of a change from which its events can be found: Kibana has written them, and the index is refreshed. */
const FOUND_AFTER = 30_000;
/** Also the shortest pause (ms) between two checks, so that a check finds what the one before has added. */
const PAUSE = FOUND_AFTER;
/** The longest pause (ms) between attempts to add an event that is not found afterwards. */
const LONGEST_PAUSE = 15 * MINUTE;
/** How long (ms) an event is added again that is never found, for example because Elasticsearch refuses it. */
const GIVE_UP_AFTER = 24 * 60 * MINUTE;
/**
 * How far (ms) the clocks of two nodes may differ: changes that are this much older than the last check are checked
 * again.
 */
const CLOCK_DIFFERENCE = 5 * MINUTE;
/** How far back (ms) the first check goes. Older records are not checked. */
const FIRST_CHECK_BACK = 10 * MINUTE;
/** How long (ms) the answer of a search is valid: after a pause, another node may have added the same events. */
const ANSWER_VALID_FOR = 10_000;
/** How long (ms) a check takes at most; the next one continues. */
const LONGEST_CHECK = 30_000;
/** Events that one check adds at most. */
const ADDED_AT_ONCE = 1_000;

/** Records in one search; they have up to 500 hosts each. */
const RECORDS_AT_ONCE = 50;
const MOST_RECORDS_AT_ONCE = 10_000;
/** Ids in one search of the event log. */
const IDS_AT_ONCE = 1_000;

/** A record with its document's version, and the space of the record; undefined means the default space. */
export interface ChangedRecord {
  readonly key: string;
  readonly version: string | undefined;
  readonly record: ActionRecord;
  readonly namespace: string | undefined;
}

export interface CompleteEventLogPorts {
  /** Whether Kibana writes events to an index. */
  readonly isIndexing: () => boolean;
  /** Which of these events (`event.id`) the event log has. Throws if it is not known of all of them. */
  readonly findEvents: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The first records of all spaces that changed in this time, by the time of their change. */
  readonly changedRecords: (
    time: { readonly from: number; readonly before: number },
    count: number
  ) => Promise<readonly ChangedRecord[]>;
  /** Whether the space of a record still exists. */
  readonly spaceExists: (namespace: string | undefined) => Promise<boolean>;
  readonly auditLogOf: (namespace: string | undefined) => Pick<AuditLog, 'addLater'>;
  readonly clock: Clock;
  readonly log: CoreLog;
}

/** The state of the task between two checks. Times in ms since the epoch. */
export interface EventLogCheck {
  /** Records that changed before are not checked. */
  readonly first: number;
  /** Records that changed before have all their events. */
  readonly until: number;
  /** The next check is not earlier. */
  readonly nextAt: number;
  /** The oldest change whose events were missing in the last check, since when, and in how many checks. */
  readonly missing?: { readonly at: number; readonly since: number; readonly checks: number };
}

/** Reads the stored state; undefined if there is none. */
export function eventLogCheckIn(stored: unknown): EventLogCheck | undefined {
  const isTime = (value: unknown): value is number => Number.isFinite(value);
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { first, until, nextAt, missing } = stored as Partial<EventLogCheck>;
  if (!isTime(first) || !isTime(until) || !isTime(nextAt)) return undefined;
  const { at, since, checks } = missing ?? {};
  return {
    ...{ first, until, nextAt },
    ...(isTime(at) && isTime(since) && isTime(checks) ? { missing: { at, since, checks } } : {}),
  };
}

/**
 * What this Kibana node knows to be complete: records by their key, with what was found. It saves searches, because
 * each check includes the time of the one before.
 */
export type CompleteRecords = Map<string, string>;

/**
 * A state that another node wrote with its own clock, or this node before its clock was set back, may lie in the future.
 * It does not keep this node from checking.
 */
function fitToClock(check: EventLogCheck, now: number): EventLogCheck {
  const isAhead = check.until > now + CLOCK_DIFFERENCE;
  return {
    ...check,
    first: Math.min(check.first, now),
    until: isAhead ? now : check.until,
    nextAt: check.nextAt > now + LONGEST_PAUSE ? now : check.nextAt,
  };
}

interface Found {
  /** All records that changed before are checked. */
  readonly reached: number;
  /** When the oldest record changed whose events were missing; undefined if none was. */
  readonly missingAt: number | undefined;
  readonly added: number;
}

/** Checks the records that changed in this time, and adds their missing events. Throws what a search throws. */
async function addMissing(
  { from, before }: { readonly from: number; readonly before: number },
  ports: CompleteEventLogPorts,
  complete: CompleteRecords,
  isOver: () => boolean
): Promise<Found> {
  const { clock } = ports;
  const checked = new Set<string>();
  let reached = from;
  let missingAt: number | undefined;
  let added = 0;
  let count = RECORDS_AT_ONCE;
  while (reached < before && !isOver() && added < ADDED_AT_ONCE) {
    const page = await ports.changedRecords({ from: reached, before }, count);
    const changes = page
      .filter(({ key }) => !checked.has(key))
      .map((changed) => ({ changed, events: recordedEvents(changed.record, before) }))
      .filter(({ changed: { key, version }, events }) => {
        return complete.get(key) !== `${version ?? ''} ${events.length}`;
      });
    const ids = changes.flatMap(({ events }) => events.map(({ id }) => id));
    const found = new Set<string>();
    const askedAt = clock();
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      for (const id of await ports.findEvents(ids.slice(at, at + IDS_AT_ONCE))) found.add(id);
    }
    const incomplete = new Map<string, readonly ActionEvent[]>();
    for (const { changed, events } of changes) {
      const missing = events.filter(({ id }) => !found.has(id));
      const isLogged = missing.length > 0 && (await ports.spaceExists(changed.namespace));
      if (isLogged) incomplete.set(changed.key, missing);
    }
    if (Math.abs(clock() - askedAt) > ANSWER_VALID_FOR) break;
    for (const { changed, events } of changes) {
      const { key, version, record, namespace } = changed;
      const missing = incomplete.get(key);
      if (missing === undefined) complete.set(key, `${version ?? ''} ${events.length}`);
      else {
        missingAt ??= Date.parse(record.updatedAt);
        const at = new Date(clock()).toISOString();
        for (const event of missing) ports.auditLogOf(namespace).addLater(event, at);
        added += missing.length;
      }
    }
    for (const { key } of page) checked.add(key);
    const last = page.at(-1);
    if (last === undefined || page.length < count) reached = before;
    else {
      const next = Date.parse(last.record.updatedAt);
      // A page of records that all changed at the same time does not lead further.
      const isStuck = next <= reached;
      if (isStuck && count === MOST_RECORDS_AT_ONCE) reached += 1;
      else reached = Math.max(reached, next);
      count = isStuck ? Math.min(count * 2, MOST_RECORDS_AT_ONCE) : RECORDS_AT_ONCE;
    }
  }
  for (const key of complete.keys()) if (!checked.has(key)) complete.delete(key);
  return { reached, missingAt, added };
}

/** The state after a check at `now`. */
function afterCheck(
  check: EventLogCheck,
  { reached, missingAt, added }: Found,
  now: number,
  log: CoreLog
): EventLogCheck {
  const { first } = check;
  if (missingAt === undefined) return { first, until: reached, nextAt: now + PAUSE };
  const before = check.missing?.at === missingAt ? check.missing : undefined;
  const since = Math.min(before?.since ?? now, now);
  const checks = (before?.checks ?? 0) + 1;
  if (now - since > GIVE_UP_AFTER) {
    log.warn(
      `Kibana's event log lacks events of actions since ${new Date(missingAt).toISOString()}. They were added again for a day, ${added} the last time, and were not found afterwards. They are not added any more. The history has these actions.`
    );
    return { first: reached, until: reached, nextAt: now + PAUSE };
  }
  return {
    first,
    // The next check begins with the oldest change whose events were missing, and searches for what was added.
    until: Math.min(reached, missingAt + CLOCK_DIFFERENCE),
    nextAt: now + Math.min(PAUSE * 2 ** (checks - 1), LONGEST_PAUSE),
    missing: { at: missingAt, since, checks },
  };
}

/**
 * Checks the events of records that changed since the last check, and adds those that are missing, in batches. Resolves
 * to the state for the next check; undefined if Kibana writes no events to an index. If something cannot be read, that
 * is logged, and the next check repeats this one. Never throws.
 *
 * Each event is in the event log at least once, with one `event.id`. It may be there twice if Elasticsearch took longer
 * than `FOUND_AFTER` to write it.
 */
export async function completeEventLog(
  stored: unknown,
  ports: CompleteEventLogPorts,
  complete: CompleteRecords,
  isCancelled: () => boolean = () => false
): Promise<EventLogCheck | undefined> {
  const now = ports.clock();
  if (!ports.isIndexing()) return undefined;
  const check = fitToClock(
    eventLogCheckIn(stored) ?? {
      first: now - FIRST_CHECK_BACK,
      until: now - FIRST_CHECK_BACK,
      nextAt: now,
    },
    now
  );
  if (now < check.nextAt) return check;
  const before = now - FOUND_AFTER;
  const from = Math.max(check.first, check.until - CLOCK_DIFFERENCE);
  if (from >= before) return check;
  const isOver = () => isCancelled() || ports.clock() - now > LONGEST_CHECK;
  try {
    const found = await addMissing({ from, before }, ports, complete, isOver);
    const reached = Math.max(check.until, found.reached);
    return afterCheck(check, { ...found, reached }, now, ports.log);
  } catch (error) {
    ports.log.warn(
      `Kibana's event log could not be checked for events of actions that are missing there. The next check repeats this one: ${String(error)}`
    );
    return { ...check, nextAt: now + PAUSE };
  }
}
