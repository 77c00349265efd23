import { storeSpaces } from '../../test/workbench/spaces/space_saved_objects';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { ONLY_DEFAULT_SPACE, rememberedSpaces, savedObjectSpaces } from './kibana_spaces';

const spaceOf = (id: string) => ({ id, name: 'A space', disabledFeatures: [] });

it('finds new spaces at once, and always the default space', async () => {
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

it('reads all spaces, regardless of their number', async () => {
  const repository = testRepository();
  const ids = Array.from({ length: 2_345 }, (_, n) => `space-${n}`);
  await storeSpaces(repository, ids.map(spaceOf));
  const all = await savedObjectSpaces(repository).all();
  expect([...all].sort()).toEqual(['default', ...ids].sort());
});

it('does not treat an error as a missing space', async () => {
  const repository = {
    ...testRepository(),
    get: async () => {
      throw new Error('no shards');
    },
  };
  await expect(savedObjectSpaces(repository).exists('ops')).rejects.toThrow('no shards');
});

it('has only the default space if Kibana runs without spaces', async () => {
  expect(await ONLY_DEFAULT_SPACE.exists('default')).toBe(true);
  expect(await ONLY_DEFAULT_SPACE.exists('ops')).toBe(false);
  expect(await ONLY_DEFAULT_SPACE.all()).toEqual(['default']);
});

it('reads each space once with a cache', async () => {
  const exists = jest.fn(async (spaceId: string) => spaceId === 'default');
  const remembered = rememberedSpaces({ exists, all: async () => [] });
  for (const spaceId of ['default', 'ops', 'default', 'ops']) {
    expect(await remembered.exists(spaceId)).toBe(spaceId === 'default');
  }
  expect(exists).toHaveBeenCalledTimes(2);
});
