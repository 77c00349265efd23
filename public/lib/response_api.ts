import type { HttpSetup } from '@kbn/core/public';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ApprovalsPage, ApprovalsQuery, RequestDecision } from '../../common/api/approvals';
import type { ChangeReleaseBody, ReleaseChangeName } from '../../common/api/change_release';
import type { AgentReference } from '../../common/hosts/agent';
import type { AlertDetails } from '../../common/hosts/alert';
import type { AlertsHosts } from '../../common/hosts/hosts_of_alerts';
import type {
  ActionAnswer,
  CaseAttachments,
  Cases,
  CasesById,
  CasesQuery,
} from '../../common/api/cases';
import { actionIdCodec, type HostActionParams } from '../../common/api/connector';
import type {
  HistoryFilter,
  HistoryPage,
  HistoryQuery,
  HistorySummary,
  SummaryQuery,
} from '../../common/api/history';
import type {
  HostsPage,
  HostsQuery,
  IsolatedFilter,
  IsolatedHostsPage,
  IsolatedQuery,
} from '../../common/api/hosts';
import type { ActionName } from '../../common/actions/action_name';
import type { RecordedAction } from '../../common/actions/record';
import { INTERNAL_API_VERSION } from '../../common/lib/constants';
import {
  actionAttachPath,
  actionPath,
  alertPath,
  ROUTE,
  type AlertsById,
  type AlertsPage,
  type AlertsQuery,
  type Connection,
  type HostsFind,
  type HostsStatus,
} from '../../common/api/routes';
import type { ViewQuestion, ViewRoute } from '../../common/api/view';
import { visibleText } from '../../common/lib/text';
import { askView, type AskedView } from './ask_view';
import { FirstAnswers, type Exchange, type FirstAnswer } from './first_answers';

/**
 * Whether an id, once encoded, can be a segment of a URL path. Browsers resolve `.` and `..` even if they are
 * percent-encoded (WHATWG URL, "dot-segment"), which changes the path; half of a surrogate pair can't be encoded.
 */
const isPathSegment = (id: string): boolean =>
  id !== '' && id !== '.' && id !== '..' && !/\p{Cs}/u.test(id);

/** An answer, and when it was asked for and arrived if that was with other answers. */
export type TimedAnswer<Body> = Body & { readonly exchange?: Exchange };

/** The plugin's routes for the pages. Every function rejects with Kibana's `IHttpFetchError`. */
export interface ResponseApi {
  /** Asks for what a page or flyout needs first, in one request. The functions below take their answers from it. */
  prepare(question: ViewQuestion): void;
  alerts(query: AlertsQuery, signal?: AbortSignal): Promise<AlertsPage>;
  alert(alertId: string, signal?: AbortSignal): Promise<AlertDetails>;
  /** Up to 1,000 alerts by their ids: those that exist and that the user may read. */
  alertsById(alertIds: readonly string[], signal?: AbortSignal): Promise<AlertsById>;
  /** The distinct hosts of up to 1,000 alerts. */
  alertsHosts(alertIds: readonly string[], signal?: AbortSignal): Promise<AlertsHosts>;
  connection(signal?: AbortSignal): Promise<Connection>;
  /** At most 100 agents. `fresh`: reads from SentinelOne, without cached statuses. */
  hostsStatus(
    agents: readonly AgentReference[],
    options?: { readonly fresh?: boolean; readonly signal?: AbortSignal }
  ): Promise<TimedAnswer<HostsStatus>>;
  /** A page of the hosts of the tenant, in SentinelOne's order. */
  hosts(query: HostsQuery, signal?: AbortSignal): Promise<HostsPage>;
  /** A page of the hosts that SentinelOne reports as isolated, isolating or releasing. */
  isolatedHosts(
    query: IsolatedQuery,
    signal?: AbortSignal
  ): Promise<TimedAnswer<IsolatedHostsPage>>;
  /** All matching hosts, as a table for spreadsheets. */
  isolatedHostsCsv(filter: IsolatedFilter, signal?: AbortSignal): Promise<string>;
  /** The agents of hosts with exactly this name, ignoring case. */
  findHosts(name: string, signal?: AbortSignal): Promise<HostsFind>;
  /** Also resolves if the action failed for all hosts: each host has its own outcome. */
  performAction(action: ActionName, params: HostActionParams): Promise<ActionAnswer>;
  /** A page of the history, latest first. */
  actions(query: HistoryQuery, signal?: AbortSignal): Promise<HistoryPage>;
  /** Requests that await approval, oldest first. */
  requests(query: ApprovalsQuery, signal?: AbortSignal): Promise<ApprovalsPage>;
  /** Approves, declines or withdraws one. Also resolves if it is approved and the action failed for all hosts. */
  decide(actionId: string, decision: RequestDecision, comment: string): Promise<RecordedAction>;
  /** Changes or cancels the automatic release of an action. */
  changeRelease(
    actionId: string,
    change: ReleaseChangeName,
    body: ChangeReleaseBody
  ): Promise<RecordedAction>;
  /** One action, all of its hosts. */
  action(actionId: string, signal?: AbortSignal): Promise<RecordedAction>;
  actionsSummary(query: SummaryQuery, signal?: AbortSignal): Promise<HistorySummary>;
  /** All matching records, as a table for spreadsheets; without the byte order mark, which decoding removes. */
  actionsCsv(filter: HistoryFilter, signal?: AbortSignal): Promise<string>;
  /** The cases of up to 50 alerts. */
  casesOfAlerts(alertIds: readonly string[], signal?: AbortSignal): Promise<Cases>;
  /** Cases that are not closed, by their titles. */
  cases(query: CasesQuery, signal?: AbortSignal): Promise<Cases>;
  /** Cases by their ids, at most 100, as far as the user may see them. */
  casesById(caseIds: readonly string[], signal?: AbortSignal): Promise<CasesById>;
  /** Attaches an action to those of its cases where it is missing. */
  attach(actionId: string, caseIds: readonly string[]): Promise<CaseAttachments>;
}

