import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AlertsTableConfigurationRegistry as TableConfiguration,
  BulkActionsPanelConfig,
  RenderCustomActionsRowArgs,
} from '@kbn/triggers-actions-ui-plugin/public';
import { createTypeRegistry } from '../../test/workbench/browser/host/plugins/type_registry';
import { extendAlertsTables, type AlertsTablePorts } from './alerts_table';
import { lazyWithErrorBoundary } from './lazy_with_error_boundary';

/** The parts of Security's table configuration in Kibana 8.12.2 that the extension changes. */

const PANELS: BulkActionsPanelConfig[] = [
  {
    id: 0,
    items: [
      { key: 'open', label: 'Mark as open', disableOnQuery: false, onClick: () => {} },
      { key: 'tags', label: 'Apply alert tags', disableOnQuery: true, panel: 1 },
    ],
  },
  { id: 1, title: 'Apply alert tags', renderContent: () => null },
];

// The same function for all renders, because Security memoizes it.
const ownRow = ({ ecsAlert }: RenderCustomActionsRowArgs) => (
  <button type="button">View details of {ecsAlert._id}</button>
);

const securitys = (changes: Partial<TableConfiguration> = {}): TableConfiguration => ({
  id: 'securitySolution-alerts-page',
  columns: [],
  useBulkActions: () => PANELS,
  useActionsColumn: () => ({ renderCustomActionsRow: ownRow, width: 124 }),
  ...changes,
});

const row = (id: string) =>
  ({
    ecsAlert: { _id: id, _index: '.internal.alerts-1' },
  }) as unknown as RenderCustomActionsRowArgs;

function setUp(changes: Partial<AlertsTablePorts> = {}) {
  const selected: Array<readonly string[]> = [];
  const registry = createTypeRegistry<TableConfiguration>('tables');
  const ports: AlertsTablePorts = {
    isOffered: () => true,
    bulkItems: [
      {
        key: 'ours',
        label: 'Isolate SentinelOne hosts',
        disabledLabel: 'Not on a query',
        onSelect: (ids) => selected.push(ids),
      },
    ],
    RowAction: ({ alert }) => <button type="button">Ours for {alert.alertId}</button>,
    ...changes,
  };
  const extensible = { ...registry };
  extendAlertsTables(extensible as never, ports);
  const registered = (configuration: TableConfiguration): TableConfiguration => {
    extensible.register(configuration);
    return registry.get(configuration.id);
  };
  return { registered, registry, selected };
}
const itemsOf = (configuration: TableConfiguration) =>
  configuration.useBulkActions!(undefined).find(({ id }) => id === 0)!.items!;

it("adds bulk items after Security's items, which pass the ids of the selected alerts on", () => {
  const { registered, selected } = setUp();
  const items = itemsOf(registered(securitys()));
  expect(items.map(({ key }) => key)).toEqual(['open', 'tags', 'ours']);
  const ours = items[2]!;
  expect(ours).toMatchObject({ disableOnQuery: true, disabledLabel: 'Not on a query' });
  const alerts = ['a', 'b'].map((_id) => ({ _id, data: [], ecs: { _id } }));
  ours.onClick!(
    alerts,
    false,
    () => {},
    () => {},
    () => {}
  );
  expect(selected).toEqual([['a', 'b']]);
});

it("does not change sub-panels and the rest of Security's configuration", () => {
  const { registered } = setUp();
  const configuration = registered(securitys());
  expect(configuration.columns).toEqual([]);
  expect(configuration.useBulkActions!(undefined)[1]).toBe(PANELS[1]);
});

it("adds a row action after Security's row actions, and widens the column", () => {
  const { registered } = setUp();
  const column = registered(securitys()).useActionsColumn!(undefined);
  expect(column.width).toBe(152);
  render(column.renderCustomActionsRow(row('a')));
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'View details of a',
    'Ours for a',
  ]);
});

it('returns the same objects as long as Security returns the same', () => {
  const { useBulkActions, useActionsColumn } = setUp().registered(securitys());
  expect(useBulkActions!(undefined)).toBe(useBulkActions!(undefined));
  expect(useActionsColumn!(undefined).renderCustomActionsRow).toBe(
    useActionsColumn!(undefined).renderCustomActionsRow
  );
});

it("does not change other plugins' tables, and tables of users without the privilege", () => {
  const observability = securitys({ id: 'observability' });
  expect(setUp().registered(observability)).toBe(observability);
  const own = securitys();
  expect(setUp({ isOffered: () => false }).registered(own)).toBe(own);
});

