import type * as t from 'io-ts';
import { recordedAnswerCodec } from '../../common/api/cases';
import { cancelReleaseBodyCodec, changeReleaseBodyCodec } from '../../common/api/change_release';
import { approvalsQueryCodec, decisionBodyCodec } from '../../common/api/approvals';
import { shapeOf } from '../../common/lib/validation';
import { actionParamsCodec, actionsQueryCodec } from '../../common/api/history';
import { isolatedHostsPageCodec, isolatedQueryCodec } from '../../common/api/hosts';
import { protectionSettingsCodec } from '../../common/hosts/protection_settings';
import {
  actBodyCodec,
  actionsPageCodec,
  PUBLIC_API_VERSION,
  PUBLIC_ROUTE,
  requestsPageCodec,
} from '../../common/api/public_api';
import { recordedActionCodec } from '../../common/actions/record';
import { schemaOf, type Schema } from './schema_of';

/** The description of the public API, made from the codecs that check it. */

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const answer = (description: string, schema: Schema) => ({ description, ...json(schema) });

const VERSION_HEADER = {
  name: 'elastic-api-version',
  in: 'header',
  description: 'The version of the API.',
  schema: { type: 'string', enum: [PUBLIC_API_VERSION], default: PUBLIC_API_VERSION },
};
const XSRF_HEADER = {
  name: 'kbn-xsrf',
  in: 'header',
  required: true,
  description: 'Any text. Kibana requires it for every request that changes data.',
  schema: { type: 'string' },
};
const IF_MATCH_HEADER = {
  name: 'if-match',
  in: 'header',
  description:
    'The `ETag` of the settings that you read. Nothing is changed if the settings have another `ETag` by now.',
  schema: { type: 'string' },
};
const ETAG = {
  etag: {
    description: 'The version of the settings. It changes with every update.',
    schema: { type: 'string' },
  },
};

const PARAMETER_DESCRIPTIONS: Readonly<Record<string, string>> = {
  action: 'Returns only actions of this kind.',
  outcome: 'Returns only actions in which at least one host has this outcome.',
  user: 'Returns only actions of this user.',
  host: 'Returns only actions on this host. Give its exact name, agent UUID or agent id.',
  from: 'Returns only actions that were requested at or after this time.',
  to: 'Returns only actions that were requested before this time.',
  page: 'The number of the page, starting with 1. Pages reach the latest 10,000 actions; use `after` for older ones.',
  perPage: 'Actions per page. The default is 25.',
  after: 'The `next` value of the previous page. Use it instead of `page`.',
  actionId: 'The id of the action.',
  agentId: 'Returns only requests about the host with this agent id.',
};

/** Parameters of the list of isolated hosts. */
const ISOLATED_DESCRIPTIONS: Readonly<Record<string, string>> = {
  search:
    'Returns only hosts whose name, site, logged-in user, IP addresses, UUID or agent id, isolating user or comment contain all words.',
  site: 'Returns only hosts of the site with this exact name.',
  status: 'Returns only hosts with this status, online or offline.',
  mine: 'Returns only hosts that the caller isolated through Kibana.',
  longerThanMs:
    'Returns only hosts that are isolated for longer than this number of milliseconds. Hosts of which it is not known since when are left out.',
  agentId: 'Returns only this host.',
  sortField: 'The default is `since`. Hosts without a value come last.',
  sortOrder: 'The default is `asc`: the host that is isolated for longest comes first.',
  page: 'The number of the page, starting with 1.',
  perPage: 'Hosts per page. The default is 25.',
};

function parametersOf(
  codec: t.Mixed,
  where: 'query' | 'path',
  descriptions: Readonly<Record<string, string>> = PARAMETER_DESCRIPTIONS
) {
  const shape = shapeOf(codec);
  if (shape?.kind !== 'object') throw new Error('Parameters are the fields of an object');
  return Object.entries({ ...shape.required, ...shape.optional }).map(([name, field]) => ({
    name,
    in: where,
    ...(name in shape.required ? { required: true } : {}),
    ...(descriptions[name] === undefined ? {} : { description: descriptions[name] }),
    schema: schemaOf(field),
  }));
}

