import type { CasesClient } from '@kbn/cases-plugin/server';
import { CASES_OWNER, LIMITS } from '../../common/lib/constants';
import type { CaseMetadata, CasesById, CasesQuery, CaseSummary } from '../../common/api/cases';
import { NOT_FOUND } from '../lib/typed_error';
import { attachmentOf, isAttachmentOf, type AttachmentForm } from './attachment_type';

/**
 * Elastic Security's cases in the space of one user, with that user's privileges. Rejects with Kibana's errors: see
 * `caseErrorOf`.
 */
export interface CasesOfUser {
  /** The distinct cases that contain one of these alerts. */
  ofAlerts(alertIds: readonly string[]): Promise<readonly CaseSummary[]>;
  /** Cases that are not closed and whose titles contain all words of the search, latest first. */
  open(query: CasesQuery): Promise<{ readonly cases: readonly CaseSummary[]; total: number }>;
  /** Cases by their ids, at most 1,000. */
  byIds(caseIds: readonly string[]): Promise<FoundCases>;
  /** Resolves to the case's title. */
  attach(caseId: string, actionId: string, metadata: CaseMetadata): Promise<string>;
  /** The attachments of an action in a case. */
  held(caseId: string, actionId: string): Promise<readonly CaseAttachmentState[]>;
  /** Removes an attachment from a case; requires the privilege to delete. */
  remove(caseId: string, attachmentId: string): Promise<void>;
}

/** The cases that the user may see, and the ids of the others. */
export type FoundCases = Omit<Extract<CasesById, { state: 'available' }>, 'state'>;

export interface CaseAttachmentState {
  readonly id: string;
  /**
   * Whether the case's activity shows it. If a case changes at the same time, Kibana refuses the
   * attachment but may already have written it. Then the attachment exists but is missing in the
   * activity.
   */
  readonly isShown: boolean;
}

const PER_PAGE = 20;
const ACTIVITY_PER_PAGE = 100;
const AT_ONCE = 5;

const summaryOf = ({ id, title, status }: CaseSummary): CaseSummary => ({ id, title, status });

/** Converts a search text to prefixes of words, without the operators of a simple query string. */
const beginnings = (search: string): string =>
  (search.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `${word}*`).join(' ');

/** The attachments whose addition is in the case's activity. */
async function shownIn(client: CasesClient, caseId: string): Promise<ReadonlySet<string | null>> {
  const shown = new Set<string | null>();
  for (let page = 1; ; page++) {
    const { userActions, total } = await client.userActions.find({
      caseId,
      params: { types: ['attachment'], sortOrder: 'desc', page, perPage: ACTIVITY_PER_PAGE },
    });
    for (const { action, comment_id: id } of userActions) if (action === 'create') shown.add(id);
    if (page * ACTIVITY_PER_PAGE >= total) return shown;
  }
}

/**
 * Kibana's client for cases, restricted to Elastic Security's cases. Actions are attached in the form that this Kibana
 * shows.
 */
export function casesOfUser(client: CasesClient, form: AttachmentForm): CasesOfUser {
  return {
    async ofAlerts(alertIds) {
      const found = new Map<string, CaseSummary>();
      for (let from = 0; from < alertIds.length; from += AT_ONCE) {
        const lists = await Promise.all(
          alertIds
            .slice(from, from + AT_ONCE)
            .map((alertID) =>
              client.cases.getCasesByAlertID({ alertID, options: { owner: CASES_OWNER } })
            )
        );
        for (const one of lists.flat()) found.set(one.id, summaryOf(one));
      }
      return [...found.values()];
    },
    async open({ search = '', page = 1, perPage = PER_PAGE }) {
      const words = beginnings(search);
      const { cases, total } = await client.cases.search({
        owner: CASES_OWNER,
        status: ['open', 'in-progress'],
        sortField: 'createdAt',
        sortOrder: 'desc',
        page,
        perPage,
        ...(words === ''
          ? {}
          : { search: words, searchFields: ['title'], defaultSearchOperator: 'AND' }),
      });
      return { cases: cases.map(summaryOf), total };
    },
    async byIds(caseIds) {
      const { cases, errors } = await client.cases.bulkGet({ ids: [...new Set(caseIds)] });
      const isOurs = ({ owner }: { readonly owner: string }) => owner === CASES_OWNER;
      const idsOf = (isIt: (status: number | undefined) => boolean) =>
        errors.filter(({ status }) => isIt(status)).map(({ caseId }) => caseId);
      return {
        cases: cases.filter(isOurs).map(summaryOf),
        notFound: idsOf((status) => status === NOT_FOUND),
        // Cases of other owners are excluded: not every user who may see Security's cases may see their titles.
        forbidden: [
          ...idsOf((status) => status !== NOT_FOUND),
          ...cases.filter((one) => !isOurs(one)).map(({ id }) => id),
        ],
      };
    },
    async attach(caseId, actionId, metadata) {
      const comment = attachmentOf(actionId, metadata, form);
      return (await client.attachments.add({ caseId, comment })).title;
    },
    async held(caseId, actionId) {
      const ours = (await client.attachments.getAll({ caseID: caseId })).filter((one) =>
        isAttachmentOf(one, actionId, form)
      );
      if (ours.length === 0) return [];
      const shown = await shownIn(client, caseId);
      return ours.map(({ id }) => ({ id, isShown: shown.has(id) }));
    },
    remove: (caseId, attachmentId) =>
      client.attachments.delete({
        caseID: caseId,
        attachmentID: attachmentId,
        savedObjectId: attachmentId,
      }),
  };
}

/** The first few hosts, so that a reader of the case can identify the action. */
export const caseMetadataOf = (
  action: CaseMetadata['action'],
  hosts: ReadonlyArray<CaseMetadata['hosts'][number]>
): CaseMetadata => ({
  action,
  hosts: hosts.slice(0, LIMITS.hostsInAttachment).map(({ name, agentId }) => ({ name, agentId })),
  hostCount: hosts.length,
});
