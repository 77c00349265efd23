import type { ActionType } from '@kbn/actions-plugin/server';
import { CONNECTOR_TYPE_ID } from '../../common/lib/constants';
import type { ConnectorsFound } from '../../common/api/setup';
import type { NamedConnector } from '../connector/connectors_in_space';

type ConnectorsIn = (namespace: string | undefined) => Promise<readonly NamedConnector[]>;

/** The connectors for SentinelOne in a space, and whether another may be created. */
export async function findConnectors(
  oursIn: ConnectorsIn,
  kibanasIn: ConnectorsIn,
  namespace: string | undefined,
  types: Promise<readonly ActionType[]>
): Promise<ConnectorsFound> {
  const [ours, kibanasOwn, known] = await Promise.all([
    oursIn(namespace),
    kibanasIn(namespace),
    types,
  ]);
  const type = known.find(({ id }) => id === CONNECTOR_TYPE_ID);
  return {
    ours,
    kibanasOwn,
    enabledInLicense: type?.enabledInLicense ?? false,
    minimumLicense: type?.minimumLicenseRequired ?? 'gold',
    enabledInConfig: type?.enabledInConfig ?? false,
  };
}
