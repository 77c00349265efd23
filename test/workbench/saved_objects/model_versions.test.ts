import type { SavedObjectsModelVersionMap, SavedObjectsType } from '@kbn/core/server';
import { Encryption } from './encryption';
import { memoryStore } from './memory_store';
import { createSavedObjects } from './saved_objects_service';

const keyword = { type: 'keyword' } as const;
const typeOf = (
  modelVersions: SavedObjectsModelVersionMap,
  properties: object
): SavedObjectsType => ({
  name: 'note',
  hidden: false,
  namespaceType: 'agnostic',
  mappings: { dynamic: false, properties: properties as { text: typeof keyword } },
  modelVersions,
});
const FIRST = typeOf({ 1: { changes: [] } }, { text: keyword });
const ADDED = {
  type: 'mappings_addition',
  addedMappings: { color: { properties: { name: keyword } } },
} as const;
const BOTH = { text: keyword, color: { properties: { name: keyword } } };

const start = (store: ReturnType<typeof memoryStore>, type: SavedObjectsType) => {
  const service = createSavedObjects({
    store,
    encryption: new Encryption('a test'),
    knownSpaces: ['default'],
    spaceIdOf: () => 'default',
    has: () => true,
  });
  service.registerType(type);
  service.migrate();
  return service.start.createInternalRepository();
};

const second = (forwardCompatibility?: (a: Record<string, unknown>) => Record<string, unknown>) =>
  typeOf(
    {
      1: { changes: [], ...(forwardCompatibility && { schemas: { forwardCompatibility } }) },
    },
    { text: keyword }
  );

it('fills in the fields of a later version, and states the version of a document', async () => {
  const store = memoryStore();
  await start(store, FIRST).create('note', { text: 'old', kept: [1] }, { id: '1' });
  const later = typeOf(
    {
      1: { changes: [] },
      2: { changes: [ADDED] },
      3: {
        changes: [
          {
            type: 'data_backfill',
            backfillFn: ({ attributes }) => ({
              attributes: { color: { name: `of ${(attributes as { text: string }).text}` } },
            }),
          },
        ],
      },
    },
    BOTH
  );
  const repository = start(store, later);
  const found = await repository.get('note', '1');
  expect(found).toMatchObject({
    typeMigrationVersion: '10.3.0',
    attributes: { text: 'old', kept: [1], color: { name: 'of old' } },
  });
  // It is stored like that: a search for what was filled in finds it.
  const search = { type: 'note', filter: 'note.attributes.color.name: "of old"' };
  expect((await repository.find(search)).total).toBe(1);
});

it('reads a document of a later version, keeps the fields that its own schema keeps, and writes its own version', async () => {
  const later = typeOf({ 1: { changes: [] }, 2: { changes: [ADDED] } }, BOTH);
  for (const [known, color] of [
    [undefined, { name: 'red' }],
    [({ text }: Record<string, unknown>) => ({ text }), undefined],
  ] as const) {
    const store = memoryStore();
    await start(store, later).create('note', { text: 'new', color: { name: 'red' } }, { id: '1' });
    const earlier = start(store, second(known));
    const found = await earlier.get('note', '1');
    expect(found).toMatchObject({ typeMigrationVersion: '10.1.0' });
    expect((found.attributes as { color?: object }).color).toEqual(color);
    await earlier.update('note', '1', { text: 'changed' });
    const again = await start(store, later).get('note', '1');
    expect(again.attributes).toEqual({ text: 'changed', ...(color && { color }) });
  }
});

it.each<[string, SavedObjectsModelVersionMap, object, RegExp]>([
  ['a gap', { 1: { changes: [] }, 3: { changes: [] } }, BOTH, /missing versions: 2/],
  ['no first', { 2: { changes: [] } }, BOTH, /must start with version 1/],
  ['a mapping that is nowhere else', { 1: { changes: [ADDED] } }, { text: keyword }, /not present/],
  [
    'a mapping that is another elsewhere',
    { 1: { changes: [ADDED] } },
    { color: { properties: { name: { type: 'text' } } } },
    /differs/,
  ],
  [
    'changes that it does not know',
    { 1: { changes: [{ type: 'data_removal' } as never] } },
    BOTH,
    /not in the workbench/,
  ],
])('does not start with %s', (_, versions, properties, message) => {
  expect(() => start(memoryStore(), typeOf(versions, properties))).toThrow(message);
});
