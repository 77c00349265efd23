import { type FC, type ReactNode } from 'react';
import { EuiBasicTable, type EuiBasicTableColumn } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../../common/hosts/agent';
import { listText } from '../../../common/lib/list_text';
import { tableOfAtLeast } from '../../components/wide_table';
import type { UsedSelection } from '../../lib/use_selection';
import {
  HostCell,
  HostCheckbox,
  HostPageCheckbox,
  LastSeenCell,
  StatusCell,
  TextCell,
  type OpensHost,
} from './host_cells';
import { useListedStatus } from './use_hosts';

/** Pixels below which words of the columns would break. */
const MIN_WIDTH = 1_140;

export interface AllTableProps extends OpensHost {
  readonly hosts: readonly Agent[];
  readonly isLoading: boolean;
  /** Left out for users without the privilege for any action. */
  readonly selection: UsedSelection<Agent> | undefined;
  readonly noItems: ReactNode;
}

/** One page of all hosts, in SentinelOne's order. */
export const AllTable: FC<AllTableProps> = ({ hosts, isLoading, selection, noItems, ...opens }) => {
  const statusOf = useListedStatus();
  const columns: Array<EuiBasicTableColumn<Agent>> = [
    ...(selection === undefined
      ? []
      : [
          {
            name: <HostPageCheckbox agents={hosts} selection={selection} />,
            width: '32px',
            mobileOptions: { header: false },
            render: (agent: Agent) => <HostCheckbox agent={agent} selection={selection} />,
          },
        ]),
    {
      name: i18n.translate('sentineloneResponse.hosts.host', { defaultMessage: 'Host' }),
      width: '20%',
      mobileOptions: { header: false, width: '100%' },
      render: (agent: Agent) => (
        <HostCell agent={agent} details={[listText(agent.ipAddresses)]} {...opens} />
      ),
    },
    {
      name: i18n.translate('sentineloneResponse.hosts.networkStatus', {
        defaultMessage: 'Network status',
      }),
      width: '195px',
      render: (agent: Agent) => <StatusCell agent={agent} {...statusOf(agent)} />,
    },
    {
      name: i18n.translate('sentineloneResponse.hosts.lastSeen', { defaultMessage: 'Last seen' }),
      width: '185px',
      render: (agent: Agent) => <LastSeenCell agent={agent} />,
    },
    {
      name: i18n.translate('sentineloneResponse.hosts.os', { defaultMessage: 'Operating system' }),
      render: ({ osName }: Agent) => <TextCell value={osName} />,
    },
    {
      name: i18n.translate('sentineloneResponse.hosts.user', { defaultMessage: 'Logged-in user' }),
      render: ({ lastLoggedInUserName }: Agent) => <TextCell value={lastLoggedInUserName} />,
    },
    {
      name: i18n.translate('sentineloneResponse.hosts.site', { defaultMessage: 'Site and group' }),
      render: ({ siteName, groupName }: Agent) => <TextCell value={siteName} more={groupName} />,
    },
    {
      name: i18n.translate('sentineloneResponse.hosts.version', {
        defaultMessage: 'Agent version',
      }),
      width: '115px',
      render: ({ agentVersion }: Agent) => <TextCell value={agentVersion} />,
    },
  ];
  return (
    <EuiBasicTable<Agent>
      tableCaption={i18n.translate('sentineloneResponse.hosts.allCaption', {
        defaultMessage: 'Hosts in SentinelOne',
      })}
      items={[...hosts]}
      itemId="id"
      css={tableOfAtLeast(MIN_WIDTH)}
      compressed
      columns={columns}
      loading={isLoading}
      noItemsMessage={noItems}
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseHostRow' })}
    />
  );
};
