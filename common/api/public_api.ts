import * as t from 'io-ts';
import { approvalsPageFields, requestFields, type ApprovalsPage } from './approvals';
import { ACTION_DEFINITIONS } from '../actions/catalogue';
import { isolationFields, OPTIONAL_FIELDS_BY_PROPERTY } from './connector';
import { bothReleaseTimes } from './release_time';
import { actionCodec } from '../actions/action_name';
import { publicRecordCodec } from '../actions/record';
import { recordSummaryCodec, type ListedRecord } from '../actions/record_summary';
import { historyPageFields, type HistoryPage } from './history';
import { closedObject, refine } from '../lib/validation';

/** The public API: paths, version, bodies. Responses are records of the history. */

export const PUBLIC_API_VERSION = '2023-10-31';

export const PUBLIC_ROUTE = {
  actions: '/api/sentinelone_response/actions',
  action: '/api/sentinelone_response/actions/{actionId}',
  isolatedHosts: '/api/sentinelone_response/hosts/isolated',
  settings: '/api/sentinelone_response/settings',
  approvals: '/api/sentinelone_response/approvals',
  approve: '/api/sentinelone_response/actions/{actionId}/_approve',
  decline: '/api/sentinelone_response/actions/{actionId}/_decline',
  withdraw: '/api/sentinelone_response/actions/{actionId}/_withdraw',
  changeRelease: '/api/sentinelone_response/actions/{actionId}/_change_release',
  cancelRelease: '/api/sentinelone_response/actions/{actionId}/_cancel_release',
} as const;

const actFields = closedObject(
  'the body',
  { action: actionCodec, ...isolationFields.required },
  isolationFields.optional
);

const MESSAGES = {
  overrideComment: 'only an action that protection holds back takes it',
  requestApproval: 'only an action that protection holds back takes it',
  releaseAfterMinutes: 'only an action that can end automatically takes it',
  releaseAt: 'only an action that can end automatically takes it',
} as const;

/** Each action accepts only its own optional fields, and at most one release time. */
export const actBodyCodec = refine(actFields, (body) => {
  for (const [property, fields] of Object.entries(OPTIONAL_FIELDS_BY_PROPERTY)) {
    if (ACTION_DEFINITIONS[body.action][property as keyof typeof OPTIONAL_FIELDS_BY_PROPERTY])
      continue;
    const field = fields.find((one) => body[one] !== undefined);
    if (field === undefined) continue;
    return { field, accepted: isolationFields.optional[field], message: MESSAGES[field] };
  }
  return bothReleaseTimes(body);
});

const listedActionCodec = t.intersection([
  publicRecordCodec,
  t.partial({ summary: recordSummaryCodec }),
]);

/** A page of the list of actions. */
export const actionsPageCodec = t.type({
  actions: t.readonlyArray(listedActionCodec),
  ...historyPageFields,
});
export type ActionsPage = Readonly<t.TypeOf<typeof actionsPageCodec>>;

/** A listed record as the public API names its fields. */
const publicRecordOf = <Listed extends ListedRecord>({
  sortKey,
  durationSortKey,
  ...action
}: Listed) => ({
  ...action,
  order: sortKey,
  ...(durationSortKey === undefined ? {} : { durationOrder: durationSortKey }),
});

/** A page of the history in the public API. */
export const actionsPageOf = ({ actions, ...page }: HistoryPage): ActionsPage => ({
  ...page,
  actions: actions.map(publicRecordOf),
});

/** Requests that await approval, oldest first. */
export const requestsPageCodec = t.type({
  requests: t.readonlyArray(t.intersection([listedActionCodec, t.type(requestFields)])),
  ...approvalsPageFields,
});
export type RequestsPage = Readonly<t.TypeOf<typeof requestsPageCodec>>;

/** A page of requests in the public API. */
export const requestsPageOf = ({ requests, ...page }: ApprovalsPage): RequestsPage => ({
  ...page,
  requests: requests.map(publicRecordOf),
});
