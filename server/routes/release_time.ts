import type { KibanaRequest, RequestHandler } from '@kbn/core/server';
import type { Actor } from '../../common/actions/actor';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { reasonText } from '../../common/actions/describe_reason';
import { wholeAction, type RecordedAction } from '../../common/actions/record';
import {
  cancelReleaseBodyCodec,
  changeReleaseBodyCodec,
  type CancelReleaseBody,
  type ChangeReleaseBody,
} from '../../common/api/change_release';
import { actionParamsCodec } from '../../common/api/history';
import { PUBLIC_API_VERSION, PUBLIC_ROUTE } from '../../common/api/public_api';
import { releaseTimeIn, releaseTimeProblem } from '../../common/api/release_time';
import { ROUTE } from '../../common/api/routes';
import { API_PRIVILEGE, INTERNAL_API_VERSION } from '../../common/lib/constants';
import { changeRelease } from '../automatic_release/change_release';
import { callerOf, isAutomation, UNKNOWN_ACTOR } from '../connector/caller';
import {
  requires,
  namespaceOf,
  type HandlerContext,
  type RouteDependencies,
  type RoutePorts,
} from './route_context';
import { routeValidation } from '../kibana/validation';
import { InputError, TypedError } from '../lib/typed_error';
import { answerError } from './error_response';
import { actionNotFound } from './history';

/** Changes and cancels the automatic release of an action. No command is sent. */

function refused(reason: 'no_privilege' | 'automation_off', detail?: string): TypedError {
  const { what, todo } = reasonText(reason, 'read', detail === undefined ? {} : { detail });
  return new TypedError(reason, `${what} ${todo}`);
}

/**
 * Returns the caller if they may request the action that ends this one. They need its privilege; a rule or API key is
 * accepted only if the connector allows that. Throws a `TypedError` otherwise.
 */
async function callerWhoMayEnd(
  { action }: RecordedAction,
  request: KibanaRequest,
  context: HandlerContext,
  { connectorsIn, isSecurityEnabled, mayCall, spaceIdOf }: RoutePorts
): Promise<Actor> {
  if (!isSecurityEnabled()) return UNKNOWN_ACTOR;
  const { elasticsearch } = await context.core;
  let actor: Actor;
  try {
    actor = await callerOf(elasticsearch.client.asCurrentUser);
  } catch {
    throw refused('no_privilege', 'Elasticsearch could not identify the caller');
  }
  const { privilege, words } = ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite];
  if (!(await mayCall(request, privilege.api))) {
    throw refused('no_privilege', `${actor.username} lacks the privilege to ${words.verb}`);
  }
  if (!isAutomation(actor)) return actor;
  const connectors = await connectorsIn(namespaceOf(spaceIdOf(request)));
  const isAllowed =
    connectors.length > 0 && connectors.every(({ allowsAutomation }) => allowsAutomation === true);
  if (!isAllowed) throw refused('automation_off');
  return actor;
}

/** Returns the new time (ISO 8601); null cancels. Throws an `InputError` for a time that the settings do not allow. */
async function newTimeIn(
  body: Partial<ChangeReleaseBody>,
  isCancelled: boolean,
  { connectorId }: RecordedAction,
  namespace: string | undefined,
  { appliedProtectionOf, clock }: RoutePorts
): Promise<string | null> {
  if (isCancelled) return null;
  const { automaticRelease } = await appliedProtectionOf(connectorId, namespace);
  const now = clock();
  const problem = releaseTimeProblem(body, now, automaticRelease.longestMinutes);
  if (problem !== undefined) throw new InputError(problem);
  return releaseTimeIn(body, now) ?? null;
}

/** Responds with the recorded action after the change. */
const handler =
  (
    isCancelled: boolean,
    { logger, portsReady }: Pick<RouteDependencies, 'logger' | 'portsReady'>
  ): RequestHandler<
    { readonly actionId: string },
    unknown,
    ChangeReleaseBody | CancelReleaseBody,
    HandlerContext
  > =>
  async (context, request, response) => {
    try {
      const ports = await portsReady();
      const { actionId } = request.params;
      const { comment, version } = request.body;
      const namespace = namespaceOf(ports.spaceIdOf(request));
      const recorded = async (): Promise<RecordedAction | undefined> =>
        wholeAction(await ports.recordsOf(namespace).get(actionId));
      const record = await recorded();
      if (record === undefined) return response.notFound({ body: { message: actionNotFound() } });
      const by = await callerWhoMayEnd(record, request, context, ports);
      const releaseAt = await newTimeIn(request.body, isCancelled, record, namespace, ports);
      try {
        await changeRelease(
          { actionId, namespace, version, releaseAt, comment, by },
          {
            store: ports.releaseStore,
            auditLog: ports.auditLogOf(namespace),
            clock: ports.clock,
          }
        );
      } finally {
        ports.forgetIsolatedHosts();
      }
      return response.ok({ body: (await recorded()) ?? record });
    } catch (error) {
      return answerError(error, response, logger);
    }
  };

/** `POST …/actions/{actionId}/_change_release` and `…/_cancel_release`. */
export function registerReleaseTimeRoutes(dependencies: RouteDependencies): void {
  const { router } = dependencies;
  const params = routeValidation(actionParamsCodec);
  for (const { routes, access, version } of [
    { routes: ROUTE, access: 'internal', version: INTERNAL_API_VERSION },
    { routes: PUBLIC_ROUTE, access: 'public', version: PUBLIC_API_VERSION },
  ] as const) {
    // The privilege of the action that ends the recorded one is checked when that action is known.
    router.versioned
      .post({ path: routes.changeRelease, access, ...requires(API_PRIVILEGE.view) })
      .addVersion(
        {
          version,
          validate: { request: { params, body: routeValidation(changeReleaseBodyCodec) } },
        },
        handler(false, dependencies)
      );
    router.versioned
      .post({ path: routes.cancelRelease, access, ...requires(API_PRIVILEGE.view) })
      .addVersion(
        {
          version,
          validate: { request: { params, body: routeValidation(cancelReleaseBodyCodec) } },
        },
        handler(true, dependencies)
      );
  }
}
