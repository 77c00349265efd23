import { hostActionFields } from './connector';
import { actionCodec } from './outcome';
import { closedObject } from './validation';

/** The public API: paths, version, bodies. Answers are records, as the history has them. */

export const PUBLIC_API_VERSION = '2023-10-31';

export const PUBLIC_ROUTE = {
  actions: '/api/sentinelone_response/actions',
  action: '/api/sentinelone_response/actions/{actionId}',
  settings: '/api/sentinelone_response/settings',
} as const;

export const actBodyCodec = closedObject(
  'the body',
  { action: actionCodec, ...hostActionFields.required },
  hostActionFields.optional
);
