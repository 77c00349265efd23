import * as t from 'io-ts';
import { forEachAction } from '../actions/catalogue';
import {
  actionIdCodec,
  fieldsOf,
  HOST_ACTION_INPUT,
  hostNameCodec,
  hostReferenceCodec,
  type HostActionInput,
} from './connector';
import { bothReleaseTimes } from './release_time';
import { LIMITS } from '../lib/constants';
import type { ActionName } from '../actions/action_name';
import { closedObject, listOf, oneOf, refine, stringThat } from '../lib/validation';

/**
 * The parameters of the connector's sub-actions: those of the routes, and the hosts of a rule's alerts on which no
 * action is possible. These are recorded as refused with the others. So one alert never prevents a rule from acting on
 * the hosts of the other alerts, and the problem is visible in the history.
 */

export const refusedHostCodec = closedObject(
  'a host that cannot be acted on',
  {
    reason: oneOf(['unusable_id', 'too_many'] as const),
    detail: stringThat(
      `why: 1 to ${LIMITS.sanitizeText} characters`,
      (value) => value.trim() !== '' && value.length <= LIMITS.sanitizeText
    ),
  },
  { name: hostNameCodec }
);
export type RefusedHost = t.TypeOf<typeof refusedHostCodec>;

/** Created by the plugin's routes, which read the result by it. The connector refuses an id from any other caller. */
const issuedFields = {
  actionId: actionIdCodec,
};
const refusedFields = {
  refusedHosts: listOf(refusedHostCodec, 1, LIMITS.refusedHosts, 'hosts that cannot be acted on'),
  /** Empty if no action is possible on any host of the alerts. */
  hosts: listOf(hostReferenceCodec, 0, LIMITS.hostsPerAction, 'hosts'),
};
const WITH_REFUSED_HOSTS = forEachAction((action): t.Type<SubActionInput, unknown> => {
  const { required, optional } = fieldsOf(action);
  const fields = { ...required, ...refusedFields };
  const codec = closedObject(HOST_ACTION_INPUT[action].name, fields, optional);
  return refine(codec, bothReleaseTimes) as t.Type<SubActionInput, unknown>;
});
const ISSUED = forEachAction((action): t.Type<SubActionInput, unknown> => {
  const { required, optional } = fieldsOf(action);
  const fields = { ...optional, ...issuedFields };
  const codec = closedObject(HOST_ACTION_INPUT[action].name, required, fields);
  return refine(codec, bothReleaseTimes) as t.Type<SubActionInput, unknown>;
});

export type SubActionInput = HostActionInput & {
  readonly refusedHosts?: readonly RefusedHost[];
  readonly actionId?: string;
};

const has = (field: keyof SubActionInput, input: unknown): boolean =>
  typeof input === 'object' && input !== null && field in input;

const subActionInput = (action: ActionName): t.Type<SubActionInput, unknown> => {
  const codecFor = (input: unknown): Pick<t.Type<SubActionInput, unknown>, 'is' | 'validate'> =>
    has('refusedHosts', input)
      ? WITH_REFUSED_HOSTS[action]
      : has('actionId', input)
        ? ISSUED[action]
        : HOST_ACTION_INPUT[action];
  return new t.Type(
    HOST_ACTION_INPUT[action].name,
    (value): value is SubActionInput => codecFor(value).is(value),
    (value, context) => codecFor(value).validate(value, context),
    t.identity
  );
};

export const SUB_ACTION_INPUT: Readonly<Record<ActionName, t.Type<SubActionInput, unknown>>> =
  forEachAction(subActionInput);
