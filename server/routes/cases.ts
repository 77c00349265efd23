import type { KibanaRequest } from '@kbn/core/server';
import {
  attachBodyCodec,
  casesByIdBodyCodec,
  casesOfAlertsBodyCodec,
  casesQueryCodec,
  type CaseAttachments,
  type Cases,
  type CasesById,
} from '../../common/api/cases';
import type { CaseAttachment } from '../../common/actions/case_attachment';
import { API_PRIVILEGE, INTERNAL_API_VERSION } from '../../common/lib/constants';
import { actionParamsCodec } from '../../common/api/history';
import { wholeAction } from '../../common/actions/record';
import { ROUTE } from '../../common/api/routes';
import { listText } from '../../common/lib/text';
import { attachToCases, caseErrorOf } from '../cases/attach_to_cases';
import type { CasesOfUser } from '../cases/cases_of_user';
import { requires, namespaceOf, type RouteDependencies, type RoutePorts } from './route_context';
import { routeValidation } from '../kibana/validation';
import { InputError } from '../lib/typed_error';
import { answerError } from './error_response';
import { actionNotFound } from './history';

const mayView = requires(API_PRIVILEGE.view);
const version = INTERNAL_API_VERSION;

/** Returns the result of `read`, or why the user has no cases to choose from. */
async function casesFor(
  request: KibanaRequest,
  { casesOf, mayAttach }: RoutePorts,
  read: (cases: CasesOfUser) => Promise<Omit<Extract<Cases, { state: 'available' }>, 'state'>>
): Promise<Cases> {
  const cases = await casesOf(request);
  if (cases === undefined) return { state: 'unavailable' };
  if (!(await mayAttach(request))) return { state: 'forbidden' };
  try {
    return { state: 'available', ...(await read(cases)) };
  } catch (error) {
    if (caseErrorOf(error).reason === 'forbidden') return { state: 'forbidden' };
    throw error;
  }
}

/** Cases by their ids. If the user may see no cases, all ids are `forbidden`. */
async function casesByIdFor(
  request: KibanaRequest,
  { casesOf }: RoutePorts,
  caseIds: readonly string[]
): Promise<CasesById> {
  const cases = await casesOf(request);
  if (cases === undefined) return { state: 'unavailable' };
  try {
    return { state: 'available', ...(await cases.byIds(caseIds)) };
  } catch (error) {
    if (caseErrorOf(error).reason !== 'forbidden') throw error;
    return { state: 'available', cases: [], notFound: [], forbidden: [...new Set(caseIds)] };
  }
}

/**
 * `POST …/cases/_of_alerts`: the cases of up to 50 alerts; `POST …/cases/_by_id`: cases by their ids; `GET …/cases`: those that are not closed, by their
 * titles; `POST …/actions/{actionId}/_attach`: attaches an action to those of its cases where it is missing.
 * All as the current user, who needs Kibana's privileges for cases.
 */
export function registerCaseRoutes({ router, logger, portsReady }: RouteDependencies): void {
  router.versioned
    .post({ path: ROUTE.casesOfAlerts, access: 'internal', ...mayView })
    .addVersion(
      { version, validate: { request: { body: routeValidation(casesOfAlertsBodyCodec) } } },
      async (_context, request, response) => {
        try {
          const body = await casesFor(request, await portsReady(), async (cases) => {
            const found = await cases.ofAlerts(request.body.alertIds);
            return { cases: found, total: found.length };
          });
          return response.ok({ body });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );

  router.versioned
    .get({ path: ROUTE.cases, access: 'internal', ...mayView })
    .addVersion(
      { version, validate: { request: { query: routeValidation(casesQueryCodec) } } },
      async (_context, request, response) => {
        try {
          const ports = await portsReady();
          const body = await casesFor(request, ports, (cases) => cases.open(request.query));
          return response.ok({ body });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );

  router.versioned
    .post({ path: ROUTE.casesById, access: 'internal', ...mayView })
    .addVersion(
      { version, validate: { request: { body: routeValidation(casesByIdBodyCodec) } } },
      async (_context, request, response) => {
        try {
          const body = await casesByIdFor(request, await portsReady(), request.body.caseIds);
          return response.ok({ body });
        } catch (error) {
          return answerError(error, response, logger);
        }
      }
    );

  router.versioned.post({ path: ROUTE.actionAttach, access: 'internal', ...mayView }).addVersion(
    {
      version,
      validate: {
        request: {
          params: routeValidation(actionParamsCodec),
          body: routeValidation(attachBodyCodec),
        },
      },
    },
    async (_context, request, response) => {
      try {
        const { caseAttachmentsOf, casesOf, recordsOf, sleep, spaceIdOf } = await portsReady();
        const namespace = namespaceOf(spaceIdOf(request));
        const records = recordsOf(namespace);
        const action = wholeAction(await records.get(request.params.actionId));
        if (action === undefined) {
          return response.notFound({ body: { message: actionNotFound() } });
        }
        const { caseIds } = request.body;
        const strange = caseIds.findIndex((caseId) => !action.caseIds.includes(caseId));
        if (strange >= 0) {
          throw new InputError(
            `[caseIds[${strange}]]: got ${JSON.stringify(caseIds[strange])}; accepted are the cases that the action was taken for: ${listText(action.caseIds) || 'none'}`
          );
        }
        const ports = {
          cases: () => casesOf(request),
          record: (results: readonly CaseAttachment[]) =>
            caseAttachmentsOf(namespace).add(action.actionId, results),
          sleep,
          logger,
        };
        const body: CaseAttachments = {
          caseAttachments: await attachToCases(ports, action, caseIds, { isRepeated: true }),
        };
        return response.ok({ body });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}
