import type { RequestHandler } from '@kbn/core/server';
import { isExpired, mayBeSamePerson } from '../../common/actions/approval';
import type { Actor } from '../../common/actions/actor';
import { wholeAction, type RecordedAction } from '../../common/actions/record';
import {
  approvalsQueryCodec,
  decisionBodyCodec,
  type ApprovalsPage,
  type ApprovalsQuery,
  type DecisionBody,
  type RequestDecision,
} from '../../common/api/approvals';
import { actionParamsCodec } from '../../common/api/history';
import {
  PUBLIC_API_VERSION,
  PUBLIC_ROUTE,
  requestsPageOf,
  type RequestsPage,
} from '../../common/api/public_api';
import { ROUTE } from '../../common/api/routes';
import {
  API_PRIVILEGE,
  APPROVE_SUB_ACTION,
  INTERNAL_API_VERSION,
} from '../../common/lib/constants';
import { ApprovalError } from '../approvals/approve_request';
import { declineRequest, withdrawRequest } from '../approvals/close_request';
import { callerOf, approvalProblem } from '../connector/caller';
import { parseProblemMessage } from '../connector/problem_message';
import { isWithinResultWindow } from '../history/history_store';
import {
  requires,
  namespaceOf,
  type AskedRoute,
  type HandlerContext,
  type RouteDependencies,
  type RoutePorts,
} from './route_context';
import { routeValidation } from '../kibana/validation';
import { statusOfResult } from './act_on_hosts';
import { answerError } from './error_response';
import { executeSubAction, executionError, requireSingleConnector } from './execute_sub_action';
import { actionNotFound, pageTooFar } from './history';

type HandlerDependencies = Pick<RouteDependencies, 'logger' | 'portsReady'>;

/** The requests that await approval in the request's space, oldest first. */
export async function readRequests(
  { request, ports }: Pick<AskedRoute, 'request' | 'ports'>,
  { agentId, ...paging }: ApprovalsQuery
): Promise<ApprovalsPage> {
  const { historyOf, spaceIdOf, usernameOf, clock } = ports;
  const { actions, total, page, perPage } = await historyOf(namespaceOf(spaceIdOf(request))).page({
    ...paging,
    outcome: 'awaiting_approval',
    sortOrder: 'asc',
    ...(agentId === undefined ? {} : { host: agentId }),
  });
  const now = clock();
  const username = usernameOf(request);
  return {
    requests: actions.map((action) => ({
      ...action,
      isOwn: username !== undefined && mayBeSamePerson(action.actor, { username }),
      isExpired: action.approval === undefined || isExpired(action.approval, now),
    })),
    ...{ total, page, perPage },
    asOf: new Date(now).toISOString(),
  };
}

/** Responds with the requests that await approval, oldest first, so that none is overlooked. */
const listHandler =
  (
    bodyOf: (page: ApprovalsPage) => RequestsPage | ApprovalsPage,
    { logger, portsReady }: HandlerDependencies
  ): RequestHandler<unknown, ApprovalsQuery> =>
  async (_context, request, response) => {
    try {
      if (!isWithinResultWindow(request.query)) {
        return response.badRequest({ body: { message: pageTooFar() } });
      }
      const found = await readRequests({ request, ports: await portsReady() }, request.query);
      return response.ok({ body: bodyOf(found) });
    } catch (error) {
      return answerError(error, response, logger);
    }
  };

const identity = (page: ApprovalsPage): ApprovalsPage => page;

/** The parameters of a decision. */
interface Decided {
  readonly actionId: string;
  readonly comment: string;
  readonly context: HandlerContext;
  readonly spaceId: string;
  readonly ports: RoutePorts;
}

/**
 * Returns the user, as Elasticsearch identifies them. Throws an `ApprovalError` for callers who can neither approve nor
 * request.
 */
async function userOf(context: HandlerContext): Promise<Actor> {
  const { elasticsearch } = await context.core;
  let user: Actor;
  try {
    user = await callerOf(elasticsearch.client.asCurrentUser);
  } catch {
    throw new ApprovalError('no_privilege', 'Elasticsearch could not identify the caller');
  }
  const why = approvalProblem(user);
  if (why !== undefined) throw new ApprovalError('no_privilege', why);
  return user;
}

