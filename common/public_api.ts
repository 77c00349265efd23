import * as t from 'io-ts';
import type { ActionName } from './actions/action_name';
import { ACTION_DEFINITIONS } from './actions/catalogue';
import { shapeOf, withShape, type CodecShape } from './codec_shape';
import { isolationFields } from './connector';
import { actionCodec } from './outcome';
import { closedObject } from './validation';

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

const hasOverride = (action: ActionName): boolean =>
  ACTION_DEFINITIONS[action].isHeldBackByProtection;

/** A release has nothing to override, which io-ts has no word for. */
export const actBodyCodec: typeof actFields = new t.Type(
  actFields.name,
  (value): value is t.TypeOf<typeof actFields> =>
    actFields.is(value) && (hasOverride(value.action) || value.overrideComment === undefined),
  (value, context) => {
    const decoded = actFields.validate(value, context);
    if (decoded._tag === 'Left') return decoded;
    const { action, overrideComment } = decoded.right;
    if (hasOverride(action) || overrideComment === undefined) return decoded;
    const at = t.appendContext(
      context,
      'overrideComment',
      isolationFields.optional.overrideComment
    );
    const message = 'only an isolation takes it; protected hosts are released as any other';
    return t.failures([{ value: overrideComment, context: at, message }]);
  },
  t.identity
);
withShape(actBodyCodec, shapeOf(actFields) as CodecShape);
