import {
  EuiButtonEmpty,
  EuiButtonIcon,
  EuiCallOut,
  EuiCheckbox,
  EuiContextMenu,
  EuiEmptyPrompt,
  EuiLoadingSpinner,
  EuiPageTemplate,
  EuiPopover,
  EuiSpacer,
  EuiTable,
  EuiTableBody,
  EuiTableHeader,
  EuiTableHeaderCell,
  EuiTableHeaderCellCheckbox,
  EuiTableRow,
  EuiTableRowCell,
  EuiTableRowCellCheckbox,
} from '@elastic/eui';
import { Fragment, useEffect, useState, type FC } from 'react';
import type { CoreStart, IHttpFetchError } from '@kbn/core/public';
import { useHistory, useLocation } from 'react-router-dom';
import type {
  AlertsTableConfigurationRegistry as TableConfiguration,
  BulkActionsConfig,
  TimelineItem,
} from '@kbn/triggers-actions-ui-plugin/public';
import type { BrowserContracts } from '../../../versions/kibana_version';
import { alertIn, AlertFlyout, searchWith } from './alert_flyout';

/**
 * As much of Elastic Security's alerts page as additions to its table and its flyout need: rows, row actions, bulk
 * actions, and the flyout, with the test subjects of Kibana 8.12.2.
 */

/** What Security itself registers in `alertsTableConfigurationRegistry` for its alerts page. */
export const ALERTS_TABLE: TableConfiguration = {
  id: 'securitySolution-alerts-page',
  useActionsColumn: () => ({ renderCustomActionsRow: () => <Fragment />, width: 32 }),
  useBulkActions: () => [{ id: 0, items: [] }],
};

const SEARCH = '/api/detection_engine/signals/search';
const SHOWN = 50;

