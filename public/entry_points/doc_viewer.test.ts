import type { DataTableRecord, DocView } from '@kbn/unified-doc-viewer-plugin/public';
import { addDocViewerTab } from './doc_viewer';

const Tab = () => null;
const hit = (flattened: Record<string, unknown>) => ({ flattened }) as unknown as DataTableRecord;

function registered(isOffered = () => true): DocView {
  const views: DocView[] = [];
  addDocViewerTab({ addDocView: (view) => views.push(view) }, { isOffered, Tab });
  expect(views).toHaveLength(1);
  return views[0]!;
}

it('registers the tab behind the table and JSON', () => {
  expect(registered()).toMatchObject({ title: 'SentinelOne', component: Tab });
  expect(registered().order).toBeGreaterThan(20);
});

it.each([
  ['an agent UUID', { 'observer.serial_number': ['0efd7bcf'] }],
  ['an alert of an agent', { 'sentinel_one.alert.agent.id': '1834780238610855645' }],
  ['a threat of an agent', { 'sentinel_one.threat.agent.id': ['1834780238610855645'] }],
])('is there for a document with %s', (_, flattened) => {
  expect(registered().shouldShow!(hit(flattened))).toBe(true);
});

it.each([
  ['no agent', { 'host.name': 'web-1', 'host.id': '12' }],
  ['an empty field', { 'observer.serial_number': null }],
  ['nothing', {}],
])('is not there for a document with %s', (_, flattened) => {
  expect(registered().shouldShow!(hit(flattened))).toBe(false);
});

it('is not there for people who may not see hosts', () => {
  const document = hit({ 'observer.serial_number': 'x' });
  expect(registered(() => false).shouldShow!(document)).toBe(false);
});

it("takes a later version's registry", () => {
  const views: DocView[] = [];
  const registry = { add: (view: DocView) => views.push(view) };
  addDocViewerTab({ registry }, { isOffered: () => true, Tab });
  expect(views.map(({ id }) => id)).toEqual(['sentineloneResponse']);
});

describe('is silent', () => {
  beforeEach(() => jest.spyOn(console, 'debug').mockImplementation(() => {}));
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['without a viewer', undefined],
    ['with one of another form', {}],
    [
      'with one that refuses',
      {
        addDocView: () => {
          throw new Error('taken');
        },
      },
    ],
  ])('%s', (_, viewer) => {
    expect(() => addDocViewerTab(viewer, { isOffered: () => true, Tab })).not.toThrow();
  });

  it('for a document that has another form', () => {
    expect(registered().shouldShow!({} as DataTableRecord)).toBe(false);
  });
});
