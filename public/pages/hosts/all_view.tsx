import type { FC, ReactNode } from 'react';
import {
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiSpacer,
  EuiBasicTable,
  type EuiBasicTableColumn,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { detectSearchKind, HOST_SEARCH_CODECS } from '../../../common/hosts/host_search';
import type { HostsPage } from '../../../common/api/hosts';
import { isFiltered, NO_FILTER } from '../../lib/hosts_state';
import { HostsBar, type HostsViewProps, ListState } from './hosts_bar';
import { AllFilters, kindText } from './hosts_filters';
import { NoMatchPrompt } from './isolated_view';
import type { HostListQuery } from './use_hosts';
import type { Agent } from '../../../common/hosts/agent';
import { listText } from '../../../common/lib/text';
import { tableOfAtLeast } from '../../components/responsive_styles';
import { TableMessage } from '../../components/table_message';
import type { SelectionState } from '../../lib/selection';
import {
  HostCell,
  HostCheckbox,
  HostPageCheckbox,
  LastSeenCell,
  StatusCell,
  TextCell,
  type OpensHostFlyout,
} from './host_cells';
import { iconName } from '../../components/icon';

/** Pixels below which words of the columns would break. */
const MIN_WIDTH = 1_140;

export interface AllTableProps extends OpensHostFlyout {
  readonly hosts: readonly Agent[];
  readonly isLoading: boolean;
  /** Left out for users without the privilege for any action. */
  readonly selection: SelectionState<Agent> | undefined;
  readonly noItems: ReactNode;
}

/** One page of all hosts, in SentinelOne's order. */
const AllTable: FC<AllTableProps> = ({ hosts, isLoading, selection, noItems, ...opens }) => {
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
      render: ({ id }: Agent) => <StatusCell agentId={id} />,
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
      noItemsMessage={<TableMessage>{noItems}</TableMessage>}
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseHostRow' })}
    />
  );
};

/** Navigation for a list that SentinelOne pages by a cursor. */
export interface CursorPages {
  /** From 1. */
  readonly number: number;
  /** Undefined on the first page. */
  readonly previous?: () => void;
  /** Undefined on the last page. */
  readonly next?: () => void;
}

const Pager: FC<{ readonly pages: CursorPages }> = ({ pages: { number, previous, next } }) => (
  <EuiFlexGroup
    gutterSize="s"
    alignItems="center"
    justifyContent="flexEnd"
    responsive={false}
    role="navigation"
    aria-label={i18n.translate('sentineloneResponse.hosts.pages', {
      defaultMessage: 'Pages of hosts',
    })}
  >
    <EuiFlexItem grow={false}>
      <EuiButtonEmpty
        size="s"
        iconType={iconName('arrowLeft')}
        isDisabled={previous === undefined}
        onClick={previous}
      >
        {i18n.translate('sentineloneResponse.hosts.previousPage', {
          defaultMessage: 'Previous page',
        })}
      </EuiButtonEmpty>
    </EuiFlexItem>
    <EuiFlexItem grow={false}>
      {i18n.translate('sentineloneResponse.hosts.pageNumber', {
        defaultMessage: 'Page {number, number}',
        values: { number },
      })}
    </EuiFlexItem>
    <EuiFlexItem grow={false}>
      <EuiButtonEmpty
        size="s"
        iconType={iconName('arrowRight')}
        iconSide="right"
        isDisabled={next === undefined}
        onClick={next}
      >
        {i18n.translate('sentineloneResponse.hosts.nextPage', { defaultMessage: 'Next page' })}
      </EuiButtonEmpty>
    </EuiFlexItem>
  </EuiFlexGroup>
);

const totalText = ({ total, kind }: HostsPage): string => {
  const count =
    total === null
      ? i18n.translate('sentineloneResponse.hosts.totalUnknown', { defaultMessage: 'Hosts' })
      : i18n.translate('sentineloneResponse.hosts.total', {
          defaultMessage: '{total, plural, one {# host} other {# hosts}}',
          values: { total },
        });
  return kind === null
    ? count
    : i18n.translate('sentineloneResponse.hosts.totalBy', {
        defaultMessage: '{count}, searched by: {kind}',
        values: { count, kind: kindText(kind) },
      });
};

/** The hosts of the tenant, or those that match a search, page by page. */
export const AllView: FC<
  HostsViewProps & {
    readonly list: HostListQuery<HostsPage> & { readonly isSearchable: boolean };
    readonly pages: CursorPages;
  }
> = ({ list, pages, state, selection, connection, onChange, ...opens }) => {
  const { page, problem, isOld, refresh } = list;
  const { search, kind } = state;
  return (
    <>
      <AllFilters state={state} isInvalid={!list.isSearchable} onChange={onChange} />
      <EuiSpacer size="s" />
      {list.isSearchable || search === undefined ? null : (
        <>
          <EuiCallOut
            size="s"
            color="warning"
            iconType="warning"
            title={i18n.translate('sentineloneResponse.hosts.invalidSearch', {
              defaultMessage: 'This search is not possible. Enter {accepted}.',
              values: { accepted: HOST_SEARCH_CODECS[kind ?? detectSearchKind(search)].name },
            })}
          />
          <EuiSpacer size="s" />
        </>
      )}
      <ListState
        list={list}
        problemTitle={
          page === undefined
            ? i18n.translate('sentineloneResponse.hosts.allUnavailable', {
                defaultMessage: 'The hosts could not be loaded',
              })
            : i18n.translate('sentineloneResponse.hosts.allOld', {
                defaultMessage: 'The list may be out of date',
              })
        }
      />
      {!list.isSearchable || (problem !== undefined && page === undefined) ? null : (
        <>
          <HostsBar
            selection={selection}
            connection={connection}
            total={page === undefined ? '' : totalText(page)}
            onDone={refresh}
          />
          <AllTable
            {...opens}
            hosts={page?.hosts ?? []}
            isLoading={isOld && list.isFetching}
            selection={selection}
            noItems={
              page === undefined ? (
                <span>
                  {i18n.translate('sentineloneResponse.hosts.loading', {
                    defaultMessage: 'Loading hosts…',
                  })}
                </span>
              ) : isFiltered(state) ? (
                <NoMatchPrompt
                  onClear={() => onChange(NO_FILTER)}
                  hint={
                    page.kind === 'name'
                      ? i18n.translate('sentineloneResponse.hosts.noMatchHint', {
                          defaultMessage:
                            'Hosts were searched by name. To search by the logged-in user, choose it under Search by.',
                        })
                      : undefined
                  }
                />
              ) : (
                <span>
                  {i18n.translate('sentineloneResponse.hosts.none', {
                    defaultMessage: 'The token of the connector can see no hosts.',
                  })}
                </span>
              )
            }
          />
          <Pager pages={pages} />
        </>
      )}
    </>
  );
};