/** Approves through the connector, which looks up the hosts again and acts on them. */
async function approve({ actionId, comment, context, spaceId, ports }: Decided): Promise<void> {
  const connector = requireSingleConnector(await ports.connectorsIn(namespaceOf(spaceId)));
  const actionsClient = await (await context.actions).getActionsClient();
  const execution = await executeSubAction(actionsClient, connector.id, APPROVE_SUB_ACTION, {
    actionId,
    comment,
  });
  if (execution.ok) return;
  if (parseProblemMessage(execution.message).reason !== undefined) {
    throw executionError(execution.message);
  }
  // The request is approved, but not every host is isolated: the record has the details.
  const approved = (await ports.approvalsOf(namespaceOf(spaceId)).find(actionId))?.record.approval;
  if (approved?.decision?.kind !== 'approved') throw executionError(execution.message);
}

/** Declines or withdraws. Nothing is sent, so no connector is needed. */
const close =
  (decide: typeof declineRequest) =>
  async ({ actionId, comment, context, spaceId, ports }: Decided): Promise<void> => {
    const namespace = namespaceOf(spaceId);
    const by = await userOf(context);
    await decide(
      { actionId, comment, by },
      {
        approvals: ports.approvalsOf(namespace),
        auditLog: ports.auditLogOf(namespace),
        clock: ports.clock,
      }
    );
  };

const DECIDE: Readonly<Record<RequestDecision, (decided: Decided) => Promise<void>>> = {
  approve,
  decline: close(declineRequest),
  withdraw: close(withdrawRequest),
};

/** The handler of each decision. */
const PRIVILEGE: Readonly<Record<RequestDecision, string>> = {
  approve: API_PRIVILEGE.override,
  decline: API_PRIVILEGE.override,
  withdraw: API_PRIVILEGE.view,
};

/** Responds with the recorded action after a decision. */
const decisionHandler =
  (
    decision: RequestDecision,
    { logger, portsReady }: HandlerDependencies
  ): RequestHandler<
    { readonly actionId: string },
    unknown,
    Partial<DecisionBody>,
    HandlerContext
  > =>
  async (context, request, response) => {
    try {
      const ports = await portsReady();
      const { actionId } = request.params;
      const spaceId = ports.spaceIdOf(request);
      const recorded = async (): Promise<RecordedAction | undefined> =>
        wholeAction(await ports.recordsOf(namespaceOf(spaceId)).get(actionId));
      if ((await recorded()) === undefined) {
        return response.notFound({ body: { message: actionNotFound() } });
      }
      // Withdrawing has no body.
      const { comment = '' } = decision === 'withdraw' ? {} : request.body;
      await DECIDE[decision]({ actionId, comment, context, spaceId, ports });
      const body = await recorded();
      if (body === undefined) throw new Error(`No record of action ${actionId}`);
      if (decision !== 'approve') return response.ok({ body });
      const hosts = body.hosts.map(({ outcome, ...host }) => ({
        ...host,
        outcome: outcome === 'pending' ? ('failed' as const) : outcome,
      }));
      const statusCode = statusOfResult({ actionId, hosts });
      return response.custom({ statusCode, body, bypassErrorFormat: true });
    } catch (error) {
      return answerError(error, response, logger);
    }
  };

/**
 * `GET …/approvals`: the requests of the space that await approval. `POST …/actions/{actionId}/_approve`, `…/_decline`
 * and `…/_withdraw`: a user's decision on one request.
 */
export function registerApprovalRoutes(dependencies: RouteDependencies): void {
  const { router } = dependencies;
  for (const { routes, access, version, bodyOf } of [
    { routes: ROUTE, access: 'internal', version: INTERNAL_API_VERSION, bodyOf: identity },
    { routes: PUBLIC_ROUTE, access: 'public', version: PUBLIC_API_VERSION, bodyOf: requestsPageOf },
  ] as const) {
    router.versioned
      .get({ path: routes.approvals, access, ...requires(API_PRIVILEGE.view) })
      .addVersion(
        { version, validate: { request: { query: routeValidation(approvalsQueryCodec) } } },
        listHandler(bodyOf, dependencies)
      );
    const params = routeValidation(actionParamsCodec);
    for (const decision of ['approve', 'decline'] as const) {
      router.versioned
        .post({ path: routes[decision], access, ...requires(PRIVILEGE[decision]) })
        .addVersion(
          { version, validate: { request: { params, body: routeValidation(decisionBodyCodec) } } },
          decisionHandler(decision, dependencies)
        );
    }
    router.versioned
      .post({ path: routes.withdraw, access, ...requires(PRIVILEGE.withdraw) })
      .addVersion(
        { version, validate: { request: { params } } },
        decisionHandler('withdraw', dependencies)
      );
  }
}
