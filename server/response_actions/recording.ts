import { isDeepStrictEqual } from 'node:util';
import { isOpen, withHosts, type ActionRecord } from '../../common/actions/record';
import { LIMITS } from '../../common/lib/constants';
import { cutText } from '../../common/lib/text';
import type { ExactTargets } from '../sentinelone_client/host_action';
import { recordsOf } from './build_records';
import { withEnd } from './host_result';
import type { Progress } from './merge_by_agent';
import type { ActionRequest } from './plan_action';
import type { Clock, CoreLog, RecordStore, StoredRecord } from './ports';

/** When the records of an action are written: always before anything is sent. */

/** Writes the records of an action that is about to be sent; `groups` are its writes. ISO 8601 times. */
export type SaveRecords = (
  progress: readonly Progress[],
  groups: readonly ExactTargets[],
  requestedAt: string,
  now: string
) => Promise<readonly StoredRecord[]>;

/** What an action does: its progress, its writes, and when it was requested (ISO 8601). */
export interface Planned {
  readonly progress: readonly Progress[];
  readonly groups: readonly ExactTargets[];
  readonly requestedAt: string;
}

export interface Recording {
  /** Called when the first host locks are being written. */
  begin(planned: Planned): void;
  /**
   * Called while the host locks are held, with what is to be sent. Resolves once that is recorded. `wasContested`: the
   * locks were taken after another action's. Rejects when it is not recorded.
   */
  save(planned: Planned, wasContested: boolean): Promise<readonly StoredRecord[]>;
  /** Called when the hosts could not be locked. Never rejects. */
  abandon(why: unknown): Promise<void>;
}

interface RecordingPorts {
  readonly records: Pick<RecordStore, 'create' | 'replace'>;
  readonly clock: Clock;
  readonly log: Pick<CoreLog, 'warn'>;
}

/** Records once the host locks are held. */
export const recordWhenLocked = (save: SaveRecords, clock: Clock): Recording => ({
  begin: () => {},
  save: ({ progress, groups, requestedAt }) =>
    save(progress, groups, requestedAt, new Date(clock()).toISOString()),
  abandon: async () => {},
});

/** A record that was written together with the host locks. */
interface Begun {
  readonly records: readonly ActionRecord[];
  /** ISO 8601. */
  readonly now: string;
  readonly stored: Promise<readonly StoredRecord[]>;
}

/**
 * Records while the hosts are being locked, with one request for both, and again where the locks have changed what is
 * sent. Until the locks are held, the record names hosts as pending that another action may have locked: if this node
 * stops then, status reconciliation reads what has become of them, as after any stop before the command.
 *
 * Actions on one host are recorded in the order in which they act: a lock that is taken at once had been released when
 * it was read, which was before the time of this record.
 */
export function recordWhileLocking(request: ActionRequest, ports: RecordingPorts): Recording {
  const { records: store, clock, log } = ports;
  const nowText = (): string => new Date(clock()).toISOString();
  const build = ({ progress, groups, requestedAt }: Planned, now: string) =>
    recordsOf(request, progress, groups, requestedAt, now);
  let begun: Begun | undefined;
  return {
    begin(planned) {
      const now = nowText();
      const records = build(planned, now);
      // Of several records, locks might leave fewer.
      if (records.length > 1) return;
      const stored = store.create(records);
      // It is awaited once the locks are held.
      stored.catch(() => undefined);
      begun = { records, now, stored };
    },
    async save(planned, wasContested) {
      if (begun === undefined) return store.create(build(planned, nowText()));
      const stored = await begun.stored;
      const records = build(planned, wasContested ? nowText() : begun.now);
      return isDeepStrictEqual(records, begun.records) ? stored : store.replace(stored, records);
    },
    async abandon(why) {
      if (begun === undefined) return;
      try {
        const now = nowText();
        const [entry] = await begun.stored;
        if (entry === undefined) return;
        const detail = cutText(String(why), LIMITS.outcomeDetail);
        const hosts = entry.record.hosts.map((host) =>
          isOpen(host)
            ? withEnd({ ...host, outcome: 'failed', reason: 'interrupted', detail }, now)
            : host
        );
        await store.replace([entry], [withHosts(entry.record, hosts, now)]);
      } catch (error) {
        // The document is still in state "sending", so status reconciliation finds it.
        log.warn(`The end of action ${request.actionId} could not be recorded: ${String(error)}`);
      }
    },
  };
}
