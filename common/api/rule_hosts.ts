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
 * What the connector's sub-actions take: the same as our routes, and the hosts of a rule's alerts that cannot be
 * acted on. These are recorded as refused beside the others, so that one alert never keeps a rule from acting on
 * the hosts of the other alerts, and so that somebody learns of it.
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

/** Made by our routes, which read the result back by it; the connector refuses an id from anybody else. */
const issuedFields = {
  actionId: actionIdCodec,
};
const refusedFields = {
  refusedHosts: listOf(refusedHostCodec, 1, LIMITS.refusedHosts, 'hosts that cannot be acted on'),
  /** None where no host of the alerts can be acted on. */
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