interface Hit {
  readonly _id: string;
  readonly _index: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

const textAt = ({ _source }: Hit, field: string): string => {
  const [head = '', tail = ''] = field.split(/\.(.*)/s);
  const nested = (_source[head] as Record<string, unknown> | undefined)?.[tail];
  return String(_source[field] ?? nested ?? '—');
};

const itemOf = ({ _id, _index }: Hit): TimelineItem => ({
  _id,
  _index,
  data: [],
  ecs: { _id, _index },
});

/** The menu of bulk actions. It calls hooks of the table's configuration, so it is mounted with the table. */
const BulkMenu: FC<{
  readonly configuration: TableConfiguration;
  readonly selected: readonly Hit[];
  readonly onCleared: () => void;
}> = ({ configuration, selected, onCleared }) => {
  const [isOpen, setIsOpen] = useState(false);
  const panels = configuration.useBulkActions?.({}, () => {}) ?? [];
  const run = ({ onClick }: BulkActionsConfig) => {
    setIsOpen(false);
    onClick?.(
      selected.map(itemOf),
      false,
      () => {},
      onCleared,
      () => {}
    );
  };
  return (
    <EuiPopover
      isOpen={isOpen}
      closePopover={() => setIsOpen(false)}
      panelPaddingSize="none"
      button={
        <EuiButtonEmpty
          data-test-subj="selectedShowBulkActionsButton"
          size="xs"
          iconType="arrowDown"
          iconSide="right"
          isDisabled={selected.length === 0}
          onClick={() => setIsOpen(true)}
        >
          Selected {selected.length} alerts
        </EuiButtonEmpty>
      }
    >
      <EuiContextMenu
        initialPanelId={0}
        panels={panels.map(({ id, title, items = [] }) => ({
          id,
          title,
          items: items.map((item) => ({
            key: item.key,
            name: item.label,
            'data-test-subj': item['data-test-subj'],
            onClick: () => run(item),
          })),
        }))}
      />
    </EuiPopover>
  );
};

const AlertsTable: FC<{
  readonly configuration: TableConfiguration;
  readonly hits: readonly Hit[];
  readonly onExpand: (hit: Hit) => void;
}> = ({ configuration, hits, onExpand }) => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const { renderCustomActionsRow: RowActions } = configuration.useActionsColumn?.({}) ?? {};
  const toggle = (id: string) =>
    setIds((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <>
      <BulkMenu
        configuration={configuration}
        selected={hits.filter(({ _id }) => ids.has(_id))}
        onCleared={() => setIds(new Set())}
      />
      <EuiSpacer size="s" />
      <EuiTable>
        <EuiTableHeader>
          <EuiTableHeaderCellCheckbox>
            <EuiCheckbox
              id="allAlerts"
              data-test-subj="bulk-actions-header"
              aria-label="Select all alerts"
              checked={hits.length > 0 && ids.size === hits.length}
              onChange={({ target }) =>
                setIds(new Set(target.checked ? hits.map(({ _id }) => _id) : []))
              }
            />
          </EuiTableHeaderCellCheckbox>
          <EuiTableHeaderCell>Actions</EuiTableHeaderCell>
          <EuiTableHeaderCell>@timestamp</EuiTableHeaderCell>
          <EuiTableHeaderCell>Rule</EuiTableHeaderCell>
          <EuiTableHeaderCell>host.name</EuiTableHeaderCell>
        </EuiTableHeader>
        <EuiTableBody>
          {hits.map((hit, rowIndex) => (
            <EuiTableRow key={hit._id}>
              <EuiTableRowCellCheckbox>
                <EuiCheckbox
                  id={`alert-${hit._id}`}
                  data-test-subj="bulk-actions-row-cell"
                  aria-label={`Select alert of ${textAt(hit, 'host.name')}`}
                  checked={ids.has(hit._id)}
                  onChange={() => toggle(hit._id)}
                />
              </EuiTableRowCellCheckbox>
              <EuiTableRowCell>
                <EuiButtonIcon
                  iconType="expand"
                  data-test-subj="expand-event"
                  aria-label={`View details of the alert of ${textAt(hit, 'host.name')}`}
                  onClick={() => onExpand(hit)}
                />
                {RowActions?.({
                  ecsAlert: { _id: hit._id, _index: hit._index },
                  nonEcsData: [],
                  alert: { _id: hit._id, _index: hit._index },
                  rowIndex,
                  cveProps: {},
                  setFlyoutAlert: () => {},
                  refresh: () => {},
                  clearSelection: () => setIds(new Set()),
                })}
              </EuiTableRowCell>
              <EuiTableRowCell>{textAt(hit, '@timestamp')}</EuiTableRowCell>
              <EuiTableRowCell>{textAt(hit, 'kibana.alert.rule.name')}</EuiTableRowCell>
              <EuiTableRowCell>{textAt(hit, 'host.name')}</EuiTableRowCell>
            </EuiTableRow>
          ))}
        </EuiTableBody>
      </EuiTable>
    </>
  );
};

/** Security's alerts page, `/alerts`. */
export const AlertsPage: FC<{
  readonly core: CoreStart;
  readonly configuration: TableConfiguration;
  readonly contracts: BrowserContracts;
}> = ({ core, configuration, contracts }) => {
  const history = useHistory();
  const { search } = useLocation();
  const opened = alertIn(contracts, search);
  const show = (hit?: Hit) => {
    const alert = hit && { id: hit._id, indexName: hit._index };
    history.push({ search: searchWith(contracts, search, alert) });
  };
  const [hits, setHits] = useState<readonly Hit[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isShown = true;
    const body = {
      size: SHOWN,
      query: { match_all: {} },
      sort: [{ '@timestamp': { order: 'desc' } }],
    };
    core.http
      .post<{ hits: { hits: readonly Hit[] } }>(SEARCH, {
        version: '2023-10-31',
        body: JSON.stringify(body),
      })
      .then(
        (answer) => isShown && setHits(answer.hits.hits),
        (error: IHttpFetchError) => isShown && setProblem(error.message)
      );
    return () => {
      isShown = false;
    };
  }, [core]);
  return (
    <EuiPageTemplate>
      <EuiPageTemplate.Header pageTitle="Alerts" />
      <EuiPageTemplate.Section>
        {problem !== undefined ? (
          <EuiCallOut color="danger" title={problem} />
        ) : hits === undefined ? (
          <EuiLoadingSpinner size="l" />
        ) : hits.length === 0 ? (
          <EuiEmptyPrompt title={<h2>No alerts</h2>} />
        ) : (
          <AlertsTable configuration={configuration} hits={hits} onExpand={show} />
        )}
        {hits
          ?.filter(({ _id }) => _id === opened?.id)
          .map((hit) => (
            <AlertFlyout
              key={hit._id}
              contracts={contracts}
              title={textAt(hit, 'kibana.alert.rule.name')}
              facts={['host.name', '@timestamp'].map((field) => ({
                title: field,
                description: textAt(hit, field),
              }))}
              onClose={() => show()}
            />
          ))}
      </EuiPageTemplate.Section>
    </EuiPageTemplate>
  );
};
