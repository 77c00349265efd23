import { ACTION_DEFINITIONS } from '../actions/catalogue';
import { isolationFields } from './connector';
import { actionCodec } from '../actions/action_name';
import { closedObject, refine } from '../lib/validation';

/** The public API: paths, version, bodies. Answers are records, as the history has them. */

export const PUBLIC_API_VERSION = '2023-10-31';

export const PUBLIC_ROUTE = {
  actions: '/api/sentinelone_response/actions',
  action: '/api/sentinelone_response/actions/{actionId}',
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
