import { LIMITS, MINUTE } from '../../common/lib/constants';
import { type ActionRecord, sortKeyOf, withHosts } from '../../common/actions/record';
import type { Clock, CoreLog, AuditLog, RecordStore, StoredRecord } from './ports';
import type { ActionResult, HostResult } from '../../common/actions/outcome';
import { cutText } from '../../common/lib/text';
import { allRefused, type ActionRequest, type RequestRefusal } from './plan_action';
import { withEnd } from './host_result';

export interface RefuseRequestPorts {
  readonly refusedRequests: {
    /** Records the request, or counts it in an earlier record. Resolves to the id of the action of that record. */
    add(record: ActionRecord): Promise<string>;
  };
  readonly clock: Clock;
}

/**
 * The record of a request that is refused as a whole, with all of these hosts. Its size does not depend on the request:
 * it contains numbers, and lists only the first hosts. `now` is ISO 8601.
 */
export function recordOfRefusedRequest(
  request: ActionRequest,
  hosts: readonly HostResult[],
  now: string
): ActionRecord {
  const { action, actionId, actor, connectorId, tenant, comment } = request;
  const { alertIds = [], caseIds = [] } = request;
  const record: ActionRecord = {
    ...{ action, actionId, actor, connectorId, tenant },
    group: 0,
    groups: 1,
    sortKey: sortKeyOf(now, actionId, 0),
    state: 'ended',
    comment: cutText(comment, LIMITS.commentOfRefusedRequest),
    alertIds: [],
    caseIds: [],
    refusedRequest: {
      hostCount: hosts.length,
      alertCount: alertIds.length,
      caseCount: caseIds.length,
      furtherRequests: 0,
    },
    ...(request.requestFingerprint === undefined
      ? {}
      : { requestFingerprint: request.requestFingerprint }),
    requestedAt: now,
    updatedAt: now,
    hosts: [],
  };
  const listed = hosts.slice(0, LIMITS.hostsOfRefusedRequest).map(({ detail, ...host }) =>
    withEnd(
      {
        ...host,
        ...(detail === undefined ? {} : { detail: cutText(detail, LIMITS.sanitizeText) }),
      },
      now
    )
  );
  return withHosts(record, listed, now);
}

/** Refuses every host of a request and records that. Throws if it could not be recorded. */
export async function refuseRequest(
  request: ActionRequest,
  refusal: RequestRefusal,
  { refusedRequests, clock }: RefuseRequestPorts
): Promise<ActionResult> {
  const now = new Date(clock()).toISOString();
  const hosts = allRefused(request, refusal);
  const actionId = await refusedRequests.add(recordOfRefusedRequest(request, hosts, now));
  return { actionId, hosts };
}

/**
 * Records of requests that were refused as a whole. Every user with "Actions and Connectors: Read"
 * can make such requests, so the number of records is limited: a user's first requests within a
 * minute have a record each, and the last record of a kind counts those that follow.
 */

/** Interval (ms) at which a changed count is written within its minute. */
const WRITE_AFTER = 10_000;

/** The store for the records of one space. */
export interface RefusedRequestPorts {
  readonly records: Pick<RecordStore, 'create' | 'update'>;
  readonly auditLog: Pick<AuditLog, 'refused' | 'furtherRefused'>;
}

/** The record of a request, or the record that counts it. */
interface Counter {
  stored: Promise<StoredRecord>;
  /** The number of counted requests, and the number that is already stored. */
  further: number;
  written: number;
  /** When the last of them was received (ms since the epoch). */
  lastAt: number;
  readonly ports: RefusedRequestPorts;
}

/** The requests of one user within one minute. */
interface Minute {
  recorded: number;
  readonly counters: Map<string, Counter>;
  cancelWrite: (() => void) | undefined;
  /** The current write. Writes are sequential; each requires the version of the one before. */
  writing: Promise<void>;
  readonly cancelEnd: () => void;
}

/** Calls `work` after this many ms. The returned function cancels that. */
export type Schedule = (ms: number, work: () => void) => () => void;

const onTimer: Schedule = (ms, work) => {
  const timer = setTimeout(work, ms);
  // The timer must not keep Kibana from stopping.
  timer.unref();
  return () => clearTimeout(timer);
};

