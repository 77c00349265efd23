import type { ExternalReferenceAttachmentType } from '@kbn/cases-plugin/public';
import type { AlertsTableConfigurationRegistry as TableConfiguration } from '@kbn/triggers-actions-ui-plugin/public';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createElement, isValidElement } from 'react';
import type { CoreStart } from '@kbn/core/public';
import type { DocView } from '@kbn/unified-doc-viewer-plugin/public';
import { fakeServices } from '../../test/helpers/ui/fake_services';
import { fakeToasts } from '../../test/helpers/ui/fake_toasts';
import { createTypeRegistry } from '../../test/workbench/browser/host/plugins/type_registry';
import { BrowserIntegrations } from '../lib/browser_integrations';
import type { Services } from '../lib/services';
import { extendKibana, type HostPlugins, type Load } from './extend_kibana';

const services = () => Promise.reject(new Error('The services are not loaded'));

/** Loads a chunk together with these services. */
const loadWith =
  (given: () => Promise<Services>): Load =>
  async (chunk, use) =>
    use(...(await Promise.all([chunk(), given()])));
const load = loadWith(services);
const ask = jest.fn();

const { toasts, shown } = fakeToasts();
const notifications = () => ({ toasts });

const PROPS = {
  attachmentId: 'at-1',
  caseData: { id: 'c1', title: 'Ransomware' },
  externalReferenceId: 'a-1',
  externalReferenceMetadata: null,
};

it('registers the attachment type of cases, and loads nothing for it', () => {
  const types: ExternalReferenceAttachmentType[] = [];
  extendKibana(
    { cases: { attachmentFramework: { registerExternalReference: (type) => types.push(type) } } },
    load,
    ask,
    notifications,
    new BrowserIntegrations()
  );
  expect(types).toEqual([
    expect.objectContaining({ id: 'sentineloneResponse', displayName: 'SentinelOne Response' }),
  ]);
  const [type] = types;
  const first = type!.getAttachmentViewObject(PROPS);
  const second = type!.getAttachmentViewObject({ ...PROPS, attachmentId: 'at-2' });
  expect(isValidElement(first.event)).toBe(true);
  // Kibana keeps the element of an attachment, so its type must not change between renders.
  expect(second.children).toBe(first.children);
  expect(isValidElement(second.event) && second.event.type).toBe(
    isValidElement(first.event) && first.event.type
  );
});

it('does not warn about features that later versions of Kibana lack, and reports them', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  // 8.19 and 9.1 have no alerts table registry. No version has cases without a registry.
  const without = {
    triggersActionsUi: {},
    cases: { attachmentFramework: {} },
    unifiedDocViewer: {},
  };
  const integrations = new BrowserIntegrations();
  extendKibana(without as never, load, ask, notifications, integrations);
  expect(integrations.unavailable).toEqual([
    { integration: 'alerts_table' },
    { integration: 'doc_viewer' },
    { integration: 'case_view' },
  ]);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

it('reports nothing missing if Kibana runs without the plugins', () => {
  const integrations = new BrowserIntegrations();
  extendKibana(
    { triggersActionsUi: { alertsTableConfigurationRegistry: { register: () => {} } } as never },
    load,
    ask,
    notifications,
    integrations
  );
  expect(integrations.unavailable).toEqual([]);
});

describe('a part that cannot be loaded', () => {
  const NOT_LOADED = {
    color: 'danger',
    title: 'SentinelOne Response could not be loaded. Reload the page, then try again.',
  };
  beforeEach(() => {
    (shown as unknown[]).length = 0;
    jest.spyOn(console, 'debug').mockImplementation(() => {});
  });
  afterEach(() => {
    jest.restoreAllMocks();
    document.body.innerHTML = '';
  });

  function extend(given: () => Promise<Services>) {
    const tables = createTypeRegistry<TableConfiguration>('tables');
    let tab: DocView | undefined;
    const plugins = {
      triggersActionsUi: { alertsTableConfigurationRegistry: tables },
      unifiedDocViewer: { addDocView: (view: DocView) => (tab = view) },
    } as unknown as HostPlugins;
    const { application } = fakeServices().core;
    extendKibana(
      plugins,
      loadWith(given),
      ask,
      notifications,
      new BrowserIntegrations()
    )({ application } as CoreStart);
    tables.register({
      id: 'securitySolution-alerts-page',
      columns: [],
      useBulkActions: () => [{ id: 0, items: [] }],
      useActionsColumn: () => ({ renderCustomActionsRow: () => createElement('span') }),
    });
    const table = tables.get('securitySolution-alerts-page');
    const alerts = [{ _id: 'a1', data: [], ecs: { _id: 'a1' } }];
    const nothing = () => {};
    return {
      isolate: () => {
        const [item] = table.useBulkActions!(undefined)[0]!.items!;
        item!.onClick!(alerts, false, nothing, nothing, nothing);
      },
      row: () =>
        table.useActionsColumn!(undefined as never).renderCustomActionsRow({
          ecsAlert: { _id: 'a1', _index: 'i' },
        } as never),
      Tab: tab!.component,
    };
  }

  it('is reported in a toast after each click', async () => {
    const { isolate } = extend(services);
    isolate();
    await waitFor(() => expect(shown).toEqual([NOT_LOADED]));
    isolate();
    await waitFor(() => expect(shown).toEqual([NOT_LOADED, NOT_LOADED]));
  });

  it('is loaded again after the next click', async () => {
    const given = fakeServices({
      api: { alertsHosts: async () => ({ hosts: [], withoutAgent: ['a1'], notFound: [] }) },
    });
    let isAway = true;
    const { isolate } = extend(async () => {
      if (isAway) throw new Error('Loading failed');
      return given;
    });
    isolate();
    await waitFor(() => expect(shown).toEqual([NOT_LOADED]));
    expect(given.overlays).toEqual([]);
    isAway = false;
    isolate();
    await screen.findByText('Isolate the hosts of the selected alerts');
    expect(shown).toHaveLength(1);
  });

  it("is reported for Discover's tab, which the user opened", async () => {
    const { Tab } = extend(services);
    render(createElement(Tab, { hit: {} } as never));
    await waitFor(() => expect(shown).toEqual([NOT_LOADED]));
  });

  it('is not loaded for the icons in a table, and is reported when the user clicks one', async () => {
    const given = jest.fn(services);
    const { row } = extend(given);
    render(createElement('div', null, row()));
    const icon = screen.getByRole('button', { name: 'Show SentinelOne host' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(given).not.toHaveBeenCalled();
    expect(ask).not.toHaveBeenCalled();
    fireEvent.click(icon);
    expect(ask.mock.calls).toEqual([[{ alertId: 'a1' }]]);
    await waitFor(() => expect(shown).toEqual([NOT_LOADED]));
  });
});
