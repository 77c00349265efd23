import type { ISavedObjectsRepository } from '@kbn/core/server';
import { joinedWrites, separateWrites } from './joined_writes';

interface Sent {
  readonly ids: readonly string[];
  readonly options: unknown;
}

/** A repository whose objects named `taken` exist, and that fails as a whole for one named `broken`. */
function environment() {
  const sent: Sent[] = [];
  const repository = {
    bulkCreate: async (objects: ReadonlyArray<{ id: string; type: string }>, options: unknown) => {
      const ids = objects.map(({ id }) => id);
      sent.push({ ids, options });
      if (ids.includes('broken')) throw new Error('no shards');
      return {
        saved_objects: objects.map(({ id, type }) => ({
          ...{ id, type },
          ...(id === 'taken' ? { error: { statusCode: 409, message: 'conflict' } } : {}),
        })),
      };
    },
  } as unknown as ISavedObjectsRepository;
  return { repository, sent };
}
const object = (id: string, version?: string) => ({
  ...{ type: 't', id, attributes: {} },
  ...(version === undefined ? {} : { version }),
});
const create = { kind: 'create' } as const;
const replace = { kind: 'replace' } as const;
const inOps = { kind: 'new', namespace: 'ops' } as const;

it('sends writes of one turn together, each with its own results', async () => {
  const { repository, sent } = environment();
  const write = joinedWrites(repository);
  const [locks, record] = await Promise.all([
    write([object('lock'), object('taken')], create),
    write([object('record')], inOps),
  ]);
  const options = { namespace: 'ops', overwrite: false, refresh: false };
  expect(sent).toEqual([{ ids: ['lock', 'taken', 'record'], options }]);
  expect(locks.map(({ id, error }) => [id, error?.statusCode])).toEqual([
    ['lock', undefined],
    ['taken', 409],
  ]);
  expect(record.map(({ id }) => id)).toEqual(['record']);
});

it('never lets an object that must not exist replace one', async () => {
  const { repository, sent } = environment();
  const write = joinedWrites(repository);
  await Promise.all([
    write([object('old', 'v1')], replace),
    write([object('fresh')], create),
    write([object('record')], inOps),
  ]);
  expect(sent).toEqual([
    { ids: ['fresh', 'record'], options: { namespace: 'ops', overwrite: false, refresh: false } },
    { ids: ['old'], options: { overwrite: true, refresh: false } },
  ]);
});

it('sends what is new with what is replaced if nothing else is written', async () => {
  const { repository, sent } = environment();
  const write = joinedWrites(repository);
  await Promise.all([write([object('old', 'v1')], replace), write([object('record')], inOps)]);
  const options = { namespace: 'ops', overwrite: true, refresh: false };
  expect(sent).toEqual([{ ids: ['old', 'record'], options }]);
});

it('sends later writes separately, and rejects all writes of a request that failed', async () => {
  const { repository, sent } = environment();
  const write = joinedWrites(repository);
  const failed = await Promise.allSettled([
    write([object('broken')], create),
    write([object('record')], inOps),
  ]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await write([object('lock')], create);
  expect(sent.map(({ ids }) => ids)).toEqual([['broken', 'record'], ['lock']]);
});

it.each([
  ['joined', joinedWrites],
  ['separate', separateWrites],
])(
  'never replaces an object of an unknown version, and sends nothing for nothing: %s',
  async (_, of) => {
    const { repository, sent } = environment();
    const write = of(repository);
    await expect(write([object('old')], replace)).rejects.toThrow('version');
    expect(await write([], create)).toEqual([]);
    expect(sent).toEqual([]);
  }
);
