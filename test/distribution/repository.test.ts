import type { SavedObjectsType } from '@kbn/core/server';
import { ElasticsearchRequests } from '../workbench/elasticsearch/requests';
import { Encryption } from '../workbench/saved_objects/encryption';
import { memoryStore } from '../workbench/saved_objects/memory_store';
import { createSavedObjects } from '../workbench/saved_objects/saved_objects_service';
import { askKibana, KIBANA_HOME } from './distribution';
import { answersOf, CALLS, TYPES, type CallAnswer } from './repository_calls';
import type { Bag } from './stand_in';

/** The workbench's repository, and the requests that it counts. */
async function workbenchAnswers(): Promise<readonly CallAnswer[]> {
  const requests = new ElasticsearchRequests();
  const savedObjects = createSavedObjects({
    ...{ store: memoryStore(), requests, encryption: new Encryption('a test') },
    knownSpaces: ['default'],
    spaceIdOf: () => 'default',
    has: () => true,
  });
  for (const type of TYPES) {
    savedObjects.registerType({
      ...type,
      hidden: false,
      mappings: { dynamic: false, properties: {} },
    } as SavedObjectsType);
  }
  savedObjects.migrate();
  const repository = savedObjects.start.createInternalRepository() as unknown as Bag;
  let recorded = requests.record();
  return answersOf(repository, CALLS, () => {
    const names = recorded.map(({ name }) => name);
    recorded = requests.record();
    return names;
  });
}

/** What Kibana sends, as far as the product relies on it. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'single: bulkCreate': ['bulk'],
  'single: bulkCreate by version': ['bulk'],
  'agnostic: bulkCreate': ['bulk'],
  'agnostic: bulkCreate by version': ['bulk'],
  'isolated: bulkCreate': ['mget', 'bulk'],
  'single: update': ['get', 'index'],
  'agnostic: bulkUpdate': ['mget', 'bulk'],
};

it.each(Object.entries(EXPECTED))('%s sends %p', async (title, requests) => {
  const answers = await workbenchAnswers();
  expect(answers[CALLS.findIndex((call) => call.title === title)]?.requests).toEqual(requests);
});

if (KIBANA_HOME === undefined) {
  test.skip('requests of the saved objects repository: set KIBANA_HOME to an unpacked distribution', () => {});
} else {
  it('counts the requests that the saved objects repository of the Kibana in KIBANA_HOME sends', async () => {
    const real = await askKibana<readonly CallAnswer[]>('real_repository.ts', CALLS);
    const counted = await workbenchAnswers();
    const named = (answers: readonly CallAnswer[]) =>
      answers.map((answer, n) => [CALLS[n]!.title, answer.requests, answer.statuses]);
    expect(named(counted)).toEqual(named(real));
  }, 120_000);
}
