/**
 * Row action and bulk actions in Security's alerts table, by wrapping what Security itself registers
 * in triggersActionsUi's `alertsTableConfigurationRegistry`. Security registers late and only where
 * nothing is registered yet, so registering first would replace its table: its `register` is wrapped
 * instead (Kibana 8.12.2). What has another form than expected is passed on untouched.
 */

const SECURITY_TABLES = /^securitySolution-/;

/** Members of a table's configuration that are wrapped; everything else is handed through. */
interface TableConfiguration {
  readonly id: string;
  readonly useBulkActions?: (...args: unknown[]) => unknown;
  readonly useActionsColumn?: (...args: unknown[]) => unknown;
}

export interface AlertsTableRegistry {
  register(configuration: TableConfiguration): unknown;
}

/** What is used of a row in a bulk action; `ecs` repeats the ids. */
interface BulkItem {
  readonly _id: string;
}

export interface AlertsTablePorts {
  /** Items for the bulk menu: what they are called and what is done with the selected alerts. */
  readonly bulkItems: ReadonlyArray<{
    readonly key: string;
    readonly label: string;
    readonly onSelect: (alertIds: readonly string[]) => void;
  }>;
  /** What stands behind the row's own actions, given what Security gives its own. */
  readonly renderRowAction: (alert: {
    readonly alertId: string;
    readonly index: string;
  }) => unknown;
  /** Puts a row's own actions and ours beside each other. */
  readonly beside: (own: unknown, ours: unknown) => unknown;
  /** Pixels that the row action needs. */
  readonly rowActionWidth: number;
  readonly onFailure: (error: unknown) => void;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isFunction = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === 'function';

function withBulkItems(panels: unknown, { bulkItems, onFailure }: AlertsTablePorts): unknown {
  if (!Array.isArray(panels)) return panels;
  return panels.map((panel: unknown) => {
    if (!isRecord(panel) || panel.id !== 0 || !Array.isArray(panel.items)) return panel;
    const ours = bulkItems.map(({ key, label, onSelect }) => ({
      key,
      label,
      'data-test-subj': key,
      disableOnQuery: true,
      disabledLabel: label,
      onClick: (items: readonly BulkItem[]) => {
        try {
          onSelect(items.map(({ _id }) => _id));
        } catch (error) {
          onFailure(error);
        }
      },
    }));
    return { ...panel, items: [...panel.items, ...ours] };
  });
}

function alertOfRow(props: unknown): { alertId: string; index: string } | undefined {
  const row = isRecord(props) && isRecord(props.ecsAlert) ? props.ecsAlert : undefined;
  const { _id: alertId, _index: index } = row ?? {};
  return typeof alertId === 'string' && typeof index === 'string' ? { alertId, index } : undefined;
}

function withRowAction(column: unknown, ports: AlertsTablePorts): unknown {
  if (!isRecord(column) || !isFunction(column.renderCustomActionsRow)) return column;
  const renderOwn = column.renderCustomActionsRow;
  return {
    ...column,
    ...(typeof column.width === 'number' ? { width: column.width + ports.rowActionWidth } : {}),
    renderCustomActionsRow: (...args: unknown[]) => {
      const own = renderOwn(...args);
      const alert = alertOfRow(args[0]);
      return alert === undefined ? own : ports.beside(own, ports.renderRowAction(alert));
    },
  };
}

/** Wraps a hook so that ours follows Security's own, whose result stands when ours fails. */
function after<A>(
  hook: ((...args: unknown[]) => A) | undefined,
  change: (result: A) => unknown,
  onFailure: (error: unknown) => void
) {
  if (hook === undefined) return undefined;
  return (...args: unknown[]): unknown => {
    const result = hook(...args);
    try {
      return change(result);
    } catch (error) {
      onFailure(error);
      return result;
    }
  };
}

function wrapped(configuration: TableConfiguration, ports: AlertsTablePorts): TableConfiguration {
  if (!SECURITY_TABLES.test(configuration.id)) return configuration;
  const { useBulkActions, useActionsColumn } = configuration;
  const bulk = after(useBulkActions, (panels) => withBulkItems(panels, ports), ports.onFailure);
  const column = after(useActionsColumn, (one) => withRowAction(one, ports), ports.onFailure);
  return {
    ...configuration,
    ...(bulk === undefined ? {} : { useBulkActions: bulk }),
    ...(column === undefined ? {} : { useActionsColumn: column }),
  };
}

/** Adds our actions to every table that Security registers from now on. Does nothing without a registry. */
export function extendAlertsTables(
  registry: AlertsTableRegistry | undefined,
  ports: AlertsTablePorts
): void {
  if (registry === undefined || typeof registry.register !== 'function') return;
  const register = registry.register.bind(registry);
  registry.register = (configuration) => {
    let ours = configuration;
    try {
      ours = wrapped(configuration, ports);
    } catch (error) {
      ports.onFailure(error);
    }
    return register(ours);
  };
}
