import type {
  ApprovalRequest,
  ApprovalsPage,
  ApprovalsQuery,
  RequestDecision,
} from '../../../common/api/approvals';
import {
  foundAgent,
  hostStatusOf,
  networkLabelOf,
  type Agent,
  type AgentReference,
} from '../../../common/hosts/agent';
import type { ChangeReleaseBody, ReleaseChangeName } from '../../../common/api/change_release';
import type { AlertDetails, AlertSummary } from '../../../common/hosts/alert';
import { hostsOfAlerts } from '../../../common/hosts/hosts_of_alerts';
import type { CaseAttachment } from '../../../common/actions/case_attachment';
import type { ActionAnswer, Cases, CasesById, CasesQuery } from '../../../common/api/cases';
import type { HostActionParams } from '../../../common/api/connector';
import type {
  HistoryFilter,
  HistoryPage,
  HistoryQuery,
  SummaryQuery,
} from '../../../common/api/history';
import type {
  HostsPage,
  HostsQuery,
  IsolatedFilter,
  IsolatedHostsPage,
  IsolatedQuery,
  IsolatedHost,
} from '../../../common/api/hosts';
import { detectSearchKind, NETWORK_STATUS_OF } from '../../../common/hosts/host_search';
import type { ActionName } from '../../../common/actions/action_name';
import type { HostResult } from '../../../common/actions/outcome';
import {
  wholeAction,
  type ActionRecord,
  type RecordedAction,
} from '../../../common/actions/record';
import type { AlertsPage, AlertsQuery, Connection } from '../../../common/api/routes';
import type { ResponseApi } from '../../../public/lib/response_api';
import { actionAnswer, statusAnswer } from './answers';

/** The first state. */
export interface Scenario {
  readonly agents?: readonly Agent[];
  readonly alerts?: readonly AlertDetails[];
  readonly connection?: Connection;
  /** The cases that users can select; by default Kibana has no cases. */
  readonly cases?: Cases;
  readonly casesOfAlerts?: Cases;
  /** The records of the history; they are not filtered. */
  readonly actions?: readonly ActionRecord[];
  /** Requests that await approval. */
  readonly awaiting?: readonly ApprovalRequest[];
}

type Method = keyof ResponseApi;

/** An action as it was sent, and the ids of the agents that it changed. */
interface SentAction {
  readonly action: ActionName;
  readonly params: HostActionParams;
  readonly affected: readonly string[];
}

export const ONE_CONNECTOR: Connection = {
  state: 'one',
  connector: { id: 'connector-1', name: 'SentinelOne' },
  commentRequired: true,
  maxHosts: 1_000,
};

/** The tenant of `answers.ts`. */
const TENANT = 'https://example.sentinelone.net';

const SEVERITIES = ['low', 'medium', 'high', 'critical'];

const summaryOf = ({
  ruleId: _ruleId,
  sentinelOne: _sentinelOne,
  process: _process,
  file: _file,
  source: _source,
  ...summary
}: AlertDetails): AlertSummary => summary;

const matches = (
  alert: AlertDetails,
  { search = '', status, severity, from, to }: AlertsQuery
): boolean => {
  const at = Date.parse(alert.timestamp ?? '');
  const text = `${alert.ruleName} ${alert.hostName} ${alert.reason}`.toLowerCase();
  const words: readonly string[] = search.toLowerCase().split(/\s+/);
  return (
    (status === undefined || alert.workflowStatus === status) &&
    (severity === undefined || severity.split(',').includes(alert.severity ?? '')) &&
    (from === undefined || at >= Date.parse(from)) &&
    (to === undefined || at <= Date.parse(to)) &&
    words.every((word) => text.includes(word))
  );
};

/**
 * The routes in memory: alerts that can be searched, sorted and paged through, and agents that follow a
 * command once `reconcile` is called. It notes every call.
 */
export class FakeResponseApi implements ResponseApi {
  readonly sent: SentAction[] = [];
  readonly calls: Array<readonly [Method, unknown]> = [];
  connectionState: Connection;
  alertList: readonly AlertDetails[];
  /** Cases that a user may not see, or that do not exist. */
  readonly hiddenCases = new Map<string, 'not_found' | 'forbidden'>();
  /** Who isolated a host and when, by agent id; others are isolated outside Kibana. */
  readonly isolations = new Map<string, Partial<IsolatedHost>>();
  /** Other properties of the list of isolated hosts, such as why it is not current. */
  isolatedExtras: Partial<IsolatedHostsPage> = {};
  /** The reasons for which cases refuse the next actions, by case. */
  readonly caseProblems = new Map<string, Partial<CaseAttachment>>();
  casesState: Cases;
  casesOfAlertsState: Cases;
  /** Requests that await approval. */
  awaiting: readonly ApprovalRequest[];
  private recorded: readonly ActionRecord[];
  private agents: Agent[];
  private readonly failures = new Map<Method, { error: Error; times: number }>();
  private readonly held = new Map<Method, Promise<void>>();
  private nextResult: Partial<HostResult> | undefined;
  private isLagging = false;

