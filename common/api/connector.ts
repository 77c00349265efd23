import * as t from 'io-ts';
import type { ActionName } from '../actions/action_name';
import type { ActionDefinition } from '../actions/action_definition';
import { ACTION_DEFINITIONS, forEachAction } from '../actions/catalogue';
import { agentCodec, agentIdCodec, agentUuidCodec, NETWORK_STATUSES } from '../hosts/agent';
import { ipFilterCodec, nameFilterCodec, userFilterCodec } from '../hosts/host_search';
import { LIMITS } from '../lib/constants';
import {
  closedObject,
  listOf,
  confidential,
  oneOf,
  refine,
  stringThat,
  wholeNumber,
} from '../lib/validation';
import { bothReleaseTimes, releaseTimeFields } from './release_time';
import { isPlainLines, isPlainText, NO_CONTROLS, NO_CONTROLS_IN_LINES } from '../lib/text';

/** The connector's contract: its configuration, and the parameters and results of its sub-actions. */

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The tenant's https origin (http only for loopback), or why `value` is not one. */
export function tenantUrlProblem(value: string): string | undefined {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return 'not a URL';
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    return 'not https';
  }
  if (url.username !== '' || url.password !== '') return 'it carries a user name or password';
  // `url.search` is empty for a "?" without a query, so the text itself is checked too.
  if (url.pathname !== '/' || /[?#]/.test(value)) return 'it has a path or query';
  return undefined;
}

const tenantUrlCodec = stringThat(
  'the https origin of the SentinelOne tenant, such as https://example.sentinelone.net, without path or query',
  (value) => value === value.trim() && tenantUrlProblem(value) === undefined
);

export const connectorConfigCodec = closedObject(
  'the connector configuration',
  { url: tenantUrlCodec },
  { allowAutomation: t.boolean }
);
export type ConnectorConfig = t.TypeOf<typeof connectorConfigCodec>;

/** A token is sent in a header: printable ASCII only, no blanks. */
const tokenCodec = confidential(
  stringThat('an API token: not blank, no spaces or line breaks', (value) =>
    /^[\x21-\x7e]{1,4096}$/.test(value)
  )
);
export const connectorSecretsCodec = closedObject('the connector secrets', { token: tokenCodec });
export type ConnectorSecrets = t.TypeOf<typeof connectorSecretsCodec>;

export const hostNameCodec = stringThat(
  `a host name: 1 to ${LIMITS.hostName} characters, ${NO_CONTROLS}`,
  (value) => value.trim() !== '' && value.length <= LIMITS.hostName && isPlainText(value),
  { minLength: 1, maxLength: LIMITS.hostName }
);

const hostFields = closedObject(
  'a host: an object with a uuid, an agentId or both',
  {},
  {
    uuid: agentUuidCodec,
    agentId: agentIdCodec,
    name: hostNameCodec,
    /** In place of `name` where an alert names several hosts: the host has one of these names. */
    names: listOf(hostNameCodec, 1, LIMITS.namesPerDocument, 'host names'),
    confirmedName: hostNameCodec,
  }
);

/** A host to act on. It must be named by UUID or id: a name alone is never enough. */
export const hostReferenceCodec = refine(
  hostFields,
  ({ uuid, agentId }) => (uuid === undefined && agentId === undefined ? {} : undefined),
  { oneOfFields: ['uuid', 'agentId'] }
);
export type HostReference = t.TypeOf<typeof hostReferenceCodec>;

export const commentCodec = stringThat(
  `a comment: 1 to ${LIMITS.comment} characters, not only blanks, ${NO_CONTROLS_IN_LINES}`,
  (value) => value.trim() !== '' && value.length <= LIMITS.comment && isPlainLines(value),
  { minLength: 1, maxLength: LIMITS.comment }
);

/** Ids of Kibana's alerts and cases. They have no blanks; their format is not defined. */
const idCodec = (what: string) =>
  stringThat(`${what}: 1 to 512 characters without blanks`, (value) => /^\S{1,512}$/.test(value), {
    minLength: 1,
    maxLength: 512,
    pattern: '^\\S+$',
  });
export const alertIdCodec = idCodec('an id');
export const caseIdCodec = idCodec('the id of a case');

/** Made by Kibana: `randomUUID`. */
export const actionIdCodec = stringThat(
  'the id of an action: a UUID',
  (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  { format: 'uuid' }
);

/** May be empty if the settings of the space do not require a comment. */
const optionalCommentCodec = stringThat(
  `a comment: at most ${LIMITS.comment} characters, ${NO_CONTROLS_IN_LINES}; it may be empty where the settings say so`,
  (value) => value.length <= LIMITS.comment && isPlainLines(value),
  { maxLength: LIMITS.comment }
);

export const hostActionFields = {
  required: {
    hosts: listOf(hostReferenceCodec, 1, LIMITS.hostsPerAction, 'hosts'),
    comment: optionalCommentCodec,
  },
  optional: {
    alertIds: listOf(alertIdCodec, 0, LIMITS.alertsPerAction, 'alert ids'),
    caseIds: listOf(caseIdCodec, 0, LIMITS.casesPerAction, 'case ids'),
  },
};

/** Never empty, even if the settings do not require a comment. */
const overrideCommentCodec = stringThat(
  `why protected hosts are isolated despite their protection, given by a person and never by a rule: 1 to ${LIMITS.comment} characters, not only blanks, ${NO_CONTROLS_IN_LINES}`,
  commentCodec.is,
  { minLength: 1, maxLength: LIMITS.comment }
);

const overrideFields = {
  overrideComment: overrideCommentCodec,
  /**
   * Whether to request approval by another user for protected hosts that need it, given by a person and never by a
   * rule. The request needs a comment.
   */
  requestApproval: t.boolean,
};

/** The additional parameters of an isolation: an override of protection, and its end. */
export const isolationFields = {
  required: hostActionFields.required,
  optional: {
    ...hostActionFields.optional,
    ...overrideFields,
    ...releaseTimeFields,
  },
};

/** The optional fields of only some actions, by the property in the catalogue that allows them. */
export const OPTIONAL_FIELDS_BY_PROPERTY = {
  isBlockedByProtection: ['overrideComment', 'requestApproval'],
  canEndAutomatically: ['releaseAfterMinutes', 'releaseAt'],
} as const satisfies Partial<
  Record<keyof ActionDefinition, ReadonlyArray<keyof typeof isolationFields.optional>>
>;

/** The parameters of an action, depending on whether it can override protection and end automatically. */
export function fieldsOf(action: ActionName): typeof isolationFields {
  const { isBlockedByProtection, canEndAutomatically } = ACTION_DEFINITIONS[action];
  const optional = {
    ...hostActionFields.optional,
    ...(isBlockedByProtection ? overrideFields : {}),
    ...(canEndAutomatically ? releaseTimeFields : {}),
  };
  // Fields that are left out are refused. In the type, they are optional and absent.
  return { required: hostActionFields.required, optional } as typeof isolationFields;
}

const hostActionInputCodec = refine(
  closedObject('the parameters of an action', isolationFields.required, isolationFields.optional),
  bothReleaseTimes
);
export type HostActionInput = t.TypeOf<typeof hostActionInputCodec>;

/** The parameters that the settings can require. */
export const requiredCommentCodec = closedObject('the comment of an action', {
  comment: commentCodec,
});

/**
 * The parameters that every request path accepts. The settings are checked afterwards for whether the comment may be
 * empty.
 */
export const HOST_ACTION_INPUT: Readonly<Record<ActionName, t.Type<HostActionInput, unknown>>> =
  forEachAction((action) => {
    const { parameters } = ACTION_DEFINITIONS[action];
    const { required, optional } = fieldsOf(action);
    return refine(closedObject(parameters, required, optional), bothReleaseTimes);
  });

/** The same with a required comment, which is the default of the settings. */
export const hostActionParamsCodec = refine(
  closedObject(
    'the parameters of an action on hosts',
    { ...hostActionFields.required, comment: commentCodec },
    isolationFields.optional
  ),
  bothReleaseTimes
);
export type HostActionParams = t.TypeOf<typeof hostActionParamsCodec>;

/**
 * Named filters only; an agent must match all that are given. Without filters, a page of all agents. `uuids` and `ids`
 * find agents with exactly one of the values. Their result has only one page.
 */
export const getAgentsParamsCodec = closedObject(
  'the parameters of getAgents',
  {},
  {
    uuids: listOf(agentUuidCodec, 1, LIMITS.agentsPerStatus, 'agent UUIDs'),
    ids: listOf(agentIdCodec, 1, LIMITS.agentsPerStatus, 'agent ids'),
    nameContains: nameFilterCodec,
    networkStatuses: listOf(
      oneOf(NETWORK_STATUSES),
      1,
      NETWORK_STATUSES.length,
      'network statuses'
    ),
    /** A whole IPv4 address finds hosts that have it on an interface, a part finds hosts that have it in one. */
    ip: ipFilterCodec,
    /** A part of the name of the user who is logged in, or who was last. */
    user: userFilterCodec,
    limit: wholeNumber(1, LIMITS.agentsPerPage),
    /** The `cursor` of an earlier answer to the same filters through the same connector. */
    cursor: stringThat('a cursor from an earlier answer', (value) => /^\S{1,2048}$/.test(value)),
  }
);
export type GetAgentsParams = t.TypeOf<typeof getAgentsParamsCodec>;

export const getAgentsResultCodec = t.intersection([
  t.type({
    agents: t.readonlyArray(agentCodec),
    /** For the next page; null on the last one. */
    cursor: t.union([t.string, t.null]),
    /** The number of all matching agents, if SentinelOne returns it. */
    total: t.union([t.number, t.null]),
  }),
  t.partial({
    /**
     * The page size that was finally requested, if Kibana would have rejected a response with `limit` agents as too
     * large.
     */
    limit: t.number,
  }),
]);
export type GetAgentsResult = Readonly<t.TypeOf<typeof getAgentsResultCodec>>;

/** Agents whose isolation is looked up in SentinelOne's activity log. */
export const getIsolationActivitiesParamsCodec = closedObject(
  'the parameters of getIsolationActivities',
  { ids: listOf(agentIdCodec, 1, LIMITS.agentsPerActivities, 'agent ids') }
);
export type GetIsolationActivitiesParams = t.TypeOf<typeof getIsolationActivitiesParamsCodec>;

/** The current isolation of an agent, from the activity log. */
export const isolationActivityCodec = t.intersection([
  t.type({
    agentId: t.string,
    /** ISO 8601: when the agent reported it, or when it was requested and the agent has not reported. */
    at: t.string,
    /** The user of the console or API who requested it; null if no user did, as for an isolation by policy. */
    user: t.union([t.string, t.null]),
    /** ISO 8601: when the agent was last connected before the isolation; null if the log does not contain it. */
    connectedAt: t.union([t.string, t.null]),
    /** ISO 8601: when the agent reported the isolation that ended at `connectedAt`; null if the log has none. */
    isolatedBefore: t.union([t.string, t.null]),
  }),
  t.partial({
    /** The user is the one to whom the connector's API token belongs. Absent if that is not known. */
    isOwnToken: t.literal(true),
  }),
]);
export type IsolationActivity = Readonly<t.TypeOf<typeof isolationActivityCodec>>;

export const getIsolationActivitiesResultCodec = t.type({
  /** One per agent that has such an activity. */
  activities: t.readonlyArray(isolationActivityCodec),
});
export type GetIsolationActivitiesResult = Readonly<
  t.TypeOf<typeof getIsolationActivitiesResultCodec>
>;

/**
 * `failedChecks` is how a failed check is reported: `error`, the default, ends the execution with an error that names
 * the check, so that Kibana's Test tab shows no success; `report` returns it with the other checks.
 */
export const testConnectionParamsCodec = closedObject(
  'the parameters of testConnection',
  {},
  { failedChecks: oneOf(['error', 'report'] as const) }
);
export type TestConnectionParams = t.TypeOf<typeof testConnectionParamsCodec>;

export const CONNECTION_CHECKS = [
  'reachable',
  'token',
  'permissions',
  'expiry',
  'version',
] as const;
export type ConnectionCheckId = (typeof CONNECTION_CHECKS)[number];

/** One result of `testConnection`. It has `todo` if there is something to fix. */
export const connectionCheckCodec = t.intersection([
  t.type({
    id: t.keyof({ reachable: null, token: null, permissions: null, expiry: null, version: null }),
    status: t.keyof({ ok: null, warning: null, failed: null }),
    message: t.string,
  }),
  t.partial({
    todo: t.string,
    /** ISO 8601, when the token expires or expired; only in `expiry`, if SentinelOne returns it. */
    expiresAt: t.string,
  }),
]);
export type ConnectionCheck = Readonly<t.TypeOf<typeof connectionCheckCodec>>;

export const testConnectionResultCodec = t.type({ checks: t.readonlyArray(connectionCheckCodec) });
export type TestConnectionResult = Readonly<t.TypeOf<typeof testConnectionResultCodec>>;