export interface RefusedRequestsOptions {
  readonly clock: Clock;
  readonly log: CoreLog;
  /** Default: a timer. */
  readonly schedule?: Schedule;
}

/** Identifies the requests that one record counts. */
const kindOf = (spaceId: string, { action, hosts: [host] }: ActionRecord): string =>
  JSON.stringify([spaceId, action, host?.reason]);

export class RefusedRequests {
  private readonly minutes = new Map<string, Minute>();
  private readonly clock: Clock;
  private readonly log: CoreLog;
  private readonly schedule: Schedule;

  constructor({ clock, log, schedule = onTimer }: RefusedRequestsOptions) {
    this.clock = clock;
    this.log = log;
    this.schedule = schedule;
  }

  /**
   * Records a request that was refused as a whole, or counts it in an earlier record. Resolves to the id of the action
   * of that record. Throws if nothing could be recorded.
   */
  async add(record: ActionRecord, spaceId: string, ports: RefusedRequestPorts): Promise<string> {
    const { username } = record.actor;
    const minute = this.minuteOf(username);
    const kind = kindOf(spaceId, record);
    const known = minute.counters.get(kind);
    if (known !== undefined && minute.recorded >= LIMITS.refusedRequestsPerMinute) {
      known.further += 1;
      known.lastAt = this.clock();
      minute.cancelWrite ??= this.schedule(WRITE_AFTER, () => {
        minute.cancelWrite = undefined;
        void this.write(minute);
      });
      return (await known.stored).record.actionId;
    }
    minute.recorded += 1;
    const stored = ports.records.create([record]).then(([written]) => written!);
    const counter: Counter = { stored, further: 0, written: 0, lastAt: this.clock(), ports };
    minute.counters.set(kind, counter);
    try {
      await stored;
    } catch (error) {
      minute.recorded -= 1;
      if (minute.counters.get(kind) === counter) minute.counters.delete(kind);
      throw error;
    }
    ports.auditLog.refused(record);
    return record.actionId;
  }

  /** Writes all counts. Never throws. */
  async stop(): Promise<void> {
    await Promise.all([...this.minutes.keys()].map((username) => this.end(username)));
  }

  private minuteOf(username: string): Minute {
    const known = this.minutes.get(username);
    if (known !== undefined) return known;
    const minute: Minute = {
      recorded: 0,
      counters: new Map(),
      cancelWrite: undefined,
      writing: Promise.resolve(),
      cancelEnd: this.schedule(MINUTE, () => void this.end(username)),
    };
    this.minutes.set(username, minute);
    return minute;
  }

  private async end(username: string): Promise<void> {
    const minute = this.minutes.get(username);
    if (minute === undefined) return;
    this.minutes.delete(username);
    minute.cancelEnd();
    minute.cancelWrite?.();
    await this.write(minute);
    for (const { further, stored, ports } of minute.counters.values()) {
      if (further === 0) continue;
      try {
        ports.auditLog.furtherRefused((await stored).record);
      } catch {
        // There is no record; the caller received that error.
      }
    }
  }

  private write(minute: Minute): Promise<void> {
    minute.writing = minute.writing.then(() => this.writeCounts(minute));
    return minute.writing;
  }

  private async writeCounts({ counters }: Minute): Promise<void> {
    for (const counter of counters.values()) {
      const { further, lastAt, ports } = counter;
      if (further === counter.written) continue;
      try {
        const stored = await counter.stored;
        const record = withCount(stored.record, further, lastAt);
        const { version } = await ports.records.update(stored, record);
        counter.stored = Promise.resolve({ record, version });
        counter.written = further;
      } catch (error) {
        this.log.warn(`${further} refused requests could not be counted: ${String(error)}`);
      }
    }
  }
}

/** The record with the number of further requests, the last of them at `lastAt` (ms since the epoch). */
function withCount(record: ActionRecord, furtherRequests: number, lastAt: number): ActionRecord {
  const { refusedRequest } = record;
  if (refusedRequest === undefined) return record;
  return {
    ...record,
    updatedAt: new Date(lastAt).toISOString(),
    refusedRequest: { ...refusedRequest, furtherRequests },
  };
}
