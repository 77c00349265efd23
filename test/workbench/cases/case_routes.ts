import Boom from '@hapi/boom';
import type { KibanaResponseFactory } from '@kbn/core/server';
import { aString, anObject, schemaOf } from '../actions/config_schema_texts';
import type { KibanaRequest } from '../http/kibana_request';
import type { Handler, WorkbenchRouter } from '../http/router';
import { CaseError } from './case_error';
import type { NewCase } from './case_codecs';
import type { WorkbenchCasesClient } from './cases_client';

const CASES = '/api/cases';
const anything = (value: unknown, { ok }: { readonly ok: (value: unknown) => object }) => ok(value);
const query = anything;
const params = schemaOf(anObject({ case_id: aString() }));

/** The cases API of Kibana 8.12.2 (`cases-plugin/server/routes/api`), as far as the workbench has it. */
export function defineCaseRoutes(
  router: WorkbenchRouter,
  clientFor: (request: KibanaRequest) => WorkbenchCasesClient
): void {
  const handler =
    (work: (client: WorkbenchCasesClient, request: KibanaRequest) => Promise<unknown>): Handler =>
    async (_context, request, factory) => {
      const response = factory as KibanaResponseFactory;
      try {
        return response.ok({ body: (await work(clientFor(request), request)) as object[] });
      } catch (error) {
        const boom = error instanceof CaseError ? error.boomify() : Boom.boomify(error as Error);
        return response.customError({ statusCode: boom.output.statusCode, body: boom });
      }
    };
  const caseIdOf = ({ params: given }: KibanaRequest): string =>
    (given as { case_id: string }).case_id;

  router.post(
    { path: CASES, validate: { body: anything } },
    handler((client, { body }) => client.cases.create(body as NewCase))
  );
  router.patch(
    { path: CASES, validate: { body: anything } },
    handler((client, { body }) => client.cases.update(body))
  );
  router.get(
    { path: `${CASES}/_find`, validate: { query } },
    handler((client, request) => client.cases.search(request.query))
  );
  router.get(
    {
      path: `${CASES}/alerts/{alert_id}`,
      validate: { params: schemaOf(anObject({ alert_id: aString() })), query },
    },
    handler((client, request) =>
      client.cases.getCasesByAlertID({
        alertID: (request.params as { alert_id: string }).alert_id,
        options: request.query,
      })
    )
  );
  router.get(
    { path: `${CASES}/{case_id}`, validate: { params } },
    handler((client, request) => client.cases.get({ id: caseIdOf(request) }))
  );
  router.post(
    { path: `${CASES}/{case_id}/comments`, validate: { params, body: anything } },
    handler((client, request) =>
      client.attachments.add({ caseId: caseIdOf(request), comment: request.body })
    )
  );
  router.get(
    { path: `${CASES}/{case_id}/user_actions/_find`, validate: { params, query } },
    handler((client, request) =>
      client.userActions.find({ caseId: caseIdOf(request), params: request.query })
    )
  );
  router.get(
    { path: `${CASES}/{case_id}/comments`, validate: { params } },
    handler((client, request) => client.attachments.getAll({ caseID: caseIdOf(request) }))
  );
}
