import type { ElasticsearchClient } from '@kbn/core/server';
import {
  SEVERITIES,
  type AlertDetails,
  type AlertSortField,
  type AlertSummary,
} from '../../common/hosts/alert';
import { LIMITS } from '../../common/lib/constants';
import {
  DATASET_FIELDS,
  HOST_FIELDS,
  ID_FIELDS,
  isFromSentinelOne,
  MODULE_FIELD,
  MODULES,
  NAME_FIELDS,
  UUID_FIELDS,
} from '../../common/hosts/data_streams';
import { SENTINELONE_NAME_FIELDS } from '../../common/hosts/sentinelone_alert_details';
import { severitiesIn, type AlertsPage, type AlertsQuery } from '../../common/api/routes';
import { alertDetailsOf, alertSummaryOf, type AlertHit } from './alert_document';

/** The newest alert of a rule, read as the current user; undefined if they can see none. */
export async function newestAlertOf(
  esClient: ElasticsearchClient,
  spaceId: string,
  ruleId: string
): Promise<AlertSummary | undefined> {
  const answer = await esClient.search({
    index: alertsIndex(spaceId),
    ignore_unavailable: true,
    size: 1,
    _source: LISTED_FIELDS,
    query: { bool: { filter: [{ term: { 'kibana.alert.rule.uuid': ruleId } }] } },
    sort: [{ '@timestamp': { order: 'desc', unmapped_type: 'date' } }],
  });
  const [hit] = answer.hits.hits as AlertHit[];
  return hit === undefined ? undefined : alertSummaryOf(hit);
}

/** The alias of the detection alerts of a space. */
export const alertsIndex = (spaceId: string): string => `.alerts-security.alerts-${spaceId}`;

const SORT_FIELD: Readonly<Record<Exclude<AlertSortField, 'severity'>, string>> = {
  timestamp: '@timestamp',
  riskScore: 'kibana.alert.risk_score',
  ruleName: 'kibana.alert.rule.name',
  hostName: 'host.name',
  workflowStatus: 'kibana.alert.workflow_status',
};

/**
 * A score per severity, because names do not sort by severity, and rules can override the risk score. Any other value
 * sorts before them.
 */
const SEVERITY_SCORES = SEVERITIES.map((severity, n) => ({
  constant_score: { filter: { term: { 'kibana.alert.severity': severity } }, boost: n + 1 },
}));

type Sort = NonNullable<Parameters<ElasticsearchClient['search']>[0]>['sort'];

function orderBy(field: AlertSortField, order: 'asc' | 'desc'): Sort {
  const newestFirst = { '@timestamp': { order: 'desc' as const } };
  // Keeps the order of alerts with equal timestamps from page to page.
  const last = {
    'kibana.alert.uuid': { order: 'asc' as const, unmapped_type: 'keyword' as const },
  };
  if (field === 'severity') return [{ _score: { order } }, newestFirst, last];
  const first = {
    [SORT_FIELD[field]]: { order, unmapped_type: 'keyword' as const, missing: '_last' },
  };
  return field === 'timestamp' ? [first, last] : [first, newestFirst, last];
}

const SEARCHED_FIELDS: readonly string[] = [
  ...NAME_FIELDS,
  ...UUID_FIELDS,
  ...ID_FIELDS,
  'kibana.alert.rule.name',
  // SentinelOne's rule. Kibana 8.12.2 maps no field with SentinelOne's threats.
  'rule.name',
  'kibana.alert.reason',
  'kibana.alert.severity',
  'process.name',
  'file.name',
  'user.name',
];

/** Fields that a page of alerts reads. */
const LISTED_FIELDS: string[] = [
  '@timestamp',
  'kibana.alert.severity',
  'kibana.alert.risk_score',
  'kibana.alert.rule.name',
  'kibana.alert.reason',
  'kibana.alert.workflow_status',
  ...SENTINELONE_NAME_FIELDS,
  ...HOST_FIELDS,
];

/**
 * Alerts of SentinelOne hosts: those of the integrations, by module or dataset, and those with an agent's UUID or id.
 * Kibana 8.12.2 maps no `sentinel_one.*` field in its alerts, so the dataset decides there; the fields matter in
 * versions that map them.
 */
const SENTINELONE_ALERTS = {
  bool: {
    minimum_should_match: 1,
    should: [
      { terms: { [MODULE_FIELD]: [...MODULES] } },
      ...DATASET_FIELDS.flatMap((field) =>
        MODULES.map((module) => ({ prefix: { [field]: `${module}.` } }))
      ),
      ...[...UUID_FIELDS, ...ID_FIELDS.filter(isFromSentinelOne)].map((field) => ({
        exists: { field },
      })),
    ],
  },
};

const escapeWildcards = (word: string): string => word.replace(/[\\*?]/g, '\\$&');

