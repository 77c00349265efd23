import { type FC } from 'react';
import { EuiButtonEmpty, EuiCallOut, EuiFlexGroup, EuiFlexItem, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { detectSearchKind, HOST_SEARCH_CODECS } from '../../../common/hosts/host_search';
import type { HostsPage } from '../../../common/api/hosts';
import { isFiltered, NO_FILTER } from '../../lib/hosts_state';
import { AllTable } from './all_table';
import { HostsBar, type HostsViewProps } from './hosts_bar';
import { AllFilters, kindText } from './hosts_filters';
import { NoMatch } from './isolated_view';
import { ListState } from './list_state';
import type { Listed } from './use_hosts';

/** The pages of a list that SentinelOne pages by a cursor. */
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
        iconType="arrowLeft"
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
        iconType="arrowRight"
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

/** The hosts of the tenant, page by page, or those that a search finds. */
export const AllView: FC<
  HostsViewProps & {
    readonly list: Listed<HostsPage> & { readonly isSearchable: boolean };
    readonly pages: CursorPages;
  }
> = ({ list, pages, state, selection, connection, onChange, ...opens }) => {
  const { page, problem, isFetching, isOld, refresh } = list;
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
            isLoading={isFetching && isOld}
            selection={selection}
            noItems={
              page === undefined ? (
                <span>
                  {i18n.translate('sentineloneResponse.hosts.loading', {
                    defaultMessage: 'Loading hosts…',
                  })}
                </span>
              ) : isFiltered(state) ? (
                <NoMatch
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