it('checks the privilege when the table is registered, which is after the start of Kibana', () => {
  let mayView = false;
  const { registered } = setUp({ isOffered: () => mayView });
  mayView = true;
  expect(itemsOf(registered(securitys()))).toHaveLength(3);
});

it('does not add hooks that a table does not have', () => {
  const { useBulkActions, useActionsColumn } = setUp().registered(
    securitys({ useBulkActions: undefined, useActionsColumn: undefined })
  );
  expect(useBulkActions).toBeUndefined();
  expect(useActionsColumn).toBeUndefined();
});

describe('unexpected values are returned unchanged', () => {
  it.each([
    ['no list of panels', { panels: 'many' }],
    ['nothing', undefined],
    ['panels without items', [{ id: 0 }]],
  ])('bulk actions that are %s', (_, panels) => {
    const own = securitys({ useBulkActions: () => panels as never });
    expect(setUp().registered(own).useBulkActions!(undefined)).toEqual(panels);
  });

  it.each([
    ['nothing', undefined],
    ['a column without rows', { width: 10 }],
  ])('%s for the column of actions', (_, column) => {
    const own = securitys({ useActionsColumn: () => column as never });
    expect(setUp().registered(own).useActionsColumn!(undefined)).toEqual(column);
  });

  it('a row without an alert', () => {
    const plain = securitys({
      useActionsColumn: () => ({ renderCustomActionsRow: () => <i>own</i> }),
    });
    const column = setUp().registered(plain).useActionsColumn!(undefined);
    const { container } = render(column.renderCustomActionsRow({} as never));
    expect(container.textContent).toBe('own');
  });
});

it('reports that there is no registry, and throws for one that cannot be extended', () => {
  const ports = { isOffered: () => true, bulkItems: [], RowAction: () => null };
  expect(extendAlertsTables(undefined, ports)).toBe(false);
  expect(extendAlertsTables({ register: () => {} } as never, ports)).toBe(true);
  for (const registry of [{}, Object.freeze({ register: () => {} })]) {
    expect(() => extendAlertsTables(registry as never, ports)).toThrow(TypeError);
  }
});

it('passes errors of the registry on', () => {
  const { registered } = setUp();
  registered(securitys());
  expect(() => registered(securitys())).toThrow('already registered');
});

describe('when the extension fails', () => {
  // React logs errors that an error boundary caught.
  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    jest.spyOn(console, 'debug').mockImplementation(() => {});
  });
  afterEach(() => jest.restoreAllMocks());

  it("the row keeps Security's actions", async () => {
    const Broken = () => {
      throw new Error('broken');
    };
    const { registered } = setUp({ RowAction: lazyWithErrorBoundary(async () => Broken) });
    const column = registered(securitys()).useActionsColumn!(undefined);
    render(column.renderCustomActionsRow(row('a')));
    await new Promise((resolve) => setTimeout(resolve));
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'View details of a',
    ]);
  });

  it('a bulk item does nothing', () => {
    const failing = () => {
      throw new Error('broken');
    };
    const bulkItems = [{ key: 'ours', label: 'Ours', disabledLabel: 'Ours', onSelect: failing }];
    const ours = itemsOf(setUp({ bulkItems }).registered(securitys()))[2]!;
    expect(() =>
      ours.onClick!(
        [],
        false,
        () => {},
        () => {},
        () => {}
      )
    ).not.toThrow();
  });

  it("Security's table is registered unchanged", () => {
    const own = securitys();
    const isOffered = () => {
      throw new Error('broken');
    };
    expect(setUp({ isOffered }).registered(own)).toBe(own);
  });

  it('a row action that is loaded late works', async () => {
    const clicks: string[] = [];
    const Late = lazyWithErrorBoundary<{ readonly alert: { readonly alertId?: string } }>(
      async () =>
        ({ alert }) => (
          <button type="button" onClick={() => clicks.push(alert.alertId ?? '')}>
            Late
          </button>
        )
    );
    const column = setUp({ RowAction: Late }).registered(securitys()).useActionsColumn!(undefined);
    render(column.renderCustomActionsRow(row('a')));
    expect(screen.queryByText('Late')).toBeNull();
    await userEvent.click(await screen.findByText('Late'));
    expect(clicks).toEqual(['a']);
  });
});
