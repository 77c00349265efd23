import { configure, render, type RenderResult } from '@testing-library/react';
import { createMemoryHistory, type MemoryHistory } from 'history';
import { type ReactElement } from 'react';
import { Router } from 'react-router-dom';
import type { HistoryPage, HistorySummary } from '../../../common/api/history';
import {
  sortKeyOf,
  stateOf,
  type ActionRecord,
  type RecordedHost,
} from '../../../common/actions/record';
import {
  listedFieldsOf,
  summaryOf,
  type ListedRecord,
} from '../../../common/actions/record_summary';
import type { ResponseApi } from '../../../public/lib/response_api';
import { fakeServices, inFake, type FakeOptions, type FakeServices } from './fake_services';

/** Records, and Kibana's services around components, for tests of the history. */

// jsdom is slow at computing what is hidden.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true });

export const REQUESTED_AT = '2024-07-03T03:45:00.000Z';

export const hostWith = (fields: Partial<RecordedHost> = {}): RecordedHost => ({
  uuid: 'aaaa1111',
  agentId: '1001',
  name: 'web-7',
  outcome: 'done',
  confirmedAt: '2024-07-03T03:45:03.400Z',
  endedAt: '2024-07-03T03:45:03.400Z',
  ...fields,
});

export const openHost = (fields: Partial<RecordedHost> = {}): RecordedHost =>
  hostWith({ outcome: 'requested', confirmedAt: undefined, endedAt: undefined, ...fields });

let made = 0;
export function recordWith(fields: Partial<ActionRecord> = {}): ActionRecord {
  made += 1;
  const actionId = fields.actionId ?? `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  const hosts = fields.hosts ?? [hostWith()];
  const requestedAt = fields.requestedAt ?? REQUESTED_AT;
  return {
    actionId,
    action: 'isolate',
    state: stateOf(hosts),
    connectorId: 'connector',
    tenant: 'https://example.sentinelone.net',
    actor: { username: 'alice', authentication: 'realm' },
    comment: 'Beaconing to evil.example.com',
    alertIds: ['alert-1'],
    caseIds: [],
    requestedAt,
    updatedAt: requestedAt,
    group: 0,
    groups: 1,
    sortKey: sortKeyOf(requestedAt, actionId, 0),
    ...(stateOf(hosts) === 'ended' ? { endedAt: '2024-07-03T03:45:03.400Z', tookMs: 3_400 } : {}),
    ...fields,
    hosts,
  };
}

/** The record as the server returns it in a list. */
export const listed = (record: ActionRecord): ListedRecord => ({
  ...record,
  ...listedFieldsOf(record),
  summary: summaryOf(record),
});

export const pageOf = (
  actions: readonly ListedRecord[],
  fields: Partial<HistoryPage> = {}
): HistoryPage => ({
  actions,
  total: actions.length,
  page: 1,
  perPage: 25,
  next: null,
  ...fields,
});

export const summaryWith = (fields: Partial<HistorySummary> = {}): HistorySummary => ({
  from: '2024-06-04T00:00:00.000Z',
  to: '2024-07-03T12:00:00.000Z',
  days: [
    { day: '2024-07-02', action: 'isolate', count: 2 },
    { day: '2024-07-03', action: 'isolate', count: 3 },
    { day: '2024-07-03', action: 'release', count: 1 },
  ],
  medianTimeToIsolateMs: 12_300,
  p95TimeToIsolateMs: 141_000,
  slowIsolations: { limitMs: 300_000, confirmed: 2, inProgress: 1 },
  isolations: 4,
  users: ['alice', 'bob'],
  ...fields,
});

/** The error that Kibana's HTTP client rejects with for an answer with this status. */
export const refusal = (status: number, message: string): Error =>
  Object.assign(new Error(message), { response: { status }, body: { message } });

type Fake<Name extends keyof ResponseApi> = jest.Mock<
  ReturnType<ResponseApi[Name]>,
  Parameters<ResponseApi[Name]>
>;

export interface FakeApi {
  readonly actions: Fake<'actions'>;
  readonly actionsSummary: Fake<'actionsSummary'>;
  readonly actionsCsv: Fake<'actionsCsv'>;
  readonly alertsById: Fake<'alertsById'>;
  readonly action: Fake<'action'>;
}

export interface Rendered extends RenderResult {
  readonly api: FakeApi;
  readonly history: MemoryHistory;
  readonly services: FakeServices;
}

export interface RenderOptions {
  readonly path?: string;
  readonly actions?: readonly ListedRecord[];
  /** Changes the answers of the API before the first request. */
  readonly prepare?: (api: FakeApi) => void;
  /** Other routes. */
  readonly routes?: Partial<ResponseApi>;
  readonly rights?: FakeOptions['rights'];
}

/** Renders at `path` of our app, with an API that answers with `actions` and a summary. */
export function renderInApp(
  element: ReactElement,
  { path = '/history', actions = [], prepare = () => {}, routes, rights }: RenderOptions = {}
): Rendered {
  const api: FakeApi = {
    actions: jest.fn(async (_query, _signal) => pageOf(actions)),
    actionsSummary: jest.fn(async (_query, _signal) => summaryWith()),
    alertsById: jest.fn(async (_ids, _signal) => ({ alerts: [] })),
    actionsCsv: jest.fn(async (_filter, _signal) => '"action_id"\r\n'),
    action: jest.fn(async (_actionId, _signal) => {
      throw refusal(404, 'Not found');
    }),
  };
  prepare(api);
  const services = fakeServices({
    api: { ...(api as unknown as Partial<ResponseApi>), ...routes },
    ...(rights === undefined ? {} : { rights }),
    dateFormat: 'YYYY-MM-DD HH:mm:ss',
  });
  const history = createMemoryHistory({ initialEntries: [path] });
  const result = render(inFake(services, <Router history={history}>{element}</Router>));
  return { ...result, api, history, services };
}