const ERRORS = {
  '400': answer('The request is not valid. The message names the field.', ref('Error')),
  '401': answer('The request is not authenticated.', ref('Error')),
  '403': answer('The caller does not have the required privilege.', ref('Error')),
};

const decided = (recorded: Schema) => ({
  '200': answer('The recorded action, which has ended.', recorded),
  ...ERRORS,
  '404': answer('This space has no action with this id.', ref('Error')),
  '409': answer('The request is no longer awaiting approval.', ref('Error')),
});

const releaseChanged = (recorded: Schema) => ({
  '200': answer('The recorded action with its present automatic release.', recorded),
  ...ERRORS,
  '404': answer('This space has no action with this id.', ref('Error')),
  '409': answer(
    'The automatic release was changed meanwhile, has begun, has ended or was cancelled, or the connector does not let API keys act. Nothing was changed.',
    ref('Error')
  ),
});

const CONNECTOR_ERRORS = {
  '502': answer('SentinelOne could not be reached.', ref('Error')),
  '503': answer('SentinelOne throttles requests.', ref('Error')),
};
const READ_ERRORS = {
  ...CONNECTOR_ERRORS,
  '504': answer('SentinelOne did not answer in time.', ref('Error')),
};

/** The OpenAPI 3.1 document; `version` is the plugin's. */
export function openApiDocument(version: string): Schema {
  const recorded = ref('Action');
  const answered = ref('ActionAnswer');
  return {
    openapi: '3.1.0',
    info: {
      title: 'SentinelOne Response for Kibana',
      version,
      description:
        'Act on hosts that run a SentinelOne agent, and read the history of actions. The same checks and privileges apply as in Kibana. Requests with an API key act on hosts only if the connector lets rules and API keys act.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      { url: '/', description: 'Kibana, default space' },
      {
        url: '/s/{spaceId}',
        description: 'Kibana, another space',
        variables: { spaceId: { default: 'default' } },
      },
    ],
    security: [{ basic: [] }, { apiKey: [] }],
    paths: {
      [PUBLIC_ROUTE.actions]: {
        post: {
          operationId: 'actOnHosts',
          summary: 'Isolate or release hosts',
          description:
            'Returns the recorded action. An isolation with `releaseAfterMinutes` or `releaseAt` also requires the privilege to release hosts. With `requestApproval`, protected hosts that need the approval of another user wait for it; a host for which a request is open already is refused as `already_requested`. The outcome `requested` means that SentinelOne accepted the command and the agent has not reported yet: get the action again to read its final outcome. Afterwards the action is attached to the cases in `caseIds`. `caseAttachments` states for each case whether that succeeded; it does not affect the HTTP status.',
          parameters: [VERSION_HEADER, XSRF_HEADER],
          requestBody: { required: true, ...json(ref('ActionRequest')) },
          responses: {
            '200': answer(
              'Every host has the outcome `done`, `requested` or `unchanged`.',
              answered
            ),
            '202': answer(
              'As 200, but some hosts have the outcome `awaiting_approval`: another user has to approve them.',
              answered
            ),
            '207': answer(
              'Some hosts have the outcome `done`, `requested` or `unchanged`, others `refused` or `failed`.',
              answered
            ),
            ...ERRORS,
            '409': {
              description:
                'Every host has the outcome `refused`, and no command was sent. The response is an error instead of an action if the space does not have exactly one connector.',
              ...json({ anyOf: [answered, ref('Error')] }),
            },
            '422': answer(
              'Every host has the outcome `failed` or `refused`, and at least one command was sent or attempted.',
              answered
            ),
            ...CONNECTOR_ERRORS,
          },
        },
        get: {
          operationId: 'listActions',
          summary: 'List actions, latest first',
          parameters: [VERSION_HEADER, ...parametersOf(actionsQueryCodec, 'query')],
          responses: { '200': answer('A page of actions.', ref('ActionsPage')), ...ERRORS },
        },
      },
      [PUBLIC_ROUTE.action]: {
        get: {
          operationId: 'getAction',
          summary: 'Get one action',
          parameters: [VERSION_HEADER, ...parametersOf(actionParamsCodec, 'path')],
          responses: {
            '200': answer('The recorded action.', recorded),
            ...ERRORS,
            '404': answer('This space has no action with this id.', ref('Error')),
          },
        },
      },
      [PUBLIC_ROUTE.isolatedHosts]: {
        get: {
          operationId: 'listIsolatedHosts',
          summary: 'List hosts that are isolated now, longest first',
          description:
            "Returns the hosts that SentinelOne reports as isolated, isolating or releasing, independent of who requested it. `source` states how it is known who did: `record` (Kibana isolated the host), `activity` (SentinelOne's activity log, also for a host that was isolated again outside Kibana after its record) or `outside` (not by Kibana, and nothing else is known). With `isOwnToken`, `by` is the user to whom the API token of the connector belongs. Comment, alerts and action id are those of the record, and are returned in its own space only. Kibana reads the hosts from SentinelOne at most every 10 seconds for all callers together. If SentinelOne cannot be read, the last known hosts are returned with `problem`, and `ageMs` states how old they are.",
          parameters: [
            VERSION_HEADER,
            ...parametersOf(isolatedQueryCodec, 'query', ISOLATED_DESCRIPTIONS),
          ],
          responses: {
            '200': answer('A page of isolated hosts.', ref('IsolatedHostsPage')),
            ...ERRORS,
            '409': answer('The space does not have exactly one connector.', ref('Error')),
            '429': answer('The caller reads hosts too often.', ref('Error')),
            ...READ_ERRORS,
          },
        },
      },
      [PUBLIC_ROUTE.approvals]: {
        get: {
          operationId: 'listRequests',
          summary: 'List requests that await approval, oldest first',
          description:
            'Requires the privilege to view. `isOwn` states whether the request was made with the user name of the caller, so that they cannot approve or decline it. `isExpired` states that nobody can approve it any more.',
          parameters: [VERSION_HEADER, ...parametersOf(approvalsQueryCodec, 'query')],
          responses: { '200': answer('A page of requests.', ref('RequestsPage')), ...ERRORS },
        },
      },
      [PUBLIC_ROUTE.approve]: {
        post: {
          operationId: 'approveRequest',
          summary: 'Approve a request of another user',
          description:
            'Requires the privilege "Isolate protected hosts". Everything is checked again, and the action begins for the user who requested it. Nobody approves a request that was made with their user name; API keys approve nothing.',
          parameters: [VERSION_HEADER, XSRF_HEADER, ...parametersOf(actionParamsCodec, 'path')],
          requestBody: { required: true, ...json(ref('Decision')) },
          responses: {
            '200': answer(
              'Approved. Every host has the outcome `done`, `requested` or `unchanged`.',
              recorded
            ),
            '207': answer('Approved. Some hosts are `refused` or `failed`.', recorded),
            ...ERRORS,
            '404': answer('This space has no action with this id.', ref('Error')),
            '409': {
              description:
                'The request is no longer awaiting approval, or cannot be approved now: an error. Or it was approved, and every host has the outcome `refused`: an action.',
              ...json({ anyOf: [recorded, ref('Error')] }),
            },
            '422': answer('Approved. Every host has the outcome `failed` or `refused`.', recorded),
            ...CONNECTOR_ERRORS,
          },
        },
      },
      [PUBLIC_ROUTE.decline]: {
        post: {
          operationId: 'declineRequest',
          summary: 'Decline a request of another user',
          description: 'Requires the privilege "Isolate protected hosts". Nothing is sent.',
          parameters: [VERSION_HEADER, XSRF_HEADER, ...parametersOf(actionParamsCodec, 'path')],
          requestBody: { required: true, ...json(ref('Decision')) },
          responses: decided(recorded),
        },
      },
      [PUBLIC_ROUTE.withdraw]: {
        post: {
          operationId: 'withdrawRequest',
          summary: 'Withdraw a request of your own',
          description:
            'Requires the privilege to view. Only the user who made the request withdraws it, and no API key does.',
          parameters: [VERSION_HEADER, XSRF_HEADER, ...parametersOf(actionParamsCodec, 'path')],
          responses: decided(recorded),
        },
      },
      [PUBLIC_ROUTE.changeRelease]: {
        post: {
          operationId: 'changeRelease',
          summary: 'Change the time of an automatic release',
          description:
            'Requires the privilege to release hosts. Nothing is sent. `version` is `automaticRelease.version` of the action as the caller read it. The change is recorded in `releaseTimeChanges`.',
          parameters: [VERSION_HEADER, XSRF_HEADER, ...parametersOf(actionParamsCodec, 'path')],
          requestBody: { required: true, ...json(ref('ReleaseChange')) },
          responses: releaseChanged(recorded),
        },
      },
      [PUBLIC_ROUTE.cancelRelease]: {
        post: {
          operationId: 'cancelRelease',
          summary: 'Cancel an automatic release',
          description:
            'Requires the privilege to release hosts. Nothing is sent: the hosts stay isolated until a user releases them. `version` is `automaticRelease.version` of the action as the caller read it. The change is recorded in `releaseTimeChanges`.',
          parameters: [VERSION_HEADER, XSRF_HEADER, ...parametersOf(actionParamsCodec, 'path')],
          requestBody: { required: true, ...json(ref('ReleaseCancellation')) },
          responses: releaseChanged(recorded),
        },
      },
      [PUBLIC_ROUTE.settings]: {
        get: {
          operationId: 'getSettings',
          summary: 'Get the protection settings of the space',
          parameters: [VERSION_HEADER],
          responses: {
            '200': { ...answer('The settings.', ref('Settings')), headers: ETAG },
            ...ERRORS,
          },
        },
        put: {
          operationId: 'putSettings',
          summary: 'Replace the protection settings of the space',
          description:
            'Replaces all settings: a field that the body leaves out gets its default again. Hosts that match a pattern can be isolated through Kibana as `isolateProtectedHosts` says: `with_comment` by users with the privilege "Isolate protected hosts" who give a second comment, `with_approval` after another user with that privilege approved the request, `never` not at all. They can always be released. Patterns are case-insensitive: `*` matches any characters and `?` matches one. For `ip`, a pattern can also be an address or a range such as `10.0.0.0/8`; it is compared with every address of every network interface and with the external address.',
          parameters: [VERSION_HEADER, XSRF_HEADER, IF_MATCH_HEADER],
          requestBody: { required: true, ...json(ref('Settings')) },
          responses: {
            '200': { ...answer('The updated settings.', ref('Settings')), headers: ETAG },
            ...ERRORS,
            '412': answer(
              'The settings have another `ETag` than `If-Match` states. Nothing was changed.',
              ref('Error')
            ),
          },
        },
      },
    },
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic' },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`ApiKey` and the encoded key.',
        },
      },
      schemas: {
        ActionRequest: schemaOf(actBodyCodec),
        Action: schemaOf(recordedActionCodec),
        ActionAnswer: schemaOf(recordedAnswerCodec),
        ActionsPage: schemaOf(actionsPageCodec),
        RequestsPage: schemaOf(requestsPageCodec),
        Decision: schemaOf(decisionBodyCodec),
        ReleaseChange: schemaOf(changeReleaseBodyCodec),
        ReleaseCancellation: schemaOf(cancelReleaseBodyCodec),
        IsolatedHostsPage: schemaOf(isolatedHostsPageCodec),
        Settings: schemaOf(protectionSettingsCodec),
        Error: {
          type: 'object',
          properties: {
            statusCode: { type: 'integer' },
            error: { type: 'string' },
            message: { type: 'string' },
            attributes: { type: 'object', properties: { reason: { type: 'string' } } },
          },
          required: ['statusCode', 'error', 'message'],
        },
      },
    },
  };
}
