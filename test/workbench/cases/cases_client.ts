import Boom from '@hapi/boom';
import type { ISavedObjectsRepository, KibanaRequest, SavedObject } from '@kbn/core/server';
import { randomUUID } from 'node:crypto';
import { onlyThese } from '../not_in_the_workbench';
import { asCaseError } from './case_error';
import {
  attachmentCodec,
  byAlertCodec,
  casesBulkGetCodec,
  casesPatchCodec,
  casesSearchCodec,
  decodeWithExcessOrThrow,
  laterAttachmentCodec,
  newCaseCodec,
  userActionsFindCodec,
  type Attachment,
  type NewCase,
  type UnifiedAttachment,
} from './case_codecs';
import { CASES_OWNER } from './cases_feature';
import { CASE_TYPE, COMMENT_TYPE, USER_ACTION_TYPE } from './saved_object_types';

type Status = 'open' | 'in-progress' | 'closed';

interface Person {
  readonly username: string | null;
  readonly full_name: null;
  readonly email: null;
}

interface CaseAttributes extends NewCase {
  readonly status: Status;
  readonly created_at: string;
  readonly created_by: Person;
  readonly updated_at: string | null;
  readonly updated_by: Person | null;
  readonly closed_at: string | null;
  readonly closed_by: Person | null;
  readonly [field: string]: unknown;
}

type AnyAttachment = Attachment | UnifiedAttachment;
type CommentAttributes = AnyAttachment & {
  readonly created_at: string;
  readonly created_by: Person;
  readonly [field: string]: unknown;
};

interface UserActionAttributes {
  readonly type: 'comment';
  readonly action: 'create' | 'delete';
  readonly payload: { readonly comment: AnyAttachment };
  readonly created_at: string;
  readonly created_by: Person;
  readonly owner: string;
}

interface CasesClientPorts {
  readonly repository: ISavedObjectsRepository;
  readonly namespace: string | undefined;
  readonly request: KibanaRequest;
  readonly username: string | null;
  /** Whether the user who sent the request may do this with an owner's cases. */
  readonly may: (owner: string, operation: string) => boolean;
  readonly isRegistered: (attachmentTypeId: string) => boolean;
  /**
   * Where attachments of other plugins are unified ones, in place of external references: throws what the schema of a
   * registered type finds wrong with one.
   */
  readonly validateUnified?: (attachment: UnifiedAttachment) => void;
}

const MOST_REFERENCES = 100;
const MOST_COMMENTS = 10_000;
const MOST_USER_ACTIONS = 100;

const listOf = <A>(value: A | readonly A[] | undefined): readonly A[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as A];

const caseBody = ({ id, version = '0', attributes }: SavedObject<CaseAttributes>) => ({
  id,
  version,
  ...attributes,
});
const commentBody = ({ id, version = '0', attributes }: SavedObject<CommentAttributes>) => ({
  ...attributes,
  id,
  version,
});

const alertIdsIn = (attachment: AnyAttachment): readonly string[] =>
  'alertId' in attachment ? listOf(attachment.alertId) : [];

/** The id of a plugin's type of attachments. */
const pluginTypeOf = (attachment: AnyAttachment): string | undefined =>
  'attachmentId' in attachment
    ? attachment.type
    : attachment.type === 'externalReference'
      ? attachment.externalReferenceAttachmentTypeId
      : undefined;

/** `word*` and `word`, which is all that the workbench has of a simple query string. */
function matches(title: string, search: string, operator: 'AND' | 'OR'): boolean {
  const words: readonly string[] = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const isThere = (asked: string): boolean => {
    const wanted = asked.toLowerCase();
    return wanted.endsWith('*')
      ? words.some((word) => word.startsWith(wanted.slice(0, -1)))
      : words.includes(wanted);
  };
  const asked = search.split(/\s+/).filter((one) => one !== '');
  return operator === 'AND' ? asked.every(isThere) : asked.some(isThere);
}

