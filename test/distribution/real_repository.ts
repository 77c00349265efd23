/**
 * Run as a program of its own, with a Kibana distribution's folder as argument and calls (JSON) on standard input: makes
 * them on Kibana's own saved objects repository over a small Elasticsearch in memory, and prints what each of them sent.
 */
import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { answersOf, TYPES, type RepositoryCall } from './repository_calls';
import { standIn, type Bag } from './stand_in';

const home = process.argv[2];
if (home === undefined) throw new Error('The folder of a Kibana distribution is missing');
const requireFromKibana = createRequire(join(home, 'package.json'));

interface Document {
  readonly source: Bag;
  readonly seqNo: number;
}

/** As much of Elasticsearch as the calls need; `sent` has the names of the requests. */
function elasticsearch() {
  const sent: string[] = [];
  const documents = new Map<string, Document>();
  let lastSeqNo = 0;
  const headers = { 'x-elastic-product': 'Elasticsearch' };
  const failure = (status: number): Error => {
    const { errors } = requireFromKibana('@elastic/elasticsearch');
    return new errors.ResponseError({
      statusCode: status,
      body: { error: { type: 'version_conflict_engine_exception', reason: 'conflict' } },
      headers,
      warnings: [],
      meta: {},
    });
  };
  const hit = (id: string): Bag => {
    const found = documents.get(id);
    if (found === undefined) return { _id: id, found: false };
    const { source, seqNo } = found;
    return { _id: id, found: true, _source: source, _seq_no: seqNo, _primary_term: 1 };
  };
  /** The status: 201, or 409 for a conflict. */
  const put = (id: string, source: Bag, isNew: boolean, expected?: number): Bag => {
    const found = documents.get(id);
    const isConflict = isNew
      ? found !== undefined
      : expected !== undefined && found?.seqNo !== expected;
    if (isConflict) {
      const error = { type: 'version_conflict_engine_exception', reason: 'conflict' };
      return { _id: id, status: 409, error };
    }
    lastSeqNo += 1;
    documents.set(id, { source, seqNo: lastSeqNo });
    return { _id: id, status: 201, _seq_no: lastSeqNo, _primary_term: 1 };
  };
  const one = (id: string, body: Bag, isNew: boolean, expected?: number): Bag => {
    const written = put(id, body, isNew, expected);
    if (written.status === 409) throw failure(409);
    return written;
  };
  const apis: Record<string, (params: Bag) => Bag> = {
    get: ({ id }) => hit(id),
    mget: ({ body }) => ({ docs: body.docs.map(({ _id }: Bag) => hit(_id)) }),
    create: ({ id, body }) => one(id, body, true),
    index: ({ id, body, if_seq_no: expected }) => one(id, body, false, expected),
    delete: ({ id }) => ({ result: documents.delete(id) ? 'deleted' : 'not_found' }),
    updateByQuery: () => ({}),
    search: () => ({ hits: { total: 0, hits: [] } }),
    bulk: ({ body }) => {
      const items: Bag[] = [];
      const lines = [...(body as Bag[])];
      while (lines.length > 0) {
        const [[name, operation]] = Object.entries(lines.shift()!) as [[string, Bag]];
        if (name === 'delete') {
          items.push({ delete: { status: documents.delete(operation._id) ? 200 : 404 } });
          continue;
        }
        const source = lines.shift()!;
        items.push({ [name]: put(operation._id, source, name === 'create', operation.if_seq_no) });
      }
      return { items };
    },
  };
  const client = Object.fromEntries(
    Object.entries(apis).map(([name, answer]) => [
      name,
      async (params: Bag, options: Bag = {}) => {
        sent.push(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
        const body = answer(params);
        const statusCode = body.found === false || body.result === 'not_found' ? 404 : 200;
        return options.meta === true ? { body, statusCode, headers } : body;
      },
    ])
  );
  return { client, taken: () => sent.splice(0) };
}

async function main(): Promise<void> {
  const calls: readonly RepositoryCall[] = JSON.parse(readFileSync(0, 'utf8'));
  const base = requireFromKibana('@kbn/core-saved-objects-base-server-internal');
  const api = requireFromKibana('@kbn/core-saved-objects-api-server-internal');
  const registry = new base.SavedObjectTypeRegistry();
  for (const type of TYPES) {
    registry.registerType({
      ...type,
      hidden: false,
      mappings: { dynamic: false, properties: {} },
      migrations: {},
    });
  }
  const { client, taken } = elasticsearch();
  const migrator = {
    getActiveMappings: () => ({ properties: {} }),
    migrateDocument: (document: Bag) => document,
    runMigrations: async () => undefined,
    kibanaVersion: '8.12.2',
  };
  const repository = api.SavedObjectsRepository.createRepository(
    ...[migrator, registry, '.kibana', client, standIn(), []]
  );
  const answers = await answersOf(repository, calls, taken);
  process.stdout.write(JSON.stringify(answers), () => process.exit(0));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