/** The word must be part of one of the searched fields, ignoring case. */
const containing = (word: string) => ({
  bool: {
    minimum_should_match: 1,
    should: SEARCHED_FIELDS.map((field) => ({
      wildcard: { [field]: { value: `*${escapeWildcards(word)}*`, case_insensitive: true } },
    })),
  },
});

/** The alert names the agent by its UUID or by its id. `host.id` is an agent's id in documents of SentinelOne only. */
function namingAgent({ agentUuid, agentId }: Pick<AlertsQuery, 'agentUuid' | 'agentId'>) {
  const should = [
    ...(agentUuid === undefined
      ? []
      : UUID_FIELDS.map((field) => ({ term: { [field]: agentUuid } }))),
    ...(agentId === undefined ? [] : ID_FIELDS.map((field) => ({ term: { [field]: agentId } }))),
  ];
  return should.length === 0 ? [] : [{ bool: { minimum_should_match: 1, should } }];
}

const WORDS = 10;
const wordsOf = (search: string): string[] =>
  search
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS);

/**
 * A page of alerts, read as the current user. An index that does not exist (yet) is an empty page.
 * Throws Elasticsearch's error when the user may not read alerts.
 */
export async function searchAlerts(
  esClient: ElasticsearchClient,
  spaceId: string,
  {
    page = 1,
    perPage = 25,
    sortField = 'timestamp',
    sortOrder = 'desc',
    status,
    severity,
    from,
    to,
    search = '',
    agentUuid,
    agentId,
  }: AlertsQuery
): Promise<AlertsPage> {
  const answer = await esClient.search({
    index: alertsIndex(spaceId),
    ignore_unavailable: true,
    from: (page - 1) * perPage,
    size: perPage,
    track_total_hits: true,
    _source: LISTED_FIELDS,
    query: {
      bool: {
        filter: [
          SENTINELONE_ALERTS,
          ...(status === undefined ? [] : [{ term: { 'kibana.alert.workflow_status': status } }]),
          ...(severity === undefined
            ? []
            : [{ terms: { 'kibana.alert.severity': [...(severitiesIn(severity) ?? [])] } }]),
          ...(from === undefined && to === undefined
            ? []
            : [
                {
                  range: {
                    '@timestamp': {
                      ...(from === undefined ? {} : { gte: from }),
                      ...(to === undefined ? {} : { lte: to }),
                    },
                  },
                },
              ]),
          ...namingAgent({ agentUuid, agentId }),
          ...wordsOf(search).map(containing),
        ],
        ...(sortField === 'severity' ? { should: SEVERITY_SCORES, minimum_should_match: 0 } : {}),
      },
    },
    sort: orderBy(sortField, sortOrder),
  });
  const { hits } = answer;
  const total = totalOf(hits);
  const alerts = (hits.hits as AlertHit[]).map(alertSummaryOf);
  return {
    ...{ alerts, total, page, perPage },
    ...(total === 0 ? { hasOthers: await hasAlerts(esClient, spaceId) } : {}),
  };
}

const totalOf = ({ total }: { readonly total?: number | { readonly value: number } }): number =>
  typeof total === 'number' ? total : (total?.value ?? 0);

/** Whether the user can see any alert of a SentinelOne host. */
async function hasAlerts(esClient: ElasticsearchClient, spaceId: string): Promise<boolean> {
  const { hits } = await esClient.search({
    index: alertsIndex(spaceId),
    ignore_unavailable: true,
    size: 0,
    track_total_hits: 1,
    query: { bool: { filter: [SENTINELONE_ALERTS] } },
  });
  return totalOf(hits) > 0;
}

/** Whether a page is within Elasticsearch's result window. */
export const isWithinResultWindow = ({ page = 1, perPage = 25 }: AlertsQuery): boolean =>
  page * perPage <= LIMITS.resultWindow;

/** One alert, read as the current user; undefined if they can see none with this id. */
export async function getAlert(
  esClient: ElasticsearchClient,
  spaceId: string,
  alertId: string
): Promise<AlertDetails | undefined> {
  const answer = await esClient.search({
    index: alertsIndex(spaceId),
    ignore_unavailable: true,
    size: 1,
    query: { ids: { values: [alertId] } },
  });
  const [hit] = answer.hits.hits as AlertHit[];
  return hit === undefined ? undefined : alertDetailsOf(hit);
}

/** Alerts by their ids, in one search as the current user; those that they cannot see are omitted. */
export async function getAlertSummaries(
  esClient: ElasticsearchClient,
  spaceId: string,
  alertIds: readonly string[]
): Promise<readonly AlertSummary[]> {
  const answer = await esClient.search({
    index: alertsIndex(spaceId),
    ignore_unavailable: true,
    size: alertIds.length,
    _source: LISTED_FIELDS,
    query: { ids: { values: [...alertIds] } },
  });
  return (answer.hits.hits as AlertHit[]).map(alertSummaryOf);
}
