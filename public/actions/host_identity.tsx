import { type FC } from 'react';
import { EuiDescriptionList, EuiPanel } from '@elastic/eui';
import type { Agent } from '../../common/hosts/agent';
import { agentDetails, DECISION_FIELDS, nameAndStatusDetails } from '../host_status/agent_details';
import { NetworkStatusBadge, type ShownStatus } from '../host_status/network_status';

/** Which machine exactly, as SentinelOne says it. */
export const HostIdentity: FC<{ readonly agent: Agent; readonly status: ShownStatus }> = ({
  agent,
  status,
}) => (
  <EuiPanel hasBorder hasShadow={false} paddingSize="m">
    <EuiDescriptionList
      type="column"
      compressed
      columnWidths={[1, 2]}
      css={{ overflowWrap: 'anywhere' }}
      listItems={[
        ...nameAndStatusDetails(agent, <NetworkStatusBadge status={status} />),
        ...agentDetails(agent, DECISION_FIELDS),
      ]}
    />
  </EuiPanel>
);
