import type { ActionType } from '@kbn/actions-plugin/server';
import { CONNECTOR_TYPE_ID, ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type {
  ConnectorsFound,
  DocumentsFound,
  Checked,
  ProvenActions,
} from '../../common/api/setup';
import { type NamedConnector, CONNECTOR_SAVED_OBJECT_TYPE } from '../connector/connectors_in_space';
import type { ElasticsearchClient, ISavedObjectsRepository } from '@kbn/core/server';
import type { SetupRule } from '../../common/hosts/detection_rules';
import { readText, type Source } from '../alerts/alert_document';
import { i18n } from '@kbn/i18n';
import { isUserError, NOT_FOUND, statusOf } from '../lib/typed_error';
import type { ActionName } from '../../common/actions/action_name';
import { REQUIRED_ACTIONS } from '../../common/actions/catalogue';
import type { ActionRecord } from '../../common/actions/record';
import { allOf, phrase } from '../kibana/saved_object_filter';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

/**
 * When the connector was last changed (ISO 8601); undefined for one that `kibana.yml` preconfigures, which
 * changes only with a restart.
 */
async function changedAt(
  repository: ISavedObjectsRepository,
  connectorId: string,
  namespace: string | undefined
): Promise<string | undefined> {
  try {
    const found = await repository.get(CONNECTOR_SAVED_OBJECT_TYPE, connectorId, { namespace });
    return found.updated_at;
  } catch (error) {
    if (statusOf(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

/**
 * Returns for each action that the set-up requires when it was last confirmed on a host through this connector (ISO
 * 8601), in any space. Null if it never was, or not since the connector was changed, because its token may be a
 * different one. SentinelOne does not return what a token may do to hosts, so a confirmed action is the only proof.
 * Makes no request to SentinelOne. `namespace` is the connector's space; undefined means the default space.
 */
export async function provenActions(
  repository: ISavedObjectsRepository,
  connectorId: string,
  namespace: string | undefined
): Promise<ProvenActions> {
  const since = await changedAt(repository, connectorId, namespace);
  const lastConfirmed = async (action: ActionName): Promise<string | null> => {
    const { saved_objects: found } = await repository.find<Pick<ActionRecord, 'endedAt'>>({
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: ['*'],
      filter: allOf([
        `${RECORD_ATTRIBUTES}.connectorId: ${phrase(connectorId)}`,
        `${RECORD_ATTRIBUTES}.action: ${phrase(action)}`,
        `${RECORD_ATTRIBUTES}.hosts.outcome: ${phrase('done')}`,
        since === undefined ? undefined : `${RECORD_ATTRIBUTES}.requestedAt >= ${phrase(since)}`,
      ]),
      fields: ['endedAt'],
      sortField: 'sortKey',
      sortOrder: 'desc',
      perPage: 1,
    });
    return found[0]?.attributes.endedAt ?? null;
  };
  const times = await Promise.all(
    REQUIRED_ACTIONS.map(async (action) => [action, await lastConfirmed(action)] as const)
  );
  return Object.fromEntries(times);
}

/** Time (ms) after which a check without a response has failed. */
const TIME_OUT = 20_000;

/**
 * Runs one check and returns its result, or why it has none. Never rejects, so that a check cannot affect the others.
 * `right` is the privilege that is missing after a 403.
 */
export async function runCheck<A>(
  check: () => Promise<A>,
  right: string,
  timeOut: number = TIME_OUT
): Promise<Checked<A>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Checked<A>>((resolve) => {
    const message = i18n.translate('sentineloneResponse.check.timedOut', {
      defaultMessage: 'No answer within {seconds} seconds.',
      values: { seconds: timeOut / 1_000 },
    });
    timer = setTimeout(() => resolve({ state: 'unknown', message }), timeOut);
  });
  try {
    return await Promise.race([answer(check, right), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function answer<A>(check: () => Promise<A>, right: string): Promise<Checked<A>> {
  try {
    return { state: 'answered', value: await check() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { state: 'unknown', message, ...(isUserError(error) ? { missing: right } : {}) };
  }
}

type ConnectorsIn = (namespace: string | undefined) => Promise<readonly NamedConnector[]>;

/** The connectors for SentinelOne in a space, and whether another may be created. */
export async function findConnectors(
  connectorsIn: ConnectorsIn,
  builtInConnectorsIn: ConnectorsIn,
  namespace: string | undefined,
  types: Promise<readonly ActionType[]>
): Promise<ConnectorsFound> {
  const [ours, builtIn, known] = await Promise.all([
    connectorsIn(namespace),
    builtInConnectorsIn(namespace),
    types,
  ]);
  const type = known.find(({ id }) => id === CONNECTOR_TYPE_ID);
  return {
    own: ours,
    builtIn,
    enabledInLicense: type?.enabledInLicense ?? false,
    minimumLicense: type?.minimumLicenseRequired ?? 'gold',
    enabledInConfig: type?.enabledInConfig ?? false,
  };
}

const totalOf = (total: number | { readonly value: number } | undefined): number =>
  typeof total === 'number' ? total : (total?.value ?? 0);

/**
 * Returns the data that a rule of the set-up reads, as the current user: the number of documents, the newest one, and
 * the number of documents with an agent.
 */
export async function findDocuments(
  esClient: ElasticsearchClient,
  { index, agentField }: SetupRule
): Promise<DocumentsFound> {
  const where = { index, ignore_unavailable: true, track_total_hits: true };
  const [all, withAgent] = await Promise.all([
    esClient.search({
      ...where,
      size: 1,
      _source: ['@timestamp'],
      sort: [{ '@timestamp': { order: 'desc', unmapped_type: 'date' } }],
    }),
    esClient.search({
      ...where,
      size: 0,
      query: { exists: { field: agentField } },
    }),
  ]);
  const newest = (all.hits.hits[0]?._source ?? {}) as Source;
  return {
    total: totalOf(all.hits.total),
    newest: readText(newest, '@timestamp'),
    withAgent: totalOf(withAgent.hits.total),
  };
}
