import type { CreateReleaseClient, ReleaseClient } from '../automatic_release/ports';
import { gatedSend } from '../sentinelone_client/request_gate';
import type { Send } from '../sentinelone_client/transport';
import { backgroundConnector, type BackgroundPorts } from './background_connector';
import { ManagementApiConnector } from './management_api_connector';
import { sentinelOneReader } from './read_only_client';

/** A connector for the task that sends automatic releases. It has no sub-actions. */
class ReleasingConnector extends ManagementApiConnector {
  readonly sendRelease: Send = (request) => this.send(request);
}

/**
 * Creates a client that reads, and that sends nothing but the releases of a `DueRelease`. `clock` in ms since the epoch.
 * Never throws.
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