  constructor({
    agents = [],
    alerts = [],
    connection = ONE_CONNECTOR,
    actions = [],
    cases = { state: 'unavailable' },
    casesOfAlerts = cases,
    awaiting = [],
  }: Scenario = {}) {
    this.awaiting = awaiting;
    this.agents = [...agents];
    this.recorded = actions;
    this.casesState = cases;
    this.casesOfAlertsState = casesOfAlerts;
    this.alertList = alerts;
    this.connectionState = connection;
  }

  /** Here, each part of a page asks for itself. */
  prepare(): void {}

  /** Calls of one method so far. */
  count(method: Method): number {
    return this.calls.filter(([name]) => name === method).length;
  }

  setAgent(id: string, changes: Partial<Agent>): void {
    this.agents = this.agents.map((agent) => (agent.id === id ? { ...agent, ...changes } : agent));
  }

  removeAgent(id: string): void {
    this.agents = this.agents.filter((agent) => agent.id !== id);
  }

  addAgent(agent: Agent): void {
    this.agents = [...this.agents, agent];
  }

  /** Agents that are online report that they followed their commands. */
  reconcile(): void {
    this.agents = this.agents.map((agent) => {
      if (agent.isActive === false) return agent;
      if (agent.networkStatus === 'disconnecting')
        return { ...agent, networkStatus: 'disconnected' };
      if (agent.networkStatus === 'connecting') return { ...agent, networkStatus: 'connected' };
      return agent;
    });
  }

  /** From now on commands are accepted, and statuses stay as they were. */
  lag(): void {
    this.isLagging = true;
  }

  /** The next `times` calls of `method` fail. */
  fail(method: Method, error: Error, times = Number.POSITIVE_INFINITY): void {
    this.failures.set(method, { error, times });
  }

  mend(method: Method): void {
    this.failures.delete(method);
  }

  /** Calls of `method` wait until the function that this returns is called. */
  hold(method: Method): () => void {
    let release = (): void => {};
    this.held.set(method, new Promise((resolve) => (release = resolve)));
    return () => {
      this.held.delete(method);
      release();
    };
  }

  /** The next action ends like this, and changes nothing. */
  endNextWith(result: Partial<HostResult>): void {
    this.nextResult = result;
  }

  private async answer<A>(method: Method, input: unknown, make: () => A): Promise<A> {
    this.calls.push([method, input]);
    await this.held.get(method);
    const failure = this.failures.get(method);
    if (failure === undefined || failure.times === 0) return make();
    failure.times -= 1;
    throw failure.error;
  }

  requests(query: ApprovalsQuery): Promise<ApprovalsPage> {
    return this.answer('requests', query, () => ({
      requests: this.awaiting,
      total: this.awaiting.length,
      page: 1,
      perPage: 100,
      asOf: new Date().toISOString(),
    }));
  }

  decide(actionId: string, decision: RequestDecision, comment: string): Promise<RecordedAction> {
    return this.answer('decide', { actionId, decision, comment }, () => {
      const request = this.awaiting.find((one) => one.actionId === actionId);
      if (request?.approval === undefined) throw new Error(`No request ${actionId}`);
      this.awaiting = this.awaiting.filter((one) => one !== request);
      const kind = ({ approve: 'approved', decline: 'declined', withdraw: 'withdrawn' } as const)[
        decision
      ];
      return {
        ...request,
        state: 'ended',
        approval: { ...request.approval, decision: { kind, at: request.requestedAt, comment } },
      };
    });
  }

  changeRelease(
    actionId: string,
    change: ReleaseChangeName,
    body: ChangeReleaseBody
  ): Promise<RecordedAction> {
    return this.answer('changeRelease', { actionId, change, body }, () => {
      const releaseAt =
        body.releaseAfterMinutes === undefined
          ? null
          : new Date(Date.now() + body.releaseAfterMinutes * 60_000).toISOString();
      for (const [agentId, { releaseAt: _before, ...isolation }] of this.isolations) {
        if (isolation.releaseOf !== actionId) continue;
        this.isolations.set(agentId, releaseAt === null ? isolation : { ...isolation, releaseAt });
      }
      this.recorded = this.recorded.map((record) =>
        record.actionId === actionId ? { ...record, releaseAt } : record
      );
      return { actionId, releaseAt } as RecordedAction;
    });
  }

