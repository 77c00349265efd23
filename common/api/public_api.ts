import * as t from 'io-ts';
import { ACTION_DEFINITIONS } from '../actions/catalogue';
import { isolationFields } from './connector';
import { actionCodec } from '../actions/action_name';
import { publicRecordCodec } from '../actions/record';
import { recordSummaryCodec } from '../actions/record_summary';
import { historyPageFields, type HistoryPage } from './history';
import { closedObject, refine } from '../lib/validation';

/** The public API: paths, version, bodies. Answers are records, as the history has them. */

export const PUBLIC_API_VERSION = '2023-10-31';

export const PUBLIC_ROUTE = {
  actions: '/api/sentinelone_response/actions',
  action: '/api/sentinelone_response/actions/{actionId}',
  isolatedHosts: '/api/sentinelone_response/hosts/isolated',
  settings: '/api/sentinelone_response/settings',
} as const;

const actFields = closedObject(
  'the body',
  { action: actionCodec, ...isolationFields.required },
  isolationFields.optional
);

/** A release has nothing to override. */
export const actBodyCodec = refine(actFields, ({ action, overrideComment }) =>
  ACTION_DEFINITIONS[action].isHeldBackByProtection || overrideComment === undefined
    ? undefined
    : {
        field: 'overrideComment',
        accepted: isolationFields.optional.overrideComment,
        message: 'only an isolation takes it; protected hosts are released as any other',
      }
);

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

/** A page of the history as the public API answers it. */
export const actionsPageOf = ({ actions, ...page }: HistoryPage): ActionsPage => ({
  ...page,
  actions: actions.map(({ sortKey, durationSortKey, ...action }) => ({
    ...action,
    order: sortKey,
    ...(durationSortKey === undefined ? {} : { durationOrder: durationSortKey }),
  })),
});
