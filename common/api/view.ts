import * as t from 'io-ts';
import { closedObject, listOf, oneOf } from '../lib/validation';
import { HOUR, LIMITS } from '../lib/constants';
import { alertIdCodec } from './connector';
import type { HistoryQuery } from './history';
import { isolatedQueryCodec, type IsolatedQuery } from './hosts';
import { agentReferenceCodec, alertsQueryCodec, type AlertsQuery } from './routes';

/**
 * What a page or flyout needs for its first useful paint, in one request: the answers of several routes, also where the
 * question to one depends on the answer of another, such as the status of the hosts of an alert.
 */

/**
 * What is asked besides the connection and the requests that await approval. Pages of alerts and of isolated hosts also
 * ask for the user's own actions that failed.
 */
export const viewQuestionCodec = closedObject(
  'the body',
  {},
  {
    /** A page of alerts, and the status of their hosts. */
    alerts: alertsQueryCodec,
    /** One alert, the status of its hosts, and the latest actions. */
    alertId: alertIdCodec,
    /** The status of these agents; with one agent, also the latest actions on it. */
    agents: listOf(agentReferenceCodec, 1, LIMITS.agentsPerStatus, 'agents'),
    /** A page of the isolated hosts. */
    isolated: isolatedQueryCodec,
    /** Whether to leave out actions, and the requests that await approval. */
    statusOnly: t.boolean,
  }
);
export type ViewQuestion = t.TypeOf<typeof viewQuestionCodec>;

/** The routes whose answers a view contains, by their names in `ROUTE`. */
export const VIEW_ROUTES = [
  'connection',
  'approvals',
  'alerts',
  'alert',
  'hostsStatus',
  'actions',
  'isolatedHosts',
] as const;
export type ViewRoute = (typeof VIEW_ROUTES)[number];

/**
 * The answers that were there in time. What is missing failed or takes longer: its own route says why, or waits for it.
 */
export const viewCodec = t.type({
  answers: t.readonlyArray(
    t.type({
      route: oneOf(VIEW_ROUTES),
      /** What the route was asked. */
      question: t.unknown,
      /** The body of the route's answer. */
      body: t.unknown,
    })
  ),
});
export type View = Readonly<t.TypeOf<typeof viewCodec>>;
export type ViewAnswer = View['answers'][number];

/** The defaults of the pages, which a question may leave out. */
export const ALERTS_DEFAULTS = {
  page: 1,
  perPage: 25,
  sortField: 'timestamp',
  sortOrder: 'desc',
} as const satisfies AlertsQuery;
export const ISOLATED_DEFAULTS = {
  page: 1,
  perPage: 25,
  sortField: 'since',
  sortOrder: 'asc',
} as const satisfies IsolatedQuery;

/** The question for the latest actions on a host or from an alert, as flyouts show them. */
export const RECENT_ACTIONS = {
  page: 1,
  perPage: 5,
  sortField: 'requestedAt',
  sortOrder: 'desc',
} as const satisfies HistoryQuery;

/** The question for the user's own actions that failed in the last hour, as pages show them; `now` is ms since the epoch. */
export const ownFailures = (now: number): HistoryQuery => ({
  mine: 'true',
  status: 'failed',
  from: new Date(now - HOUR).toISOString(),
  // More are in the history.
  perPage: 20,
});

/** The question for the requests that await approval, as pages and flyouts show them. */
export const OPEN_REQUESTS = { perPage: LIMITS.actionsPerPage } as const;
