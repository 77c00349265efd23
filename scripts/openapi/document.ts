import type * as t from 'io-ts';
import { recordedAnswerCodec } from '../../common/api/cases';
import { shapeOf } from '../../common/lib/codec_shape';
import { actionParamsCodec, actionsQueryCodec, historyPageCodec } from '../../common/api/history';
import { protectionSettingsCodec } from '../../common/hosts/protection_settings';
import { actBodyCodec, PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../common/api/public_api';
import { recordedActionCodec } from '../../common/actions/record';
import { schemaOf, type Schema } from './schema_of';

/** The description of the public API, made from the codecs that check it. */

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const answer = (description: string, schema: Schema) => ({ description, ...json(schema) });

const VERSION_HEADER = {
  name: 'elastic-api-version',
  in: 'header',
  description: 'The version of the API that is meant.',
  schema: { type: 'string', enum: [PUBLIC_API_VERSION], default: PUBLIC_API_VERSION },
};
const XSRF_HEADER = {
  name: 'kbn-xsrf',
  in: 'header',
  required: true,
  description: 'Any text: Kibana wants it with every request that changes something.',
  schema: { type: 'string' },
};
const IF_MATCH_HEADER = {
  name: 'if-match',
  in: 'header',
  description:
    'The `ETag` of the answer that is being changed: set nothing when somebody else has changed it meanwhile.',
  schema: { type: 'string' },
};
const ETAG = {
  etag: { description: 'Another one after every change.', schema: { type: 'string' } },
};

const WORDS_ON_PARAMETERS: Readonly<Record<string, string>> = {
  action: 'Only isolations, or only releases.',
  outcome: 'Only actions in which some host has this outcome.',
  user: 'Only actions of this user.',
  host: "Only actions on this host: its name, its agent's UUID or id, to the letter.",
  from: 'Only actions that were asked for at this time or later.',
  to: 'Only actions that were asked for before this time.',
  page: 'From 1 on. Reaches the latest 10,000; use `after` to go on.',
  perPage: 'Actions on a page, 25 by default.',
  after: '`next` of the page before, instead of `page`.',
  actionId: 'The id that the action was answered with.',
};

function parametersOf(codec: t.Mixed, where: 'query' | 'path') {
  const shape = shapeOf(codec);
  if (shape?.kind !== 'object') throw new Error('Parameters are the fields of an object');
  return Object.entries({ ...shape.required, ...shape.optional }).map(([name, field]) => ({
    name,
    in: where,
    ...(name in shape.required ? { required: true } : {}),
    ...(WORDS_ON_PARAMETERS[name] === undefined ? {} : { description: WORDS_ON_PARAMETERS[name] }),
    schema: schemaOf(field),
  }));
}

const ERRORS = {
  '400': answer('Something about the request is wrong; the message names the field.', ref('Error')),
  '401': answer('Nobody has logged in.', ref('Error')),
  '403': answer('The caller lacks the privilege.', ref('Error')),
};

const CONNECTOR_ERRORS = {
  '502': answer('SentinelOne could not be asked.', ref('Error')),
  '503': answer('Requests to SentinelOne are being throttled.', ref('Error')),
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
        'Isolate and release SentinelOne-protected hosts, and read what was done. The same guards and privileges hold as in Kibana. Calls with an API key act on hosts only when the connector lets rules and API keys act.',
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
            'Answers the action as it is on record. A host that is `requested` has been accepted by SentinelOne and has not reported yet: get the action again to see how it ended. Then it is attached to the cases in `caseIds`, which changes nothing about the status: `caseAttachments` says for each whether it is and why not.',
          parameters: [VERSION_HEADER, XSRF_HEADER],
          requestBody: { required: true, ...json(ref('ActionRequest')) },
          responses: {
            '200': answer('Every host is done, requested or unchanged.', answered),
            '207': answer('Some hosts are, others are refused or failed.', answered),
            ...ERRORS,
            '409': {
              description:
                'No host is, and nothing was sent: the hosts are refused. An error instead of an action when there is not exactly one connector in the space.',
              ...json({ anyOf: [answered, ref('Error')] }),
            },
            '422': answer('No host is, although something was sent or tried.', answered),
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
            '200': answer('The action as it is on record.', recorded),
            ...ERRORS,
            '404': answer('There is no such action in this space.', ref('Error')),
          },
        },
      },
      [PUBLIC_ROUTE.settings]: {
        get: {
          operationId: 'getSettings',
          summary: 'Get what guards hosts in the space',
          parameters: [VERSION_HEADER],
          responses: {
            '200': { ...answer('The settings.', ref('Settings')), headers: ETAG },
            ...ERRORS,
          },
        },
        put: {
          operationId: 'putSettings',
          summary: 'Set what guards hosts in the space',
          description:
            'Hosts that match a pattern are never isolated through Kibana; they can always be released. Patterns are case-insensitive, `*` stands for any letters and `?` for one; for `ip` also an address or a range such as `10.0.0.0/8`, held against every address of every network interface and the external one.',
          parameters: [VERSION_HEADER, XSRF_HEADER, IF_MATCH_HEADER],
          requestBody: { required: true, ...json(ref('Settings')) },
          responses: {
            '200': { ...answer('The settings as they are now.', ref('Settings')), headers: ETAG },
            ...ERRORS,
            '412': answer(
              'They were changed since they were read as `If-Match` says; nothing was set.',
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
        ActionsPage: schemaOf(historyPageCodec),
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
