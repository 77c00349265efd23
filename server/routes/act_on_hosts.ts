import type { KibanaRequest, Logger } from '@kbn/core/server';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import {
  HOST_ACTION_INPUT,
  hostActionParamsCodec,
  type HostActionParams,
} from '../../common/api/connector';
import type { CaseAttachment } from '../../common/actions/case_attachment';
import {
  actionResultCodec,
  isAccepted,
  isSuccess,
  type ActionResult,
} from '../../common/actions/outcome';
import { releaseTimeIn, releaseTimeProblem } from '../../common/api/release_time';
import { INTERNAL_API_VERSION } from '../../common/lib/constants';
import { decode, describeProblems } from '../../common/lib/validation';
import { attachToCases, type AttachedAction } from '../cases/attach_to_cases';
import { readCallerAndPrivileges, privilegesToAct } from '../connector/caller';
import { parseOrThrow, routeValidation } from '../kibana/validation';
import { resultOf } from '../response_actions/host_result';
import { momentOf } from '../lib/clock';
import { InputError } from '../lib/typed_error';
import {
  requires,
  namespaceOf,
  type HandlerContext,
  type RouteDependencies,
  type RoutePorts,
} from './route_context';
import { answerError } from './error_response';
import {
  executeSubAction,
  executionError,
  type Execution,
  firstConnector,
  severalConnectors,
} from './execute_sub_action';

/**
 * Returns the HTTP status of a result. 200: every host is done, requested or unchanged. 202: the same, but some hosts
 * await approval. 207: only some hosts have one of these outcomes. If no host has: 422 if a command was sent or
 * attempted, else 409. The body has the same form for each status.
 */
export function statusOfResult({ hosts }: ActionResult): 200 | 202 | 207 | 409 | 422 {
  const good = hosts.filter(isAccepted).length;
  if (good === hosts.length) return hosts.every(isSuccess) ? 200 : 202;
  if (good > 0) return 207;
  return hosts.some(({ outcome }) => outcome === 'failed') ? 422 : 409;
}

/**
 * Executes the action through the connector as the current user, and reads the result from the
 * record if the execution does not return it.
 */
export async function performForRequest(
  action: ActionName,
  params: HostActionParams,
  context: HandlerContext,
  spaceId: string,
  ports: RoutePorts
): Promise<ActionResult> {
  const { appliedProtectionOf, clock, connectorsIn, issuedRequests, recordsOf } = ports;
  const namespace = namespaceOf(spaceId);
  const { elasticsearch } = await context.core;
  const caller = readCallerAndPrivileges(
    elasticsearch.client.asCurrentUser,
    ports.isSecurityEnabled(),
    privilegesToAct(action, params),
    spaceId
  );
  const allConnectors = connectorsIn(namespace);
  // If there are several connectors, the first one refuses the request and records it.
  const first = allConnectors.then((connectors) => firstConnector(connectors));
  const [connectors, { id: connectorId, tenant }, guards] = await Promise.all([
    allConnectors,
    first,
    appliedProtectionOf(
      first.then(({ id }) => id),
      namespace
    ),
  ]);
  // The connector checks this again. Here the error names the field.
  if (guards.commentRequired || params.requestApproval) {
    const decoded = decode(hostActionParamsCodec, params);
    if (!decoded.ok) throw new InputError(describeProblems(decoded.problems));
  }
  const { longestMinutes } = guards.automaticRelease;
  const problem = releaseTimeProblem(params, clock(), longestMinutes);
  if (problem !== undefined) throw new InputError(problem);
  const actionsClient = await (await context.actions).getActionsClient();
  const actionId = issuedRequests.issue({
    ...{ connectorId, namespace, guards, connectors, caller },
    // While Kibana checks whether the caller may execute the connector, and reads it.
    ...(tenant === undefined
      ? {}
      : { locksAhead: ports.hostLocksOf(tenant).readAhead(params.hosts) }),
  });
  let execution: Execution;
  let recordId: string;
  try {
    execution = await executeSubAction(
      actionsClient,
      connectorId,
      ACTION_DEFINITIONS[action].subAction,
      { ...params, actionId }
    );
  } finally {
    recordId = issuedRequests.close(actionId);
  }
  if (execution.ok) return parseOrThrow(actionResultCodec, execution.data);
  const records = await recordsOf(namespace).get(recordId);
  if (records.length === 0) throw executionError(execution.message);
  const result = resultOf(recordId, records, params.hosts);
  if (result.hosts.every(({ reason }) => reason === 'several_connectors')) {
    throw severalConnectors(result.hosts[0]?.detail);
  }
  return result;
}

/**
 * Attaches the action to its cases afterwards, so that no action waits for cases. Returns this part of the response;
 * empty if no case was named. Never rejects.
 */
export async function attachedTo(
  { caseIds = [] }: HostActionParams,
  action: AttachedAction,
  request: KibanaRequest,
  { caseAttachmentsOf, casesOf, sleep, spaceIdOf }: RoutePorts,
  logger: Logger
): Promise<{ readonly caseAttachments?: readonly CaseAttachment[] }> {
  if (caseIds.length === 0) return {};
  const attachments = caseAttachmentsOf(namespaceOf(spaceIdOf(request)));
  const ports = {
    cases: () => casesOf(request),
    record: (results: readonly CaseAttachment[]) => attachments.add(action.actionId, results),
    sleep,
    logger,
  };
  return { caseAttachments: await attachToCases(ports, action, caseIds) };
}

function registerActionRoute(action: ActionName, dependencies: RouteDependencies): void {
  const { router, logger, portsReady } = dependencies;
  const { privilege, route } = ACTION_DEFINITIONS[action];
  const access = 'internal';
  router.versioned.post({ path: route, access, ...requires(privilege.api) }).addVersion(
    {
      version: INTERNAL_API_VERSION,
      validate: { request: { body: routeValidation<HostActionParams>(HOST_ACTION_INPUT[action]) } },
    },
    async (context, request, response) => {
      try {
        const ports = await portsReady();
        const params = request.body;
        const requestedAt = new Date(ports.clock()).toISOString();
        const result = await performForRequest(
          action,
          params,
          context,
          ports.spaceIdOf(request),
          ports
        );
        const acceptedAt = momentOf(ports.processClock);
        const attached = await attachedTo(params, { action, ...result }, request, ports, logger);
        // Without `bypassErrorFormat` Kibana replaces bodies of responses above 399.
        const statusCode = statusOfResult(result);
        const releaseAt = releaseTimeIn(params, Date.parse(requestedAt));
        const release = releaseAt === undefined ? {} : { releaseAt };
        const body = { ...result, requestedAt, acceptedAt, ...release, ...attached };
        return response.custom({ statusCode, body, bypassErrorFormat: true });
      } catch (error) {
        return answerError(error, response, logger);
      }
    }
  );
}

/** One route for each action, such as `POST …/hosts/_isolate`. */
export function registerActionRoutes(dependencies: RouteDependencies): void {
  for (const action of ACTIONS) registerActionRoute(action, dependencies);
}
