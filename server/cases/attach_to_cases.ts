import type { Logger, ISavedObjectsRepository } from '@kbn/core/server';
import {
  type CaseAttachment,
  type CaseProblem,
  recordedAttachments,
} from '../../common/actions/case_attachment';
import type { ActionName } from '../../common/actions/action_name';
import type { RecordedHost, ActionRecord } from '../../common/actions/record';
import { caseMetadataOf, type CasesOfUser } from './cases_of_user';
import { LIMITS, ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { statusOf, CONFLICT, NOT_FOUND } from '../lib/typed_error';
import { caseAttachmentAttributes, documentIdOf } from '../response_actions/stored_record';

/** The results of attaching an action to cases, in the record of the action. */
export interface CaseAttachmentRecord {
  /** Adds newer results to the recorded ones, in each group of the action. */
  add(actionId: string, results: readonly CaseAttachment[]): Promise<void>;
}

const FIELDS = ['caseAttachments', 'groups', 'refusedRequest'] as const;
/** Attempts to write. The reconciliation task may write to the same record on another node. */
const ATTACH_TRIES = 5;

export function savedObjectCaseAttachments(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): CaseAttachmentRecord {
  /** Adds results to one group. Resolves to the number of groups of the action; 0 if there is no record. */
  const addTo = async (id: string, results: readonly CaseAttachment[]): Promise<number> => {
    for (let tries = 1; ; tries++) {
      const { saved_objects: read } = await repository.bulkGet<
        Pick<ActionRecord, (typeof FIELDS)[number]>
      >([{ type: ACTION_SAVED_OBJECT_TYPE, id, fields: [...FIELDS] }], { namespace });
      const [found] = read;
      if (found === undefined || found.error?.statusCode === NOT_FOUND) return 0;
      if (found.error !== undefined) throw new Error(found.error.message);
      const { attributes, version } = found;
      // Such a request is attached to no case, and its record contains none.
      if (attributes.refusedRequest !== undefined) return 0;
      const caseAttachments = recordedAttachments(attributes.caseAttachments ?? [], results);
      try {
        await repository.update(
          ACTION_SAVED_OBJECT_TYPE,
          id,
          caseAttachmentAttributes(caseAttachments),
          {
            namespace,
            version,
            refresh: false,
          }
        );
        return attributes.groups;
      } catch (error) {
        if (statusOf(error) !== CONFLICT || tries === ATTACH_TRIES) throw error;
      }
    }
  };
  return {
    async add(actionId, results) {
      try {
        const groups = await addTo(documentIdOf(actionId, 0), results);
        for (let group = 1; group < groups; group++) {
          await addTo(documentIdOf(actionId, group), results);
        }
      } catch (error) {
        // The record does not exist or was removed in the meantime.
        if (statusOf(error) !== NOT_FOUND) throw error;
      }
    },
  };
}

export interface CaseError {
  readonly reason: CaseProblem;
  /** Kibana's message, if it contains more. */
  readonly detail?: string;
  /** The case was changed in the meantime. A retry helps. */
  readonly isConflict?: boolean;
}

/**
 * Errors of Kibana's cases contain their status and message only in this form (`cases-plugin/server/common/error.js`).
 */
interface Boomifiable {
  boomify?(): { readonly output: { readonly statusCode: number }; readonly message: string };
}

/** Returns the problem that an error of Kibana's cases means. Never throws. */
export function caseErrorOf(error: unknown): CaseError {
  const { boomify } = (error ?? {}) as Boomifiable;
  const known = typeof boomify === 'function' ? boomify.call(error) : undefined;
  switch (known?.output.statusCode ?? statusOf(error)) {
    case 403:
      return { reason: 'forbidden' };
    case 404:
      return { reason: 'not_found' };
    case 409:
      return { reason: 'unclear', isConflict: true };
    case 400: {
      const message = known?.message ?? (error instanceof Error ? error.message : '');
      return { reason: 'refused', detail: message.slice(0, LIMITS.sanitizeText) };
    }
    default:
      return { reason: 'unclear' };
  }
}

/** A recorded action with its hosts. */
export interface AttachedAction {
  readonly actionId: string;
  readonly action: ActionName;
  readonly hosts: ReadonlyArray<Pick<RecordedHost, 'name' | 'agentId' | 'outcome'>>;
}

export interface AttachPorts {
  /** Undefined if Kibana runs without cases. Rejects if cases cannot be reached. */
  readonly cases: () => Promise<CasesOfUser | undefined>;
  /** Writes the results to the record of the action. */
  readonly record: (results: readonly CaseAttachment[]) => Promise<void>;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Milliseconds after which the response no longer waits for cases. */
const ANSWER_WITHIN = 10_000;
const TRIES = 4;
/** Milliseconds until a search finds a new attachment. Existing attachments are found by a search. */
const PAUSE = 1_500;
const AT_ONCE = 5;

const failed = (caseId: string, reason: CaseProblem, detail?: string): CaseAttachment => ({
  caseId,
  attached: false,
  reason,
  ...(detail === undefined ? {} : { detail }),
});

/**
 * Undefined if the action has to be attached to the case. An attachment that a refused attempt left without an entry in
 * the case's activity is removed first, because the next attempt would add a second one.
 */
async function alreadyAttached(
  cases: CasesOfUser,
  caseId: string,
  actionId: string
): Promise<CaseAttachment | undefined> {
  const held = await cases.held(caseId, actionId);
  if (held.some(({ isShown }) => isShown)) return { caseId, attached: true };
  for (const { id } of held) {
    try {
      await cases.remove(caseId, id);
    } catch (error) {
      const { reason } = caseErrorOf(error);
      if (reason === 'forbidden') return failed(caseId, 'not_shown');
      // It was removed in the meantime.
      if (reason !== 'not_found') throw error;
    }
  }
  return undefined;
}

/**
 * An attachment changes the version of its case, so Kibana refuses concurrent attachments. On this node they are added
 * one after the other; after conflicts with other nodes and users, the attachment is tried again.
 */
const lastOf = new Map<string, Promise<unknown>>();

function oneAfterTheOther<A>(
  caseId: string,
  sleep: AttachPorts['sleep'],
  work: () => Promise<A>
): Promise<A> {
  const before = lastOf.get(caseId);
  // A request that hangs must not block all others for the case.
  const mine = Promise.race([before, before && sleep(ANSWER_WITHIN)]).then(work, work);
  lastOf.set(caseId, mine);
  const forget = () => {
    if (lastOf.get(caseId) === mine) lastOf.delete(caseId);
  };
  mine.then(forget, forget);
  return mine;
}

/** Never rejects, because the action and its attachments are already done. */
async function recordResults(
  { record, logger }: AttachPorts,
  actionId: string,
  results: readonly CaseAttachment[]
): Promise<void> {
  try {
    await record(results);
  } catch (error) {
    logger.warn(
      `The results of attaching action ${actionId} to cases could not be recorded: ${error}`
    );
  }
}

/**
 * Attaches an action once to each case, with the privileges of the user, and records the result of each. Never
 * rejects, and returns within ten seconds: a case that takes longer is `unclear`, and its result is recorded
 * later. With `isRepeated`, cases that contain the action already are skipped.
 */
export async function attachToCases(
  ports: AttachPorts,
  action: AttachedAction,
  caseIds: readonly string[],
  { isRepeated = false }: { readonly isRepeated?: boolean } = {}
): Promise<readonly CaseAttachment[]> {
  const ids = [...new Set(caseIds)];
  if (ids.length === 0) return [];
  // For a refused attempt no command was sent, so it is not attached to cases.
  const hosts = action.hosts.filter(({ outcome }) => outcome !== 'refused');
  if (hosts.length === 0) {
    const results = ids.map((caseId) => failed(caseId, 'nothing_sent'));
    await recordResults(ports, action.actionId, results);
    return results;
  }
  const { actionId } = action;
  const metadata = caseMetadataOf(action.action, hosts);

  const attach = async (cases: CasesOfUser, caseId: string): Promise<CaseAttachment> => {
    for (let tries = 1; ; tries++) {
      try {
        if (isRepeated || tries > 1) {
          const known = await alreadyAttached(cases, caseId, actionId);
          if (known !== undefined) return known;
        }
        return { caseId, attached: true, title: await cases.attach(caseId, actionId, metadata) };
      } catch (error) {
        const { reason, detail, isConflict = false } = caseErrorOf(error);
        if (isConflict && tries < TRIES) {
          await ports.sleep(PAUSE);
          continue;
        }
        if (reason === 'unclear') {
          ports.logger.warn(`Action ${actionId} may not be attached to case ${caseId}: ${error}`);
        }
        return failed(caseId, reason, detail);
      }
    }
  };

  const ends = new Map<string, CaseAttachment>();
  const work = async (): Promise<void> => {
    const cases = await ports.cases();
    if (cases === undefined) {
      for (const caseId of ids) ends.set(caseId, failed(caseId, 'unavailable'));
      return;
    }
    const queue = [...ids];
    const worker = async () => {
      for (let caseId = queue.shift(); caseId !== undefined; caseId = queue.shift()) {
        const id = caseId;
        ends.set(id, await oneAfterTheOther(id, ports.sleep, () => attach(cases, id)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
  const worked = work().catch((error: unknown) => {
    ports.logger.warn(`Cases cannot be reached for action ${actionId}: ${error}`);
  });
  const results = () => ids.map((caseId) => ends.get(caseId) ?? failed(caseId, 'unclear'));
  const isLate = await Promise.race([
    worked.then(() => false),
    ports.sleep(ANSWER_WITHIN).then(() => true),
  ]);
  const answer = results();
  await recordResults(ports, actionId, answer);
  if (isLate) void worked.then(() => recordResults(ports, actionId, results()));
  return answer;
}
