import type { DataTableRecord, DocView } from '@kbn/unified-doc-viewer-plugin/public';
import {
  DATA_STREAMS,
  ID_FIELDS,
  isFromSentinelOne,
  UUID_FIELDS,
} from '../../common/hosts/data_streams';
import { contextOfDocument } from './doc_view_tab';
import { addDocViewerTab, namesAgent } from './doc_viewer';

const Tab = () => null;
const hit = (flattened: Record<string, unknown>) => ({ flattened }) as unknown as DataTableRecord;

function registered(isOffered = () => true): DocView {
  const views: DocView[] = [];
  addDocViewerTab({ addDocView: (view) => views.push(view) }, { isOffered, Tab });
  expect(views).toHaveLength(1);
  return views[0]!;
}

it('registers the tab after the table and JSON', () => {
  expect(registered()).toMatchObject({ title: 'SentinelOne', component: Tab });
  expect(registered().order).toBeGreaterThan(20);
});

const ID = '1834780238610855645';

/** Whether the tab finds an agent in the document when it is shown. */
const findsAgent = (flattened: Record<string, unknown>): boolean => {
  const { agentUuid, agentId } = contextOfDocument({ raw: { _index: 'i' }, flattened } as never);
  return (agentUuid ?? agentId) !== undefined;
};

it.each([
  ['an agent UUID', { 'observer.serial_number': ['0efd7bcf'] }],
  [
    'an agent UUID in an index without its module and dataset',
    { 'observer.serial_number': '0efd7bcf', 'event.module': 'httpjson' },
  ],
  ['an alert of an agent', { 'sentinel_one.alert.agent.id': ID }],
  ['a threat of an agent', { 'sentinel_one.threat.agent.id': [ID] }],
  ['a host of the module', { 'host.id': ID, 'event.module': ['sentinel_one'] }],
  ['an agent, by its dataset', { 'host.id': [ID], 'event.dataset': ['sentinel_one.agent'] }],
  ['a threat event', { 'sentinel_one.threat_event.agent.uuid': ['0efd7bcf'] }],
  ['an agent of the stream of agents', { 'sentinel_one.agent.uuid': ['0efd7bcf'] }],
  ['an activity of an agent', { 'sentinel_one.activity.agent.id': [ID] }],
  ['an application on a host', { 'sentinel_one.application.endpoint_uuid': ['0efd7bcf'] }],
  ['an asset of a unified alert', { 'sentinel_one.unified_alert.assets.agent_uuid': ['0efd'] }],
  ['an event of Cloud Funnel', { 'sentinel_one_cloud_funnel.event.agent.uuid': ['0efd7bcf'] }],
  [
    'the risk of an application',
    { 'host.id': [ID], 'event.dataset': ['sentinel_one.application_risk'] },
  ],
  ['an agent, by its stream', { 'host.id': ID, 'data_stream.dataset': 'sentinel_one.agent' }],
])('is shown for a document with %s, and finds it', (_, flattened) => {
  expect(registered().shouldShow!(hit(flattened))).toBe(true);
  expect(findsAgent(flattened)).toBe(true);
});

it.each([
  ['no agent', { 'host.name': 'web-1', 'host.id': '12' }],
  ['a host of another module', { 'host.id': ID, 'event.module': 'endpoint' }],
  [
    'a host of a similar dataset',
    { 'host.id': ID, 'event.dataset': 'sentinel_one_cloud_funnel.x' },
  ],
  ['only a name', { 'event.module': 'sentinel_one', 'host.name': 'web-1' }],
  ['an empty field', { 'observer.serial_number': null }],
  ['nothing', {}],
])('is not shown for a document with %s', (_, flattened) => {
  expect(registered().shouldShow!(hit(flattened))).toBe(false);
  expect(findsAgent(flattened)).toBe(false);
});

it('is not shown to users who may not view hosts', () => {
  const document = hit({ 'observer.serial_number': 'x' });
  expect(registered(() => false).shouldShow!(document)).toBe(false);
});

it('supports the registry of later versions', () => {
  const views: DocView[] = [];
  const registry = { add: (view: DocView) => views.push(view) };
  addDocViewerTab({ registry }, { isOffered: () => true, Tab });
  expect(views.map(({ id }) => id)).toEqual(['sentineloneResponse']);
});

it('reports a viewer without support for tabs, and throws if the id is already used', () => {
  const ports = { isOffered: () => true, Tab };
  expect(addDocViewerTab(undefined, ports)).toBeUndefined();
  expect(addDocViewerTab({}, ports)).toBe(false);
  const addDocView = () => {
    throw new Error('taken');
  };
  expect(() => addDocViewerTab({ addDocView }, ports)).toThrow('taken');
});

it('is not shown for an unexpected document', () => {
  jest.spyOn(console, 'debug').mockImplementation(() => {});
  expect(registered().shouldShow!({} as DataTableRecord)).toBe(false);
  jest.restoreAllMocks();
});

describe('whether a document identifies an agent', () => {
  it.each([...UUID_FIELDS, ...ID_FIELDS.filter(isFromSentinelOne)])(
    'agrees with the table about %s',
    (field) => expect(namesAgent({ [field]: 'x' })).toBe(true)
  );

  it('agrees with the table about the id of the host in the documents of the integration', () => {
    for (const { datasets, id } of DATA_STREAMS) {
      for (const dataset of datasets) {
        if (!(id as readonly string[]).includes('host.id')) continue;
        expect(namesAgent({ 'host.id': 'x', 'event.dataset': dataset })).toBe(true);
      }
    }
    expect(namesAgent({ 'host.id': 'x', 'event.dataset': 'system.auth' })).toBe(false);
  });

  it('shows no tab for other ids in the documents of SentinelOne', () => {
    for (const field of [
      'sentinel_one.alert.agent.site_id',
      'sentinel_one.threat.agent.group.id',
      'sentinel_one.agent.account.id',
      'sentinel_one.site.id',
      'sentinel_one.unified_alert.assets.id',
      'sentinel_one_cloud_funnel.event.process_unique_key',
    ]) {
      expect(namesAgent({ [field]: 'x' })).toBe(false);
    }
  });
});
