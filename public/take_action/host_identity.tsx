import { type FC } from 'react';
import { EuiDescriptionList, EuiPanel } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../common/agent';
import { DateText } from '../hosts/date_text';
import { NetworkStatusBadge, type ShownStatus } from '../hosts/network_status';
import { namelessHost } from './texts';

const notReported = (): string =>
  i18n.translate('sentineloneResponse.identity.notReported', { defaultMessage: 'Not reported' });

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
      listItems={[
        {
          title: i18n.translate('sentineloneResponse.identity.name', { defaultMessage: 'Host' }),
          description: <strong>{agent.computerName ?? namelessHost()}</strong>,
        },
        {
          title: i18n.translate('sentineloneResponse.identity.status', {
            defaultMessage: 'Network status',
          }),
          description: <NetworkStatusBadge status={status} />,
        },
        {
          title: i18n.translate('sentineloneResponse.identity.site', { defaultMessage: 'Site' }),
          description: agent.siteName ?? notReported(),
        },
        {
          title: i18n.translate('sentineloneResponse.identity.os', {
            defaultMessage: 'Operating system',
          }),
          description: agent.osName ?? notReported(),
        },
        {
          title: i18n.translate('sentineloneResponse.identity.agentId', {
            defaultMessage: 'Agent id',
          }),
          description: agent.id,
        },
        {
          title: i18n.translate('sentineloneResponse.identity.lastSeen', {
            defaultMessage: 'Last seen',
          }),
          description: <DateText iso={agent.lastActiveDate} />,
        },
      ]}
    />
  </EuiPanel>
);
