import { createElement, Fragment, type ComponentType } from 'react';
import type {
  AlertsTableConfigurationRegistry as TableConfiguration,
  AlertTableConfigRegistry,
  BulkActionsPanelConfig,
  RenderCustomActionsRowArgs,
  UseActionsColumn,
  UseBulkActions,
} from '@kbn/triggers-actions-ui-plugin/public';
import type { AlertContext } from '../../common/hosts/alert';
import { attempt } from './failures';

/**
 * Adds a row action and bulk actions to Security's alerts tables, by wrapping the configuration that Security registers
 * in triggersActionsUi's `alertsTableConfigurationRegistry`. Security registers late, and only if nothing is registered
 * yet, so registering first would replace its table. Therefore `register` is wrapped. Unexpected values are returned
 * unchanged (Kibana 8.12.2). Loaded with every page.
 */

const SECURITY_TABLES = /^securitySolution-/;
/** Pixels of an icon in the column of actions. */
const ICON_WIDTH = 28;

export interface BulkItem {
  readonly key: string;
  readonly label: string;
  /** The label while all alerts of a query are selected, for which the item is disabled. */
  readonly disabledLabel: string;
  readonly onSelect: (alertIds: readonly string[]) => void;
}

export interface AlertsTablePorts {
  /** Whether the user has the privilege to view hosts; called when a table is registered. */
  readonly isOffered: () => boolean;
  readonly bulkItems: readonly BulkItem[];
  readonly RowAction: ComponentType<{ readonly alert: AlertContext }>;
}

/**
 * Memoizes `make`. The table renders all rows again for a new object, so the same object of Security must result in the
 * same object of the plugin.
 */
function memoized<A extends object>(make: (from: A) => A): (from: A) => A {
  const known = new WeakMap<A, A>();
  return (from) =>
    attempt(() => {
      const made = known.get(from) ?? make(from);
      known.set(from, made);
      return made;
    }, from);
}

type RenderRow = ReturnType<UseActionsColumn>['renderCustomActionsRow'];

const rowWith = (RowAction: AlertsTablePorts['RowAction'], own: RenderRow): RenderRow => {
  return (row: RenderCustomActionsRowArgs) => {
    const ours = attempt(() => {
      const { _id: alertId, _index: index } = row.ecsAlert;
      return createElement(RowAction, { alert: { alertId, index } });
    }, null);
    return createElement(Fragment, null, own(row), ours);
  };
};

const panelsWith = (bulkItems: readonly BulkItem[], panels: BulkActionsPanelConfig[]) =>
  panels.map((panel) => {
    if (panel.id !== 0) return panel;
    const ours = bulkItems.map(({ onSelect, ...item }) => ({
      ...item,
      'data-test-subj': item.key,
      disableOnQuery: true,
      onClick: (items: ReadonlyArray<{ readonly _id: string }>) =>
        attempt(() => onSelect(items.map(({ _id }) => _id))),
    }));
    // Without a list of items, `memoized` returns the panels as they are.
    return { ...panel, items: [...panel.items!, ...ours] };
  });

function extended(
  configuration: TableConfiguration,
  { isOffered, bulkItems, RowAction }: AlertsTablePorts
): TableConfiguration {
  if (!SECURITY_TABLES.test(configuration.id) || !isOffered()) return configuration;
  const { useBulkActions, useActionsColumn } = configuration;
  const panelsOf = memoized((panels: BulkActionsPanelConfig[]) => panelsWith(bulkItems, panels));
  const rowOf = memoized((own: RenderRow) => rowWith(RowAction, own));
  const useBulkActionsAndOurs: UseBulkActions = (...args) => panelsOf(useBulkActions!(...args));
  const useActionsColumnAndOurs: UseActionsColumn = (...args) => {
    const column = useActionsColumn!(...args);
    const { renderCustomActionsRow: own, width } = column ?? {};
    if (typeof own !== 'function') return column;
    return {
      ...column,
      renderCustomActionsRow: rowOf(own),
      ...(width === undefined ? {} : { width: width + ICON_WIDTH }),
    };
  };
  return {
    ...configuration,
    ...(useBulkActions && { useBulkActions: useBulkActionsAndOurs }),
    ...(useActionsColumn && { useActionsColumn: useActionsColumnAndOurs }),
  };
}

/**
 * Adds the plugin's actions to each table that Security registers from now on. Returns false without a registry: Kibana
 * 8.19, 9.1 and later let no plugin extend the tables.
 */
export function extendAlertsTables(
  registry: Pick<AlertTableConfigRegistry, 'register'> | undefined,
  ports: AlertsTablePorts
): boolean {
  if (!registry) return false;
  const own = registry.register.bind(registry);
  registry.register = (configuration) =>
    own(attempt(() => extended(configuration, ports), configuration));
  return true;
}
