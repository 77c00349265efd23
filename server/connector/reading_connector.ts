import type { ServiceParams } from '@kbn/actions-plugin/server';
import type { ConnectorConfig, ConnectorSecrets } from '../../common/api/connector';
import { READ_DEADLINE } from '../sentinelone_client/deadline';
import { readNetworkActivities } from '../sentinelone_client/read_activities';
import { readExactAgents } from '../sentinelone_client/read_agents';
import { gatedSend, type RequestGate } from '../sentinelone_client/request_gate';
import type { RetryPorts } from '../sentinelone_client/retry';
import type { Send } from '../sentinelone_client/transport';
import type { SentinelOneReader } from '../status_reconciliation/ports';
import { ManagementApiConnector } from './management_api_connector';

/**
 * The connector for somebody who has no user to ask about and may therefore only look. It has no
 * sub-action, and what it gives away cannot command an agent: whatever is not a GET does not leave.
 */
class ReadingConnector extends ManagementApiConnector {
  readonly sendRead: Send = async (request) => {
    if (request.method === 'GET') return this.send({ ...request, timeoutMs: READ_DEADLINE });
    const detail = 'This road is for reading only';
    return { ok: false, failure: { kind: 'not_allowed', detail } };
  };
}

/** A reader over the configuration of one connector. */
export function sentinelOneReader(
  params: ServiceParams<ConnectorConfig, ConnectorSecrets>,
  ports: RetryPorts,
  gate: RequestGate
): SentinelOneReader {
  const sendRead = gatedSend(new ReadingConnector(params).sendRead, gate, 'read');
  return Object.freeze({
    agents: (ids) => readExactAgents(sendRead, ports, 'ids', ids),
    networkActivities: (ids, since) => readNetworkActivities(sendRead, ports, ids, since),
  } satisfies SentinelOneReader);
}
