import { storeSpaces } from '../../test/workbench/spaces/space_saved_objects';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { ONLY_DEFAULT_SPACE, rememberedSpaces, savedObjectSpaces } from './kibana_spaces';

const spaceOf = (id: string) => ({ id, name: 'A space', disabledFeatures: [] });

it('knows the spaces that Kibana has stored, at once, and the default one always', async () => {
  const repository = testRepository();
  const spaces = savedObjectSpaces(repository);
  expect(await spaces.exists('default')).toBe(true);
  expect(await spaces.exists('ops')).toBe(false);
  expect(await spaces.all()).toEqual(['default']);
  await storeSpaces(repository, [spaceOf('default'), spaceOf('ops')]);
  expect(await spaces.exists('ops')).toBe(true);
  expect(await spaces.exists('OPS')).toBe(false);
  expect(await spaces.all()).toEqual(['default', 'ops']);
  await repository.delete('space', 'ops');
  expect(await spaces.exists('ops')).toBe(false);
});

it('reads all of them, however many there are', async () => {
  const repository = testRepository();
  const ids = Array.from({ length: 2_345 }, (_, n) => `space-${n}`);
  await storeSpaces(repository, ids.map(spaceOf));
  const all = await savedObjectSpaces(repository).all();
  expect([...all].sort()).toEqual(['default', ...ids].sort());
});

it('does not take an error for a space that is missing', async () => {
  const repository = {
    ...testRepository(),
    get: async () => {
      throw new Error('no shards');
    },
  };
  await expect(savedObjectSpaces(repository).exists('ops')).rejects.toThrow('no shards');
});

it('knows the default space only where Kibana runs without spaces', async () => {
  expect(await ONLY_DEFAULT_SPACE.exists('default')).toBe(true);
  expect(await ONLY_DEFAULT_SPACE.exists('ops')).toBe(false);
  expect(await ONLY_DEFAULT_SPACE.all()).toEqual(['default']);
});

it('asks once about each space where that is remembered', async () => {
  const exists = jest.fn(async (spaceId: string) => spaceId === 'default');
  const remembered = rememberedSpaces({ exists, all: async () => [] });
  for (const spaceId of ['default', 'ops', 'default', 'ops']) {
    expect(await remembered.exists(spaceId)).toBe(spaceId === 'default');
  }
  expect(exists).toHaveBeenCalledTimes(2);
});
