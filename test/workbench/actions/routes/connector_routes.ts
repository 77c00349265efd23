import Boom from '@hapi/boom';
import type { KibanaResponseFactory } from '@kbn/core/server';
import type { KibanaRequest } from '../../http/kibana_request';
import type { Handler, WorkbenchRouter } from '../../http/router';
import type { WorkbenchActionsClient } from '../actions_client';
import { anObject, aRecord, aString, schemaOf } from '../config_schema_texts';
import { asHttpRequestExecutionSource } from '../execution_source';
import { connectorBody, connectorTypeBody, executionBody } from './bodies';

const PATH = '/api/actions';
const id = schemaOf(anObject({ id: aString() }));
const optionalId = schemaOf(anObject({ id: aString({ optional: true }) }));
const name = aString({ notEmpty: true });
const values = aRecord({ optional: true, notEmpty: true });
const createBody = schemaOf(
  anObject({ name, connector_type_id: name, config: values, secrets: values })
);
const updateBody = schemaOf(anObject({ name, config: values, secrets: values }));
const executeBody = schemaOf(anObject({ params: aRecord() }));
const typesQuery = schemaOf(anObject({ feature_id: aString({ optional: true }) }));

interface NewConnector {
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, unknown>;
}

type ClientHandler = (
  client: WorkbenchActionsClient,
  request: KibanaRequest,
  response: KibanaResponseFactory
) => Promise<unknown>;

interface AnswersItself {
  readonly sendResponse?: (response: KibanaResponseFactory) => unknown;
}

/** The connector HTTP API of Kibana 8.12.2 (`actions-plugin/server/routes`). */
export function defineConnectorRoutes(router: WorkbenchRouter): void {
  const asUser = (handler: ClientHandler): Handler =>
    router.handleLegacyErrors(async (context, request, factory) => {
      const response = factory as KibanaResponseFactory;
      const { getActionsClient } = await (
        context as { actions: Promise<{ getActionsClient: () => WorkbenchActionsClient }> }
      ).actions;
      try {
        return await handler(getActionsClient(), request, response);
      } catch (error) {
        const { sendResponse } = error as AnswersItself;
        if (!Boom.isBoom(error) && sendResponse !== undefined) {
          return (error as Required<AnswersItself>).sendResponse(response);
        }
        throw error;
      }
    });
  const idOf = ({ params }: KibanaRequest): string => (params as { id: string }).id;

  router.get(
    { path: `${PATH}/connectors`, validate: {} },
    asUser(async (client, _request, response) =>
      response.ok({ body: (await client.getAll()).map(connectorBody) })
    )
  );
  router.get(
    { path: `${PATH}/connector_types`, validate: { query: typesQuery } },
    asUser(async (client, { query }, response) => {
      const { feature_id: featureId } = query as { feature_id?: string };
      return response.ok({ body: (await client.listTypes({ featureId })).map(connectorTypeBody) });
    })
  );
  router.get(
    { path: `${PATH}/connector/{id}`, validate: { params: id } },
    asUser(async (client, request, response) =>
      response.ok({ body: connectorBody(await client.get({ id: idOf(request) })) })
    )
  );
  router.post(
    { path: `${PATH}/connector/{id?}`, validate: { params: optionalId, body: createBody } },
    asUser(async (client, { body, params }, response) => {
      const { connector_type_id: actionTypeId, ...rest } = body as NewConnector & {
        connector_type_id: string;
      };
      const created = await client.create({
        action: { ...rest, actionTypeId },
        options: params as { id?: string },
      });
      return response.ok({ body: connectorBody(created) });
    })
  );
  router.put(
    { path: `${PATH}/connector/{id}`, validate: { params: id, body: updateBody } },
    asUser(async (client, request, response) => {
      const action = request.body as NewConnector;
      return response.ok({
        body: connectorBody(await client.update({ id: idOf(request), action })),
      });
    })
  );
  router.delete(
    { path: `${PATH}/connector/{id}`, validate: { params: id } },
    asUser(async (client, request, response) => {
      await client.delete({ id: idOf(request) });
      return response.noContent();
    })
  );
  router.post(
    { path: `${PATH}/connector/{id}/_execute`, validate: { params: id, body: executeBody } },
    asUser(async (client, request, response) => {
      const { params } = request.body as { params: unknown };
      const result = await client.execute({
        actionId: idOf(request),
        params,
        source: asHttpRequestExecutionSource(request as never),
        relatedSavedObjects: [],
      });
      return response.ok({ body: executionBody(result) });
    })
  );
}