  alerts(query: AlertsQuery): Promise<AlertsPage> {
    return this.answer('alerts', query, () => {
      const { page = 1, perPage = 25, sortField = 'timestamp', sortOrder = 'desc' } = query;
      const found = this.alertList.filter((alert) => matches(alert, query)).map(summaryOf);
      const key = (alert: AlertSummary): string =>
        sortField === 'severity'
          ? String(SEVERITIES.indexOf(alert.severity ?? ''))
          : String(alert[sortField] ?? '');
      const compare = (a: AlertSummary, b: AlertSummary) =>
        key(a).localeCompare(key(b), 'en', { numeric: true });
      found.sort((a, b) => compare(a, b) * (sortOrder === 'asc' ? 1 : -1));
      const from = (page - 1) * perPage;
      return {
        ...{ alerts: found.slice(from, from + perPage), total: found.length, page, perPage },
        ...(found.length === 0 ? { hasOthers: this.alertList.length > 0 } : {}),
      };
    });
  }

  alert(alertId: string): Promise<AlertDetails> {
    return this.answer('alert', alertId, () => {
      const alert = this.alertList.find(({ id }) => id === alertId);
      if (alert !== undefined) return alert;
      throw Object.assign(new Error('Not Found'), { response: { status: 404 } });
    });
  }

  alertsById(alertIds: readonly string[]) {
    return this.answer('alertsById', alertIds, () => ({
      alerts: this.alertList.filter(({ id }) => alertIds.includes(id)).map(summaryOf),
    }));
  }

  alertsHosts(alertIds: readonly string[]) {
    return this.answer('alertsHosts', alertIds, () =>
      hostsOfAlerts(
        alertIds,
        this.alertList.filter(({ id }) => alertIds.includes(id))
      )
    );
  }

  connection(): Promise<Connection> {
    return this.answer('connection', undefined, () => this.connectionState);
  }

  hostsStatus(references: readonly AgentReference[]) {
    return this.answer('hostsStatus', references, () =>
      statusAnswer(references.map((reference) => hostStatusOf(reference, this.agents)))
    );
  }

  hosts(query: HostsQuery): Promise<HostsPage> {
    return this.answer('hosts', query, () => {
      const { search = '', perPage = 25, cursor = '0' } = query;
      const found = this.agents.filter(({ id, uuid, computerName, ipAddresses }) =>
        [id, uuid, computerName, ...ipAddresses].some((text) => text?.includes(search))
      );
      const next = Number(cursor) + perPage;
      return {
        hosts: found.slice(Number(cursor), next),
        cursor: next < found.length ? String(next) : null,
        total: found.length,
        kind: query.search === undefined ? null : (query.kind ?? detectSearchKind(search)),
        asOf: new Date().toISOString(),
        tenant: TENANT,
      };
    });
  }

  /** Hosts that are not connected; `isolations` says who isolated them. */
  isolatedHosts(query: IsolatedQuery): Promise<IsolatedHostsPage> {
    return this.answer('isolatedHosts', query, () => {
      const { page = 1, perPage = 25, status, search = '', site } = query;
      const all = this.agents
        .filter(({ networkStatus }) => networkStatus !== 'connected')
        .map((agent): IsolatedHost => ({
          ...{ source: 'outside' as const, since: null, by: null },
          ...this.isolations.get(agent.id),
          agent,
        }));
      const labelled = (...names: readonly string[]) =>
        all.filter(({ agent }) => names.includes(networkLabelOf(agent))).length;
      const found = all.filter(
        ({ agent, by }) =>
          (status === undefined || agent.networkStatus === NETWORK_STATUS_OF[status]) &&
          (site === undefined || agent.siteName === site) &&
          `${agent.computerName} ${by}`.includes(search)
      );
      const oldest = all.find(({ since }) => since !== null);
      return {
        hosts: found.slice((page - 1) * perPage, page * perPage),
        ...{ total: found.length, page, perPage, isComplete: true, ageMs: 0, tenant: TENANT },
        figures: {
          isolated: labelled('isolated'),
          isolating: labelled('isolating', 'isolation_pending'),
          isolatingOffline: labelled('isolation_pending'),
          releasing: labelled('releasing', 'release_pending'),
          longest:
            oldest === undefined || oldest.since === null
              ? null
              : {
                  agentId: oldest.agent.id,
                  name: oldest.agent.computerName,
                  since: oldest.since,
                },
        },
        sites: [...new Set(all.flatMap(({ agent }) => agent.siteName ?? []))].sort(),
        asOf: new Date().toISOString(),
        ...this.isolatedExtras,
      };
    });
  }

  isolatedHostsCsv(filter: IsolatedFilter): Promise<string> {
    return this.answer('isolatedHostsCsv', filter, () => 'Host\r\n');
  }

