import type { ServiceParams } from '@kbn/actions-plugin/server';
import { ACTIONS, DEFAULT_ACTION, type ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import {
  getAgentsParamsCodec,
  getIsolationActivitiesParamsCodec,
  requiredCommentCodec,
  testConnectionParamsCodec,
  type ConnectorConfig,
  type ConnectorSecrets,
  type GetAgentsParams,
  type GetAgentsResult,
  type GetIsolationActivitiesParams,
  type GetIsolationActivitiesResult,
  type TestConnectionParams,
  type TestConnectionResult,
} from '../../common/api/connector';
import { API_PRIVILEGE, APPROVE_SUB_ACTION, SUB_ACTION } from '../../common/lib/constants';
import {
  protectionPreviewParamsCodec,
  type AppliedProtection,
  type AppliedPattern,
  type ProtectionPreview,
  type ProtectionPreviewParams,
} from '../../common/hosts/protection_settings';
import { approveParamsCodec, type ApproveParams } from '../../common/api/approvals';
import { REASON_CATALOG } from '../../common/actions/reasons';
import { isAccepted, type ActionResult } from '../../common/actions/outcome';
import { overridePrivilegePath } from '../../common/actions/protection_override';
import type { Actor } from '../../common/actions/actor';
import { releaseTimeIn, releaseTimeProblem } from '../../common/api/release_time';
import { SUB_ACTION_INPUT, type SubActionInput } from '../../common/api/rule_hosts';
import { dryRunParamsCodec, type DryRunResult } from '../../common/api/setup';
import { listText } from '../../common/lib/text';
import { parseOrThrow, throwingSchema } from '../kibana/validation';
import { oneLineLog, type CoreLog } from '../lib/log';
import type { ApiProblem } from '../sentinelone_client/failure';
import {
  READ_DEADLINE,
  readsWithin,
  type TimedReads,
  withCommandDeadline,
} from '../sentinelone_client/deadline';
import { ExactTargets } from '../sentinelone_client/host_action';
import {
  readIsolationActivities,
  readTokenUserId,
} from '../sentinelone_client/read_isolation_activities';
import { gatedSend } from '../sentinelone_client/request_gate';
import { describeResult } from '../response_actions/host_result';
import { type ActionRequest, dryRun } from '../response_actions/plan_action';
import type { CallerAndPrivileges, IssuedRequest } from '../response_actions/issued_requests';
import { performOncePerAlert } from '../response_actions/once_per_alert';
import type { ActionPorts } from '../response_actions/perform_action';
import { TooManyReads } from '../lib/read_budget';
import { DEFAULT_SPACE_ID } from '../kibana/kibana_spaces';
import {
  readCallerAndPrivileges,
  isAutomation,
  privilegesToAct,
  spacesInWhichCallerHas,
  UNKNOWN_ACTOR,
  approvalProblem,
} from './caller';
import { failedChecksText, testConnection } from './test_connection';
import { getAgents, CURSOR_REFUSED, cursorScope, readCursor, writeCursor } from './get_agents';
import { ApprovalError, approveRequest } from '../approvals/approve_request';
import { ManagementApiConnector } from './management_api_connector';
import { previewProtection } from './preview_protection';
import { problemMessage } from './problem_message';
import { unverifiedAlerts } from './verify_alerts';
import type { ConnectorPorts } from './ports';
import {
  permissionFor,
  permissionTo,
  requestedApproval,
  UNKNOWN_CALLER,
  type Permission,
} from './permissions';

/** The approximate number of calls to SentinelOne for a read. */
const CALLS_OF_READ = {
  getAgents: 1,
  getIsolationActivities: 4,
  testConnection: 3,
  previewProtection: 10,
  dryRun: 2,
} as const;

/** The error of a read that failed. */
const problemError = ({ reason, detail, retryAfter }: ApiProblem): Error =>
  new Error(problemMessage(reason, detail, retryAfter));

/**
 * The connector, which is the only path to SentinelOne. All requests (button, bulk action, rule, API) execute its
 * sub-actions, which check the caller and their privileges first.
 *
 * The framework validates the parameters before it calls a sub-action, and passes on what it validated: the codecs do
 * not convert or add anything.
 */
export class SentinelOneResponseConnector extends ManagementApiConnector {
  constructor(
    params: ServiceParams<ConnectorConfig, ConnectorSecrets>,
    private readonly portsReady: () => Promise<ConnectorPorts>
  ) {
    super(params);
    for (const action of ACTIONS) this.registerHostAction(action);
    this.registerSubAction({
      name: SUB_ACTION.getAgents,
      method: 'getAgents',
      schema: throwingSchema(getAgentsParamsCodec),
    });
    this.registerSubAction({
      name: SUB_ACTION.getIsolationActivities,
      method: 'getIsolationActivities',
      schema: throwingSchema(getIsolationActivitiesParamsCodec),
    });
    this.registerSubAction({
      name: SUB_ACTION.testConnection,
      method: 'testConnection',
      schema: throwingSchema(testConnectionParamsCodec),
    });
    this.registerSubAction({
      name: SUB_ACTION.previewProtection,
      method: 'previewProtection',
      schema: throwingSchema(protectionPreviewParamsCodec),
    });
    this.registerSubAction({
      name: SUB_ACTION.dryRun,
      method: 'dryRun',
      schema: throwingSchema(dryRunParamsCodec),
    });
    this.registerSubAction({
      name: APPROVE_SUB_ACTION,
      method: 'approveRequest',
      schema: throwingSchema(approveParamsCodec),
    });
  }

  private get log(): CoreLog {
    return oneLineLog(this.logger);
  }

  /** An action on hosts. Its sub-action throws unless every host is done, requested or unchanged. */
  private registerHostAction(action: ActionName): void {
    const { subAction } = ACTION_DEFINITIONS[action];
    // The framework calls sub-actions by the names of methods.
    Object.defineProperty(this, subAction, {
      configurable: true,
      value: (params: SubActionInput): Promise<ActionResult> => this.act(action, params),
    });
    this.registerSubAction({
      name: subAction,
      method: subAction,
      schema: throwingSchema(SUB_ACTION_INPUT[action]),
    });
  }

  /**
   * Reads agents. Throws `[reason] …` if SentinelOne fails or the caller lacks the privilege, and `[cursor]: …` for a
   * cursor of another query or connector.
   */
  async getAgents({ cursor, ...filter }: GetAgentsParams): Promise<GetAgentsResult> {
    const ports = await this.portsInSpace();
    await this.assertMayView(ports, 'getAgents');
    const scope = cursorScope(this.connector.id, this.tenant);
    const { limit: _limit, ...named } = filter;
    const after = cursor === undefined ? undefined : readCursor(cursor, scope, named);
    if (cursor !== undefined && after === undefined) throw new Error(CURSOR_REFUSED);
    const protectedHosts = await this.protectedHosts(ports);
    const reads = this.reads(ports);
    const read = await getAgents(
      reads.send,
      reads.ports,
      { ...filter, ...(after === undefined ? {} : { cursor: after }) },
      { protectedHosts, origin: this.config.url }
    );
    if (!read.ok) throw problemError(read.problem);
    return { ...read.value, cursor: writeCursor(read.value.cursor, scope, named) };
  }

  /** Reads who isolated agents, and when, from SentinelOne's activity log. Throws as `getAgents` does. */
  async getIsolationActivities({
    ids,
  }: GetIsolationActivitiesParams): Promise<GetIsolationActivitiesResult> {
    const ports = await this.portsInSpace();
    await this.assertMayView(ports, 'getIsolationActivities');
    const reads = this.reads(ports);
    const read = await readIsolationActivities(reads.send, reads.ports, ids);
    if (!read.ok) throw problemError(read.problem);
    const isNamed = read.value.some(({ userId }) => userId !== null);
    const tokenUser = isNamed ? await this.tokenUserId(reads, ports) : null;
    return {
      activities: read.value.map(({ userId, ...activity }) => ({
        ...activity,
        ...(userId !== null && userId === tokenUser ? { isOwnToken: true } : {}),
      })),
    };
  }

  /** Returns the id of the user to whom the API token belongs; null if SentinelOne does not return it. Never throws. */
  private async tokenUserId(reads: TimedReads, { tokenUsers }: ConnectorPorts) {
    const load = async (): Promise<string | null> => {
      const user = await readTokenUserId(reads.send, reads.ports);
      if (!user.ok && REASON_CATALOG[user.problem.reason].retryHelps === 'soon') {
        throw problemError(user.problem);
      }
      return user.ok ? user.value : null;
    };
    const key = JSON.stringify([this.connector.id, this.tenant]);
    const authorize = async () => {};
    return tokenUsers(key, { authorize, load, fresh: false }).catch(() => null);
  }

  /** For reads: viewers wait for them, and an action has its own deadline. */
  private reads(ports: ConnectorPorts): TimedReads {
    const timed = readsWithin(READ_DEADLINE, this.send, ports, ports.clock);
    return { ...timed, send: gatedSend(timed.send, ports.gateOf(this.config.url), 'read') };
  }

  /** For display only. If the settings cannot be read, actions are refused. */
  private async protectedHosts({
    appliedProtectionOf,
    warnings,
  }: ConnectorPorts): Promise<readonly AppliedPattern[]> {
    const namespace = this.savedObjectsClient.getCurrentNamespace();
    const about = `protected hosts of ${namespace ?? 'default'}`;
    try {
      const { protectedHosts } = await appliedProtectionOf(this.connector.id, namespace);
      warnings.over(about);
      return protectedHosts;
    } catch (error) {
      warnings.warn(about, `The protected hosts could not be read: ${String(error)}`);
      return [];
    }
  }

  /**
   * Tests the connection without sending a command. Throws if the caller lacks the privilege, and for a failed check
   * unless `failedChecks` is `report`.
   */
  async testConnection({
    failedChecks = 'error',
  }: TestConnectionParams): Promise<TestConnectionResult> {
    const ports = await this.portsInSpace();
    await this.assertMayView(ports, 'testConnection');
    const reads = this.reads(ports);
    const result = await testConnection(reads.send, reads.ports, ports.clock());
    const failure = failedChecksText(result.checks);
    if (failure !== undefined && failedChecks === 'error') throw new Error(failure);
    return result;
  }

  /** Returns the agents that some patterns match now. Throws as `getAgents` does. */
  async previewProtection({ protectedHosts }: ProtectionPreviewParams): Promise<ProtectionPreview> {
    const ports = await this.portsInSpace();
    await this.assertMayView(ports, 'previewProtection');
    const reads = this.reads(ports);
    const read = await previewProtection(reads.send, reads.ports, protectedHosts);
    if (!read.ok) throw new Error(problemMessage(read.problem.reason, read.problem.detail));
    return read.value;
  }

  /**
   * Returns the expected result of an isolation, without sending it. Throws only if no request to SentinelOne is made.
   */
  async dryRun(params: SubActionInput): Promise<DryRunResult> {
    const ports = await this.portsInSpace();
    await this.assertMayView(ports, 'dryRun');
    const request = await this.requestOf(DEFAULT_ACTION, params, ports, {
      issued: this.issuedRequest(params, ports),
    });
    const reads = this.reads(ports);
    return dryRun(request, { hostAction: ExactTargets.openHostAction(reads.send, reads.ports) });
  }

  /**
   * The request, with the caller and the protection settings of their space. What does not depend on other answers is
   * asked at once, unless the route has asked it. `inSpace` rejects in a space that does not exist.
   */
  private async requestOf(
    action: ActionName,
    params: SubActionInput,
    ports: ConnectorPorts,
    { inSpace, issued }: { readonly inSpace?: Promise<void>; readonly issued?: IssuedRequest } = {}
  ): Promise<ActionRequest> {
    const {
      overrideComment,
      requestApproval,
      actionId = ports.newId(),
      releaseAfterMinutes,
      releaseAt: givenReleaseAt,
      ...request
    } = params;
    const namespace = this.savedObjectsClient.getCurrentNamespace();
    const asked = {
      guards: issued?.guards ?? ports.appliedProtectionOf(this.connector.id, namespace),
      connectors: issued?.connectors ?? ports.connectorsIn(namespace),
      caller:
        issued?.caller ?? this.readCallerAndPrivileges(privilegesToAct(action, params), ports),
    };
    // They are awaited one after the other, so that of several problems the first one counts.
    for (const answer of Object.values(asked)) Promise.resolve(answer).catch(() => undefined);
    await inSpace;
    // If the protection settings cannot be read, nothing is sent.
    const guards = await asked.guards;
    if (guards.commentRequired || requestApproval) {
      parseOrThrow(requiredCommentCodec, { comment: request.comment });
    }
    const { longestMinutes } = guards.automaticRelease;
    const time = { releaseAfterMinutes, releaseAt: givenReleaseAt };
    const problem = releaseTimeProblem(time, ports.clock(), longestMinutes);
    if (problem !== undefined) throw new Error(problem);
    const releaseAt = releaseTimeIn(time, ports.clock());
    const caller = await asked.caller;
    const { actor, refusal } = permissionFor(action, releaseAt, caller, this.log);
    const override =
      overrideComment === undefined || refusal !== undefined
        ? undefined
        : await this.overrideFor(caller, overrideComment, guards, ports);
    return {
      ...request,
      action,
      actionId,
      actor,
      isAutomation: isAutomation(actor),
      connectorId: this.connector.id,
      tenant: this.tenant,
      guards,
      ...(releaseAt === undefined ? {} : { releaseAt }),
      ...(override === undefined ? {} : { override }),
      ...(requestApproval
        ? { approval: requestedApproval(actor, guards, releaseAfterMinutes) }
        : {}),
      refuseAll: refusal ?? (await this.refusalBySetUp(actor, asked.connectors)),
    };
  }

  /** The request that a route of the plugin issued, if any; throws for an id that is forged or was used before. */
  private issuedRequest(
    { actionId }: Pick<SubActionInput, 'actionId'>,
    { issuedRequests }: ConnectorPorts
  ): IssuedRequest | undefined {
    if (actionId === undefined) return undefined;
    const namespace = this.savedObjectsClient.getCurrentNamespace();
    const issued = issuedRequests.use(actionId, { connectorId: this.connector.id, namespace });
    if (issued !== undefined) return issued;
    throw new Error(
      `[actionId]: got "${actionId}"; accepted is only an unused id that this plugin created for the request. If you leave it out, the connector creates one`
    );
  }

  /**
   * Approves a request of another user and performs its action. Throws `[reason] …` if it cannot be approved, and as an
   * action does.
   */
  async approveRequest({ actionId, comment }: ApproveParams): Promise<ActionResult> {
    const ports = await this.portsInSpace();
    const namespace = this.savedObjectsClient.getCurrentNamespace();
    const began = ports.clock();
    const settings = ports.appliedProtectionOf(this.connector.id, namespace);
    settings.catch(() => undefined);
    const approver = await this.approver(ports);
    // If the protection settings cannot be read, nothing is sent.
    const guards = await settings;
    const order = {
      ...{ actionId, comment, approver, guards },
      connectorId: this.connector.id,
      tenant: this.tenant,
      alsoIn: await this.otherSpacesOfOverride(guards, ports),
    };
    try {
      const result = await approveRequest(order, {
        ...this.actionPorts(ports, began),
        auditLog: ports.auditLogOf(namespace),
        approvals: ports.approvalsOf(namespace),
      });
      if (result.hosts.every(isAccepted)) return result;
      throw new Error(describeResult(result.action, result));
    } catch (error) {
      if (!(error instanceof ApprovalError)) throw error;
      throw new Error(problemMessage(error.reason, error.detail));
    } finally {
      ports.clearStatusCache();
    }
  }

  /** The caller, if they may approve requests in this space now. Throws `[reason] …` otherwise. */
  private async approver(ports: ConnectorPorts): Promise<Actor> {
    const connectors = ports.connectorsIn(this.savedObjectsClient.getCurrentNamespace());
    connectors.catch(() => undefined);
    const caller = await this.readCallerAndPrivileges([API_PRIVILEGE.override], ports);
    const { actor, refusal } = permissionTo(
      API_PRIVILEGE.override,
      'approve requests',
      caller,
      this.log
    );
    const why = approvalProblem(actor);
    const refused: Permission['refusal'] =
      refusal ??
      (why === undefined ? undefined : { reason: 'no_privilege', detail: why }) ??
      (await this.refusalBySetUp(actor, connectors));
    if (refused !== undefined) throw new Error(problemMessage(refused.reason, refused.detail));
    return actor;
  }

  private async act(action: ActionName, params: SubActionInput): Promise<ActionResult> {
    const ports = await this.portsReady();
    try {
      return await this.actOnce(action, params, ports);
    } finally {
      ports.clearStatusCache();
    }
  }

  private async actOnce(
    action: ActionName,
    params: SubActionInput,
    ports: ConnectorPorts
  ): Promise<ActionResult> {
    const namespace = this.savedObjectsClient.getCurrentNamespace();
    const began = ports.clock();
    const issued = this.issuedRequest(params, ports);
    // The route has checked the space.
    const inSpace = issued === undefined ? this.assertSpaceExists(ports) : Promise.resolve();
    inSpace.catch(() => undefined);
    const ownPorts = this.actionPorts(ports, began);
    const locksAhead = issued?.locksAhead ?? ownPorts.hostLocks.readAhead(params.hosts);
    const request = await this.requestOf(action, params, ports, { inSpace, issued });
    const earlier = ports.earlierActionsOf(namespace, this.tenant);
    const actionPorts: ActionPorts = {
      ...ownPorts,
      locksAhead,
      // Callers can name any alert, so the record states which alerts the caller can read.
      unverifiedAlerts: (alertIds) =>
        unverifiedAlerts(this.esClient, namespace ?? DEFAULT_SPACE_ID, alertIds),
    };
    const result = await performOncePerAlert(request, actionPorts, earlier);
    ports.issuedRequests.setRecord(request.actionId, result.actionId);
    if (result.hosts.every(isAccepted)) return result;
    throw new Error(describeResult(action, result));
  }

  /** Returns the ports of an action that began at `began` (ms since the epoch). */
  private actionPorts(ports: ConnectorPorts, began: number): ActionPorts {
    const namespace = this.savedObjectsClient.getCurrentNamespace();
    // The deadline is checked after the wait at the gate, so that no command leaves too late.
    const beforeDeadline = withCommandDeadline(this.send, ports.clock, began);
    const send = gatedSend(beforeDeadline, ports.gateOf(this.config.url), 'action');
    return {
      hostAction: ExactTargets.openHostAction(send, ports),
      ...ports.actionStoresOf(this.tenant, namespace),
      auditLog: ports.auditLogOf(namespace),
      refusedRequests: ports.refusedRequestsOf(namespace),
      pendingReleasesOn: (agentIds) => ports.pendingReleasesOn(this.tenant, agentIds),
      openRequestsOn: (action, agentIds) =>
        ports
          .approvalsOf(namespace)
          .openOn({ tenant: this.tenant, action, agentIds }, ports.clock()),
      leftOpen: ports.reconcileSoon,
      clock: ports.clock,
      log: this.log,
    };
  }

  /** Throws `[space_not_found] …` in a space that does not exist, which has no protection settings. */
  private async assertSpaceExists({ spaces }: ConnectorPorts): Promise<void> {
    const spaceId = this.savedObjectsClient.getCurrentNamespace() ?? DEFAULT_SPACE_ID;
    if (!(await spaces.exists(spaceId))) throw new Error(problemMessage('space_not_found'));
  }

  /** The first step of every read. Throws `[space_not_found] …` before anything is read from SentinelOne. */
  private async portsInSpace(): Promise<ConnectorPorts> {
    const ports = await this.portsReady();
    await this.assertSpaceExists(ports);
    return ports;
  }

  /** The caller, and which of these privileges they have in this space. Never rejects. */
  private async readCallerAndPrivileges(
    apiPrivileges: readonly string[],
    { isSecurityEnabled }: ConnectorPorts
  ): Promise<CallerAndPrivileges> {
    const spaceId = this.savedObjectsClient.getCurrentNamespace() ?? DEFAULT_SPACE_ID;
    return readCallerAndPrivileges(this.esClient, isSecurityEnabled(), apiPrivileges, spaceId);
  }

  /**
   * Whether the caller may isolate protected hosts. Only a person may, and only with the privilege in this space and in
   * every other space whose settings protect the host.
   */
  private async overrideFor(
    caller: CallerAndPrivileges,
    comment: string,
    guards: AppliedProtection,
    ports: ConnectorPorts
  ): Promise<NonNullable<ActionRequest['override']>> {
    const { actor } = caller;
    if (isAutomation(actor)) {
      return { kind: 'denied', why: 'Rules and API keys never isolate protected hosts' };
    }
    const { refusal, isKnown } = permissionTo(API_PRIVILEGE.override, 'override', caller, this.log);
    if (refusal === undefined) {
      return { kind: 'granted', comment, alsoIn: await this.otherSpacesOfOverride(guards, ports) };
    }
    const why = isKnown
      ? `${actor.username} lacks the Kibana privilege "${overridePrivilegePath()}" in this space`
      : UNKNOWN_CALLER;
    return { kind: 'denied', why };
  }

  /** The other spaces with applicable patterns in which the caller also may isolate protected hosts. */
  private async otherSpacesOfOverride(
    { protectedHosts }: AppliedProtection,
    ports: ConnectorPorts
  ): Promise<ReadonlySet<string>> {
    const others = new Set(protectedHosts.flatMap(({ spaceId }) => spaceId ?? []));
    return ports.isSecurityEnabled()
      ? spacesInWhichCallerHas(this.esClient, API_PRIVILEGE.override, [...others])
      : others;
  }

  private async refusalBySetUp(
    actor: Actor,
    asked: IssuedRequest['connectors'] | Promise<IssuedRequest['connectors']>
  ): Promise<Permission['refusal']> {
    if (isAutomation(actor) && this.config.allowAutomation !== true) {
      return { reason: 'automation_off' };
    }
    const connectors = await asked;
    if (connectors.length <= 1) return undefined;
    const detail = listText(connectors.map(({ name }) => name));
    return { reason: 'several_connectors', detail };
  }

  /** Throws unless the caller may view hosts and has not exceeded their read budget. */
  private async assertMayView(
    ports: ConnectorPorts,
    subAction: keyof typeof CALLS_OF_READ
  ): Promise<void> {
    const caller = await this.readCallerAndPrivileges([API_PRIVILEGE.view], ports);
    const { actor, refusal } = permissionTo(API_PRIVILEGE.view, 'view', caller, this.log);
    if (refusal !== undefined) throw new Error(problemMessage(refusal.reason, refusal.detail));
    if (actor === UNKNOWN_ACTOR) return;
    try {
      ports.readBudget.take(actor.username, CALLS_OF_READ[subAction]);
    } catch (error) {
      throw error instanceof TooManyReads
        ? new Error(problemMessage('too_many_reads', `${actor.username}: ${error.message}`))
        : error;
    }
  }
}