const isActionResult = <Answer>(body: unknown): body is Answer =>
  typeof body === 'object' && body !== null && 'actionId' in body && 'hosts' in body;

/** 409 and 422 have the same body as 200: the result for each host. */
async function resultOf<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const { body } = error as { readonly body?: unknown };
    if (isActionResult<Answer>(body)) return body;
    throw error;
  }
}

/** The error for an id that cannot exist, and with which the path could be that of another route. */
const invalidIdError = (id: string): Promise<never> =>
  Promise.reject(
    Object.assign(new Error(`There is nothing with the id ${visibleText(id)}`), {
      response: { status: 404 },
    })
  );

/** The routes, called with Kibana's HTTP client. `asked` is what was asked before this code was loaded. */
export function responseApi(
  http: Pick<HttpSetup, 'get' | 'post'>,
  asked: AskedView[] = []
): ResponseApi {
  const version = INTERNAL_API_VERSION;
  const firstAnswers = new FirstAnswers(asked, (question) => askView(http, question));
  /** The answer that came with others, or that of the route. */
  const first = <A>(
    route: ViewRoute,
    question: unknown,
    request: () => Promise<A>,
    bodyOf: (answer: FirstAnswer) => A = ({ body }) => body as A
  ): Promise<A> =>
    firstAnswers
      .take(route, question)
      ?.then((answer) => (answer === undefined ? request() : bodyOf(answer))) ?? request();
  /** The same, with the times of the request that it came with. */
  const timed = <A extends object>(
    ...[route, question, request]: Parameters<typeof first<TimedAnswer<A>>>
  ): Promise<TimedAnswer<A>> =>
    first(route, question, request, ({ body, exchange }) => ({ ...(body as A), exchange }));
  /** After a change, answers from before are not used. */
  const changing = async <A>(answer: Promise<A>): Promise<A> => {
    firstAnswers.forget();
    try {
      return await answer;
    } finally {
      firstAnswers.forget();
    }
  };
  const post = <A>(path: string, body: unknown, signal?: AbortSignal): Promise<A> =>
    http.post<A>(path, { version, body: JSON.stringify(body), signal });
  return {
    prepare: (question) => firstAnswers.prepare(question),
    alerts: (query, signal) =>
      first('alerts', query, () =>
        http.get(ROUTE.alerts, { version, query: { ...query }, signal })
      ),
    alert: (alertId, signal) =>
      isPathSegment(alertId)
        ? first('alert', alertId, () => http.get(alertPath(alertId), { version, signal }))
        : invalidIdError(alertId),
    alertsById: (alertIds, signal) => post(ROUTE.alertsById, { alertIds }, signal),
    alertsHosts: (alertIds, signal) => post(ROUTE.alertsHosts, { alertIds }, signal),
    connection: (signal) =>
      first('connection', null, () => http.get(ROUTE.connection, { version, signal })),
    hostsStatus: (agents, { fresh = false, signal } = {}) => {
      const request = () =>
        post<HostsStatus>(ROUTE.hostsStatus, { agents, ...(fresh ? { fresh } : {}) }, signal);
      return fresh ? request() : timed('hostsStatus', { agents }, request);
    },
    hosts: (query, signal) => http.get(ROUTE.hosts, { version, query: { ...query }, signal }),
    isolatedHosts: (query, signal) =>
      timed('isolatedHosts', query, () =>
        http.get(ROUTE.isolatedHosts, { version, query: { ...query }, signal })
      ),
    isolatedHostsCsv: (filter, signal) =>
      http.get(ROUTE.isolatedHostsCsv, { version, query: { ...filter }, signal }),
    findHosts: (name, signal) => post(ROUTE.hostsFind, { name }, signal),
    performAction: (action, params) =>
      changing(resultOf(post(ACTION_DEFINITIONS[action].route, params))),
    actions: (query, signal) =>
      first('actions', query, () =>
        http.get(ROUTE.actions, { version, query: { ...query }, signal })
      ),
    action: (actionId, signal) =>
      actionIdCodec.is(actionId)
        ? http.get(actionPath(actionId), { version, signal })
        : invalidIdError(actionId),
    requests: (query, signal) =>
      first('approvals', query, () =>
        http.get(ROUTE.approvals, { version, query: { ...query }, signal })
      ),
    decide: (actionId, decision, comment) =>
      changing(
        resultOf(
          post<RecordedAction>(
            ROUTE[decision].replace('{actionId}', encodeURIComponent(actionId)),
            decision === 'withdraw' ? {} : { comment }
          )
        )
      ),
    changeRelease: (actionId, change, body) =>
      changing(post(ROUTE[change].replace('{actionId}', encodeURIComponent(actionId)), body)),
    actionsSummary: (query, signal) =>
      http.get(ROUTE.actionsSummary, { version, query: { ...query }, signal }),
    actionsCsv: (filter, signal) =>
      http.get(ROUTE.actionsCsv, { version, query: { ...filter }, signal }),
    casesOfAlerts: (alertIds, signal) => post(ROUTE.casesOfAlerts, { alertIds }, signal),
    cases: (query, signal) => http.get(ROUTE.cases, { version, query: { ...query }, signal }),
    casesById: (caseIds, signal) => post(ROUTE.casesById, { caseIds }, signal),
    attach: (actionId, caseIds) =>
      actionIdCodec.is(actionId)
        ? post(actionAttachPath(actionId), { caseIds })
        : invalidIdError(actionId),
  };
}