  findHosts(name: string) {
    return this.answer('findHosts', name, () => {
      const isNamed = ({ computerName }: Agent) =>
        computerName?.toLowerCase() === name.toLowerCase();
      return { agents: this.agents.filter(isNamed), isComplete: true };
    });
  }

  actions(query: HistoryQuery): Promise<HistoryPage> {
    return this.answer('actions', query, () => {
      const { page = 1, perPage = 25 } = query;
      const from = (page - 1) * perPage;
      const total = this.recorded.length;
      const actions = this.recorded.slice(from, from + perPage);
      const last = actions[actions.length - 1];
      const next = last === undefined || from + perPage >= total ? null : last.sortKey;
      return { actions, total, page, perPage, next };
    });
  }

  action(actionId: string): Promise<RecordedAction> {
    return this.answer('action', actionId, () => {
      const action = wholeAction(this.recorded.filter((one) => one.actionId === actionId));
      if (action !== undefined) return action;
      throw Object.assign(new Error('Not Found'), { response: { status: 404 } });
    });
  }

  casesOfAlerts(alertIds: readonly string[]): Promise<Cases> {
    return this.answer('casesOfAlerts', alertIds, () => this.casesOfAlertsState);
  }

  /** Cases whose titles contain what was searched. */
  cases(query: CasesQuery): Promise<Cases> {
    return this.answer('cases', query, () => {
      const { casesState } = this;
      if (casesState.state !== 'available') return casesState;
      const wanted = (query.search ?? '').toLowerCase();
      const cases = casesState.cases.filter(({ title }) => title.toLowerCase().includes(wanted));
      return { state: 'available', cases, total: cases.length };
    });
  }

  casesById(caseIds: readonly string[]): Promise<CasesById> {
    return this.answer('casesById', caseIds, () => {
      const isNamed = (caseId: string) => !this.hiddenCases.has(caseId);
      return {
        state: 'available',
        cases: caseIds
          .filter(isNamed)
          .map((id) => ({ id, title: `Title of ${id}`, status: 'open' as const })),
        notFound: caseIds.filter((id) => this.hiddenCases.get(id) === 'not_found'),
        forbidden: caseIds.filter((id) => this.hiddenCases.get(id) === 'forbidden'),
      };
    });
  }

  private attachmentsOf(caseIds: readonly string[]): readonly CaseAttachment[] {
    return caseIds.map((caseId) => {
      const problem = this.caseProblems.get(caseId);
      return problem === undefined
        ? { caseId, attached: true, title: `Title of ${caseId}` }
        : { caseId, attached: false, ...problem };
    });
  }

  attach(actionId: string, caseIds: readonly string[]) {
    return this.answer('attach', { actionId, caseIds }, () => ({
      caseAttachments: this.attachmentsOf(caseIds),
    }));
  }

  actionsSummary({ from, to }: SummaryQuery) {
    return this.answer('actionsSummary', { from, to }, () => ({
      from: from ?? new Date(0).toISOString(),
      to: to ?? new Date(0).toISOString(),
      days: [],
      medianTimeToIsolateMs: null,
      p95TimeToIsolateMs: null,
      slowIsolations: { limitMs: 300_000, confirmed: 0, inProgress: 0 },
      isolations: 0,
      users: [],
    }));
  }

  actionsCsv(filter: HistoryFilter): Promise<string> {
    return this.answer('actionsCsv', filter, () => 'Action\r\n');
  }

  performAction(action: ActionName, params: HostActionParams): Promise<ActionAnswer> {
    return this.answer('performAction', { action, params }, () => {
      const affected: string[] = [];
      const ending = this.nextResult;
      this.nextResult = undefined;
      const hosts = params.hosts.map((host): HostResult => {
        const status = hostStatusOf(host, this.agents);
        const agent = foundAgent(status);
        const named = {
          uuid: host.uuid ?? null,
          agentId: agent?.id ?? host.agentId ?? null,
          name: agent?.computerName ?? host.name ?? null,
        };
        if (ending !== undefined) return { ...named, outcome: 'failed', ...ending };
        if (agent === undefined) return { ...named, outcome: 'refused', reason: 'not_found' };
        affected.push(agent.id);
        if (!this.isLagging) {
          const networkStatus = action === 'isolate' ? 'disconnecting' : 'connecting';
          this.setAgent(agent.id, { networkStatus });
        }
        const offline = agent.isActive === false ? ({ reason: 'offline' } as const) : {};
        return { ...named, outcome: 'requested', ...offline };
      });
      this.sent.push({ action, params, affected });
      const { caseIds = [] } = params;
      return actionAnswer({
        actionId: `action-${this.sent.length}`,
        hosts,
        ...(caseIds.length === 0 ? {} : { caseAttachments: this.attachmentsOf(caseIds) }),
      });
    });
  }
}