/** Kibana's client for cases, as the user who sent the request: the same checks in the same order (8.12.2). */
export function createCasesClient(ports: CasesClientPorts) {
  const { repository, namespace, username, may, isRegistered } = ports;
  const options = { namespace };
  const person: Person = { username, full_name: null, email: null };
  const now = () => new Date().toISOString();

  const refuse = (what: string, owners: readonly string[]): never => {
    const whose = owners.length === 0 ? 'of any owner' : `with owners: "${owners.join(', ')}"`;
    throw Boom.forbidden(`Unauthorized to ${what} ${whose}`);
  };
  const ensure = (owner: string, operation: string, what: string): void => {
    if (!may(owner, operation)) refuse(what, [owner]);
  };
  const ensureSome = (operation: string, what: string): void => {
    if (!may(CASES_OWNER, operation)) refuse(what, []);
  };

  const getCase = (id: string) => repository.get<CaseAttributes>(CASE_TYPE, id, options);
  const allOf = async <A>(type: string): Promise<ReadonlyArray<SavedObject<A>>> =>
    (await repository.find<A>({ type, perPage: MOST_COMMENTS, ...options })).saved_objects;
  const commentsOf = async (caseId: string) =>
    (await allOf<CommentAttributes>(COMMENT_TYPE))
      .filter(({ references }) => references.some(({ id }) => id === caseId))
      .sort((a, b) => a.attributes.created_at.localeCompare(b.attributes.created_at));
  const caseReference = (id: string) => ({
    type: CASE_TYPE,
    name: `associated-${CASE_TYPE}`,
    id,
  });
  /** A line of the case's activity, from which its page is made. */
  const noteUserAction = (
    action: UserActionAttributes['action'],
    caseId: string,
    commentId: string,
    comment: AnyAttachment
  ) =>
    repository.create<UserActionAttributes>(
      USER_ACTION_TYPE,
      {
        type: 'comment',
        action,
        payload: { comment },
        created_at: now(),
        created_by: person,
        owner: comment.owner,
      },
      {
        ...options,
        id: randomUUID(),
        references: [
          caseReference(caseId),
          { type: COMMENT_TYPE, name: `associated-${COMMENT_TYPE}`, id: commentId },
        ],
      }
    );
  const withComments = async (one: SavedObject<CaseAttributes>) => {
    const comments = await commentsOf(one.id);
    return {
      ...caseBody(one),
      comments: comments.map(commentBody),
      totalComment: comments.filter(({ attributes }) => attributes.type === 'user').length,
      totalAlerts: new Set(comments.flatMap(({ attributes }) => alertIdsIn(attributes))).size,
    };
  };

  const cases = {
    create: (data: NewCase) =>
      asCaseError('Failed to create case', async () => {
        const body = decodeWithExcessOrThrow(newCaseCodec, data);
        ensureSome('findConfigurations', 'access case configurations');
        ensure(body.owner, 'createCase', 'create case');
        const attributes: CaseAttributes = {
          ...body,
          category: null,
          customFields: [],
          assignees: [],
          severity: 'low',
          status: 'open',
          duration: null,
          closed_at: null,
          closed_by: null,
          created_at: now(),
          created_by: person,
          updated_at: null,
          updated_by: null,
          external_service: null,
        };
        const made = await repository.create(CASE_TYPE, attributes, {
          ...options,
          id: randomUUID(),
        });
        return { ...caseBody(made), totalComment: 0, totalAlerts: 0, comments: [] };
      }),

    get: ({ id, includeComments = true }: { id: string; includeComments?: boolean }) =>
      asCaseError(`Failed to get case id: ${id}`, async () => {
        const found = await getCase(id);
        ensure(found.attributes.owner, 'getCase', 'access case');
        if (includeComments) return withComments(found);
        return { ...caseBody(found), comments: [], totalComment: 0, totalAlerts: 0 };
      }),

    search: (params: unknown) =>
      asCaseError(`Failed to find cases: ${JSON.stringify(params)}`, async () => {
        const query = decodeWithExcessOrThrow(casesSearchCodec, params);
        ensureSome('findConfigurations', 'access case configurations');
        ensureSome('getCase', 'access cases');
        const { page = 1, perPage = 20, search = '', sortOrder = 'desc' } = query;
        if (perPage > 100) {
          throw Boom.badRequest(
            'The provided perPage value is too high. The maximum allowed perPage value is 100.'
          );
        }
        const all = await allOf<CaseAttributes>(CASE_TYPE);
        const ofOwner = all.filter(
          ({ attributes }) =>
            query.owner === undefined || listOf(query.owner).includes(attributes.owner)
        );
        const count = (status: Status) =>
          ofOwner.filter(({ attributes }) => attributes.status === status).length;
        const fields = query.searchFields === undefined ? ['title'] : listOf(query.searchFields);
        const found = ofOwner
          .filter(
            ({ attributes }) =>
              (query.status === undefined || listOf(query.status).includes(attributes.status)) &&
              (search === '' ||
                fields.some((field) =>
                  matches(
                    String(attributes[field as 'title']),
                    search,
                    query.defaultSearchOperator ?? 'OR'
                  )
                ))
          )
          .sort(
            (a, b) =>
              a.attributes.created_at.localeCompare(b.attributes.created_at) *
              (sortOrder === 'asc' ? 1 : -1)
          );
        const from = (page - 1) * perPage;
        return {
          page,
          per_page: perPage,
          total: found.length,
          cases: found.slice(from, from + perPage).map((one) => ({
            ...caseBody(one),
            totalComment: 0,
            totalAlerts: 0,
            comments: [],
          })),
          count_open_cases: count('open'),
          count_in_progress_cases: count('in-progress'),
          count_closed_cases: count('closed'),
        };
      }),

    bulkGet: (params: { ids: string[] }) =>
      asCaseError(`Failed to bulk get cases: ${params.ids.join(', ')}`, async () => {
        const { ids } = decodeWithExcessOrThrow(casesBulkGetCodec, params);
        const { saved_objects: read } = await repository.bulkGet<CaseAttributes>(
          ids.map((id) => ({ type: CASE_TYPE, id })),
          options
        );
        const found = read.filter(({ error }) => error === undefined);
        ensureSome('getCase', 'access cases');
        const isVisible = ({ attributes }: SavedObject<CaseAttributes>) =>
          may(attributes.owner, 'getCase');
        return {
          cases: await Promise.all(found.filter(isVisible).map(withComments)),
          errors: [
            ...read
              .filter(({ error }) => error !== undefined)
              .map(({ id, error }) => ({ caseId: id, status: error!.statusCode, ...error! })),
            ...found
              .filter((one) => !isVisible(one))
              .map(({ id }) => ({ caseId: id, status: 403, error: 'Forbidden', message: '' })),
          ],
        };
      }),

    getCasesByAlertID: (params: { alertID: string; options: unknown }) =>
      asCaseError(
        `Failed to get case IDs using alert ID: ${params.alertID} options: ${JSON.stringify(params.options)}`,
        async () => {
          const { owner } = decodeWithExcessOrThrow(byAlertCodec, params.options);
          ensureSome('getCase', 'access cases');
          const comments = await allOf<CommentAttributes>(COMMENT_TYPE);
          const ids = new Set(
            comments
              .filter(
                ({ attributes }) =>
                  alertIdsIn(attributes).includes(params.alertID) &&
                  (owner === undefined || listOf(owner).includes(attributes.owner))
              )
              .flatMap(({ references }) => references.map(({ id }) => id))
          );
          const all = await allOf<CaseAttributes>(CASE_TYPE);
          return Promise.all(
            all
              .filter(({ id }) => ids.has(id))
              .map(async (one) => {
                const { totalAlerts, totalComment } = await withComments(one);
                const { title, description, status, created_at: createdAt } = one.attributes;
                return {
                  id: one.id,
                  title,
                  description,
                  status,
                  createdAt,
                  totals: { userComments: totalComment, alerts: totalAlerts },
                };
              })
          );
        }
      ),

    /** Of a case's fields, the status alone. */
    update: (params: unknown) =>
      asCaseError('Failed to update case', async () => {
        const body = decodeWithExcessOrThrow(casesPatchCodec, params);
        return Promise.all(
          body.cases.map(async ({ id, version, status }) => {
            const found = await getCase(id);
            ensure(found.attributes.owner, 'updateCase', 'update case');
            if (found.version !== version) {
              throw Boom.conflict(
                `These cases ${id} has been updated. Please refresh before saving additional updates.`
              );
            }
            await repository.update(
              CASE_TYPE,
              id,
              { status, updated_at: now(), updated_by: person },
              { ...options, version }
            );
            return { ...(await withComments(await getCase(id))), comments: [] };
          })
        );
      }),
  };

  const attachments = {
    add: ({ caseId, comment }: { caseId: string; comment: unknown }) =>
      asCaseError(`Failed while adding a comment to case id: ${caseId} error`, async () => {
        const body: AnyAttachment = ports.validateUnified
          ? decodeWithExcessOrThrow(laterAttachmentCodec, comment)
          : decodeWithExcessOrThrow(attachmentCodec, comment);
        ensure(body.owner, 'createComment', 'create comments');
        const typeId = pluginTypeOf(body);
        // From 9.5.1 on, external references of Kibana's own types only (`validators.ts`, assertMigratedUnifiedType).
        const isGone = ports.validateUnified !== undefined && body.type === 'externalReference';
        if (typeId !== undefined && (isGone || !isRegistered(typeId))) {
          throw Boom.badRequest(`Attachment type ${typeId} is not registered.`);
        }
        if ('attachmentId' in body) ports.validateUnified?.(body);
        const found = await getCase(caseId);
        if (body.type === 'alert' && found.attributes.status === 'closed') {
          throw Boom.badRequest('Alert cannot be attached to a closed case');
        }
        if (body.owner !== found.attributes.owner) {
          throw Boom.badRequest('The owner field of the comment must match the case');
        }
        const before = await commentsOf(caseId);
        const references = before.filter(({ attributes }) => attributes.type === body.type);
        if (typeId !== undefined && references.length >= MOST_REFERENCES) {
          throw Boom.badRequest(
            `Case has reached the maximum allowed number (${MOST_REFERENCES}) of attached persistable state and external reference attachments.`
          );
        }
        const createdAt = now();
        const attributes = {
          ...body,
          created_at: createdAt,
          created_by: person,
          pushed_at: null,
          pushed_by: null,
          updated_at: null,
          updated_by: null,
        } as CommentAttributes;
        // Both in parallel, as Kibana does: if the case has changed, the attachment is stored anyway, without an entry
        // in the activity.
        const [{ id }] = await Promise.all([
          repository.create(COMMENT_TYPE, attributes, {
            ...options,
            id: randomUUID(),
            references: [caseReference(caseId)],
            refresh: false,
          }),
          repository.update(
            CASE_TYPE,
            caseId,
            { updated_at: createdAt, updated_by: person },
            { ...options, version: found.version, refresh: false }
          ),
        ]);
        await noteUserAction('create', caseId, id, body);
        return withComments(await getCase(caseId));
      }),

    getAll: ({ caseID }: { caseID: string }) =>
      asCaseError(`Failed to get all comments case id: ${caseID}`, async () => {
        ensureSome('getComment', 'access comments');
        return (await commentsOf(caseID)).map(commentBody);
      }),

    delete: ({
      caseID,
      attachmentID,
    }: {
      caseID: string;
      attachmentID: string;
      savedObjectId?: string;
    }) =>
      asCaseError(`Failed to delete comment: ${caseID} comment id: ${attachmentID}`, async () => {
        const { attributes, references } = await repository.get<CommentAttributes>(
          COMMENT_TYPE,
          attachmentID,
          options
        );
        ensure(attributes.owner, 'deleteComment', 'delete comments');
        if (!references.some(({ id }) => id === caseID)) {
          throw Boom.notFound(`This comment ${attachmentID} does not exist in ${caseID}.`);
        }
        await repository.delete(COMMENT_TYPE, attachmentID, { ...options, refresh: false });
        await noteUserAction('delete', caseID, attachmentID, attributes);
      }),
  };

  const userActions = {
    find: ({ caseId, params }: { caseId: string; params: unknown }) =>
      asCaseError(`Failed to find user actions for case id: ${caseId}`, async () => {
        const query = decodeWithExcessOrThrow(userActionsFindCodec, params);
        ensureSome('getUserActions', 'access user actions');
        ensure((await getCase(caseId)).attributes.owner, 'getCase', 'access case');
        const { page = 1, perPage = 20, sortOrder = 'asc', types } = query;
        if (perPage > MOST_USER_ACTIONS) {
          throw Boom.badRequest(
            `The provided perPage value is too high. The maximum allowed perPage value is ${MOST_USER_ACTIONS}.`
          );
        }
        const isOneOf = ({ payload: { comment } }: UserActionAttributes): boolean =>
          types === undefined ||
          listOf(types).includes(pluginTypeOf(comment) === undefined ? 'comment' : 'attachment');
        const found = (await allOf<UserActionAttributes>(USER_ACTION_TYPE))
          .filter(
            ({ attributes, references }) =>
              references.some(({ id }) => id === caseId) && isOneOf(attributes)
          )
          .sort(
            (a, b) =>
              a.attributes.created_at.localeCompare(b.attributes.created_at) *
              (sortOrder === 'asc' ? 1 : -1)
          );
        const from = (page - 1) * perPage;
        return {
          page,
          perPage,
          total: found.length,
          userActions: found
            .slice(from, from + perPage)
            .map(({ id, version = '0', attributes, references }) => ({
              ...attributes,
              id,
              version,
              comment_id: references.find(({ type }) => type === COMMENT_TYPE)?.id ?? null,
            })),
        };
      }),
  };

  return onlyThese('the client of cases', {
    cases: onlyThese('cases of the client of cases', cases),
    attachments: onlyThese('attachments of the client of cases', attachments),
    userActions: onlyThese('user actions of the client of cases', userActions),
  });
}
export type WorkbenchCasesClient = ReturnType<typeof createCasesClient>;
