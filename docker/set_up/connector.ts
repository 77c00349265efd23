import { CONNECTOR_TYPE_ID } from '../../common/lib/constants';
import { request, type Deployment } from './request';

/** Kibana takes an id that is given for what it encrypts only if it is a UUID. */
const ID = 'afbfebff-fb2f-4c29-be92-fd427a9cdae4';
/** The simulator's token that may do everything; it opens nothing else. */
const TOKEN = 'full-token-0123456789';

/** Makes the connector to the simulator, unless there is one of its type: with two, actions are refused. */
export async function makeConnector(
  deployment: Pick<Deployment, 'kibana' | 'simulator' | 'auth'>
): Promise<void> {
  const actions = `${deployment.kibana}/api/actions`;
  const { body: connectors } = await request<ReadonlyArray<{ readonly connector_type_id: string }>>(
    deployment,
    'GET',
    `${actions}/connectors`
  );
  if (connectors.some((one) => one.connector_type_id === CONNECTOR_TYPE_ID)) return;
  await request(deployment, 'POST', `${actions}/connector/${ID}`, {
    body: {
      name: 'SentinelOne',
      connector_type_id: CONNECTOR_TYPE_ID,
      config: { url: deployment.simulator, allowAutomation: false },
      secrets: { token: TOKEN },
    },
    fine: [409],
  });
}
