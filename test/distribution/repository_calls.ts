import type { Bag } from './stand_in';

/** Calls of a saved objects repository, each with what it sends to Elasticsearch: for Kibana's own and the workbench's. */

/** Types by how they belong to spaces. */
export const TYPES = [
  { name: 'single', namespaceType: 'single' },
  { name: 'isolated', namespaceType: 'multiple-isolated' },
  { name: 'agnostic', namespaceType: 'agnostic' },
] as const;

type TypeName = (typeof TYPES)[number]['name'];

/** In the arguments, the version of the first object that the call of this number returned. */
const VERSION = '$version:';
const versionOf = (call: number): string => `${VERSION}${call}`;

export interface RepositoryCall {
  readonly title: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

export interface CallAnswer {
  /** Names of the APIs, such as `mget`, in their order. */
  readonly requests: readonly string[];
  /** The status of each object, or of the call as a whole. */
  readonly statuses: readonly number[];
}

/** The calls with objects of one type; numbers of versions count from the first of them. */
function callsOf(type: TypeName): readonly RepositoryCall[] {
  const [first, second] = [`${type}-1`, `${type}-2`];
  const object = (id: string, more: object = {}) => ({ type, id, attributes: { a: 1 }, ...more });
  const quiet = { refresh: false };
  const over = { ...quiet, overwrite: true };
  const call = (title: string, method: string, ...args: unknown[]): RepositoryCall => ({
    title: `${type}: ${title}`,
    method,
    args,
  });
  return [
    call('bulkCreate', 'bulkCreate', [object(first), object(second)], quiet),
    call('bulkCreate of what exists', 'bulkCreate', [object(first)], quiet),
    call('bulkCreate by version', 'bulkCreate', [object(first, { version: versionOf(0) })], over),
    call(
      'bulkCreate by an old one',
      'bulkCreate',
      [object(first, { version: versionOf(0) })],
      over
    ),
    call('bulkCreate without an id', 'bulkCreate', [{ type, attributes: {} }], quiet),
    call('create', 'create', type, { a: 1 }, { ...quiet, id: `${type}-3` }),
    call('create over it', 'create', type, { a: 2 }, { ...over, id: `${type}-3` }),
    call('get', 'get', type, first),
    call('get of nothing', 'get', type, 'nothing'),
    call('bulkGet', 'bulkGet', [
      { type, id: first },
      { type, id: 'nothing' },
    ]),
    call('update', 'update', type, first, { a: 3 }, quiet),
    call('bulkUpdate', 'bulkUpdate', [{ type, id: first, attributes: { a: 4 } }], quiet),
    call('find', 'find', { type }),
    call('delete', 'delete', type, second, quiet),
    call('bulkDelete', 'bulkDelete', [{ type, id: first }], quiet),
  ];
}

export const CALLS: readonly RepositoryCall[] = TYPES.flatMap(({ name }) => callsOf(name));

const statusIn = (error: Bag): number => error.output?.statusCode ?? error.statusCode ?? 500;

/** Makes the calls one after the other; `taken` returns the names of the requests since it was last called. */
export async function answersOf(
  repository: Bag,
  calls: readonly RepositoryCall[],
  taken: () => readonly string[]
): Promise<readonly CallAnswer[]> {
  const answers: CallAnswer[] = [];
  const results: Bag[] = [];
  const perType = calls.length / TYPES.length;
  for (const [n, { method, args }] of calls.entries()) {
    const begin = n - (n % perType);
    const text = JSON.stringify(args, (_, value: unknown) => {
      if (typeof value !== 'string' || !value.startsWith(VERSION)) return value;
      return results[begin + Number(value.slice(VERSION.length))]?.saved_objects[0].version;
    });
    taken();
    let statuses: readonly number[];
    let result: Bag = {};
    try {
      result = (await repository[method](...JSON.parse(text))) as Bag;
      const objects: readonly Bag[] = result.saved_objects ?? result.statuses ?? [{}];
      statuses = objects.map(({ error }) => (error === undefined ? 200 : statusIn(error)));
    } catch (error) {
      statuses = [statusIn(error as Bag)];
    }
    results.push(result);
    answers.push({ requests: taken(), statuses });
  }
  return answers;
}
