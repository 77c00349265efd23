import { expectOk } from './http';
import type { Target, UserName } from './target';
import { untilIs } from './until';

/** Elastic Security's cases, as users create them in Kibana. */

const PATH = '/api/cases';
export const CASES_OWNER = 'securitySolution';
const CASE_ATTACHMENT_TYPE = 'sentineloneResponse';

interface MadeCase {
  readonly id: string;
  readonly title: string;
}

/** Open cases that the tests of this file created. */
const stillOpen = new Set<string>();

/** A title that no other case of this Kibana has. */
export const titleOf = (what: string): string =>
  `${what} ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

/** Makes a case, with these alerts in it. It is older than what is made after it. */
export async function makeCase(
  target: Target,
  title: string,
  alertIds: readonly string[] = [],
  user: UserName = 'admin'
): Promise<MadeCase> {
  const made = await target.request(user, 'POST', PATH, {
    body: {
      title,
      description: 'Made by a test',
      tags: [],
      connector: { id: 'none', name: 'none', type: '.none', fields: null },
      settings: { syncAlerts: false },
      owner: CASES_OWNER,
    },
  });
  expectOk(made, 'POST a case');
  const { id, created_at: createdAt } = made.json;
  stillOpen.add(id);
  // Kibana sorts cases by this time, and two that are made in the same millisecond in any order.
  await untilIs('the clock has moved on', Date.now, (now) => now > Date.parse(createdAt));
  for (const alertId of alertIds) await addAlert(target, id, alertId);
  return { id, title };
}

/** Puts an alert into a case. */
async function addAlert(target: Target, caseId: string, alertId: string): Promise<void> {
  const added = await target.request('admin', 'POST', `${PATH}/${caseId}/comments`, {
    body: {
      type: 'alert',
      alertId,
      index: '.internal.alerts-security.alerts-default-000001',
      rule: { id: null, name: null },
      owner: CASES_OWNER,
    },
  });
  expectOk(added, 'POST an alert to a case');
}

/**
 * Adds an entry to a case that looks like an action of the plugin, which every user who may add to cases can do.
 * Returns whether this Kibana accepts it: from 9.5.1 on, attachments of plugins have a schema.
 */
export async function forgeAttachment(
  target: Target,
  caseId: string,
  actionId: string,
  hostNamed: string,
  user: UserName = 'admin'
): Promise<boolean> {
  const metadata = {
    action: 'isolate',
    hosts: [{ name: hostNamed, agentId: '1' }],
    hostCount: 1,
  };
  const post = (body: object) =>
    target.request(user, 'POST', `${PATH}/${caseId}/comments`, {
      body: { ...body, owner: CASES_OWNER },
    });
  const added = await post({
    type: 'externalReference',
    externalReferenceAttachmentTypeId: CASE_ATTACHMENT_TYPE,
    externalReferenceId: actionId,
    externalReferenceStorage: { type: 'elasticSearchDoc' },
    externalReferenceMetadata: metadata,
  });
  if (added.status !== 400) {
    expectOk(added, 'POST an attachment to a case');
    return true;
  }
  const unified = await post({ type: CASE_ATTACHMENT_TYPE, attachmentId: actionId, metadata });
  if (unified.status !== 400) expectOk(unified, 'POST an attachment to a case');
  return unified.status !== 400;
}

/** Closes a case. */
export async function closeCase(target: Target, caseId: string): Promise<void> {
  const { json } = await target.request('admin', 'GET', `${PATH}/${caseId}`);
  const closed = await target.request('admin', 'PATCH', PATH, {
    body: { cases: [{ id: caseId, version: json.version, status: 'closed' }] },
  });
  expectOk(closed, 'PATCH a case');
  stillOpen.delete(caseId);
}

/** Closes the created cases: an open case would be preselected for its alert in later tests. */
export async function closeCases(target: Target): Promise<void> {
  for (const caseId of stillOpen) await closeCase(target, caseId);
}

/** The ids of attachments that a case's activity says were added: its page shows no other. */
export async function shownIn(
  target: Target,
  caseId: string
): Promise<ReadonlyArray<string | null>> {
  const path = `${PATH}/${caseId}/user_actions/_find?perPage=100`;
  const { json } = await target.request('admin', 'GET', path);
  return json.userActions
    .filter(({ action }: { action: string }) => action === 'create')
    .map(({ comment_id: id }: { comment_id: string | null }) => id);
}

/** An action that is attached to a case, in whichever form this Kibana stores it. */
interface HeldAction {
  readonly id: string;
  readonly form: 'external_reference' | 'unified';
  readonly actionId: string;
  readonly metadata: unknown;
  readonly owner: string;
  readonly created_by: { readonly username: string };
}

/** The plugin's attachments of a case. */
export async function attachmentsOf(target: Target, caseId: string): Promise<HeldAction[]> {
  const { json } = await target.request('admin', 'GET', `${PATH}/${caseId}/comments`);
  return (json as ReadonlyArray<Record<string, string>>).flatMap((one): HeldAction[] => {
    const shared = one as Pick<HeldAction, 'id' | 'owner'> & typeof one;
    const { id, owner } = shared;
    const by = { created_by: one.created_by as unknown as HeldAction['created_by'] };
    if (one.type === CASE_ATTACHMENT_TYPE) {
      const { attachmentId, metadata } = one;
      return [{ id, form: 'unified', actionId: attachmentId!, metadata, owner, ...by }];
    }
    if (one.externalReferenceAttachmentTypeId !== CASE_ATTACHMENT_TYPE) return [];
    const { externalReferenceId, externalReferenceMetadata: metadata } = one;
    return [
      { id, form: 'external_reference', actionId: externalReferenceId!, metadata, owner, ...by },
    ];
  });
}
