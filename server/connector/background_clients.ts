import type { ServiceParams } from '@kbn/actions-plugin/server';
import type { ConnectorConfig, ConnectorSecrets } from '../../common/api/connector';
import { type RequestGate, gatedSend } from '../sentinelone_client/request_gate';
import type { RetryPorts } from '../sentinelone_client/retry';
import type { CreateReadOnlyClient, SentinelOneReader } from '../status_reconciliation/ports';
import { READ_DEADLINE } from '../sentinelone_client/deadline';
import { readNetworkActivities } from '../sentinelone_client/read_isolation_activities';
import { readExactAgents } from '../sentinelone_client/read_agents';
import type { Send } from '../sentinelone_client/transport';
import { backgroundConnector, type BackgroundPorts } from './background_connector';
import { ManagementApiConnector } from './management_api_connector';
import type { CreateReleaseClient, ReleaseClient } from '../automatic_release/ports';

/** A connector for the task that sends automatic releases. It has no sub-actions. */
class ReleasingConnector extends ManagementApiConnector {
  readonly sendRelease: Send = (request) => this.send(request);
}

/**
 * Creates a client that reads, and that sends only the releases of a `DueRelease`. `clock` in ms since the epoch. Never
 * throws.
 */
export function createReleaseClient(
  ports: BackgroundPorts,
  clock: () => number
): CreateReleaseClient {
  const connectorOf = backgroundConnector(ports, 'An automatic release could not be sent');
  return async (connectorId, namespace, tenant) => {
    const found = await connectorOf(connectorId, namespace, tenant);
    if (!found.ok) return found;
    const { params, gate } = found;
    const { sendRelease: send } = new ReleasingConnector(params);
    const through = (checked: Send): Send => gatedSend(checked, gate, 'action');
    return {
      ok: true,
      client: Object.freeze<ReleaseClient>({
        reader: sentinelOneReader(params, ports.retry, gate),
        open: (due, began) =>
          due.openHostAction({ send, through, ports: ports.retry, clock, began }),
      }),
    };
  };
}

/**
 * A connector for background tasks, which have no user. It has no sub-actions and cannot send
 * commands: only GET requests are sent.
 */
class ReadingConnector extends ManagementApiConnector {
  readonly sendRead: Send = async (request) => {
    if (request.method === 'GET') return this.send({ ...request, timeoutMs: READ_DEADLINE });
    const detail = 'This client only reads';
    return { ok: false, failure: { kind: 'not_allowed', detail } };
  };
}

/** Returns a reader that uses the configuration of one connector. */
function sentinelOneReader(
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

/** Creates a read-only client for the connector of an action: see `backgroundConnector`. Never throws. */
export function createReadOnlyClient(ports: BackgroundPorts): CreateReadOnlyClient {
  const connectorOf = backgroundConnector(ports, 'The status of open actions could not be checked');
  return async (connectorId, namespace, tenant) => {
    const found = await connectorOf(connectorId, namespace, tenant);
    if (!found.ok) return found;
    return { ok: true, reader: sentinelOneReader(found.params, ports.retry, found.gate) };
  };
}
