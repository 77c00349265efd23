import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionSavedObjectType } from '../../server/response_actions/saved_object_types';
import { attachmentsOf, makeCase, titleOf } from '../helpers/cases';
import { BASE } from '../helpers/contract_suite';
import { idsOf } from '../helpers/hosts';
import { basic, expectOk, sendAs } from '../helpers/http';
import { RECORD_TYPE, type Target, type UserName } from '../helpers/target';
import { untilIs } from '../helpers/until';
import { createSimulator, type Simulator } from '../simulator/simulator';
import { startWorkbench, type Workbench } from '../workbench/host';
import { fileStore } from '../workbench/saved_objects/file_store';
import type { KibanaName } from '../workbench/versions/kibana_version';

/**
 * What is stored, taken from Kibana 8.12 to 8.19 and to 9.5: the workbench in the mode of each, one after the other, over
 * one store. An official Kibana cannot be upgraded here. Elastic's own migrations of other plugins are not part of it.
 */

jest.setTimeout(120_000);

const CONNECTOR = 'action';
const SETTINGS = 'sentinelone-response-protection-settings';
const SETTINGS_PATH = '/api/sentinelone_response/settings';
const PROTECTED = 'dc-upgrade-*';

let folder: string;
let simulator: Simulator;
let running: Workbench | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-upgrade-'));
  simulator = createSimulator({ settleMs: 200 });
  await simulator.start();
});
afterAll(async () => {
  await running?.stop();
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Stops the Kibana that runs, and starts one of another version over the same store. */
async function upgradeTo(kibana: KibanaName): Promise<void> {
  await running?.stop();
  running = undefined;
  running = await startWorkbench({ kibana, storeFolder: folder, simulatorUrl: simulator.url });
}
const ask = (user: UserName, method: string, path: string, body?: unknown) =>
  sendAs(running!.url, basic(user, user), method, path, { body });

/** What the helpers for cases need. */
const target = {
  request: (user, method, path, { body } = {}) => ask(user, method, path, body),
} as Target;

/** What lies in Kibana's index, by id. Read while no Kibana runs. */
function stored(type: string): ReadonlyMap<string, unknown> {
  const store = fileStore(folder);
  const found = store.all().filter(({ source }) => source.type === type);
  store.close();
  return new Map(found.map(({ id, source }) => [id, source[type]]));
}

/** Lets the time of an automatic release come while no Kibana runs: of its record, and of the task that sends it. */
function letReleaseBecomeDue(actionId: string): void {
  const store = fileStore(folder);
  const tasks = store.all().filter(({ source }) => source.type === 'task');
  for (const { id, source } of tasks) {
    const task = { ...(source.task as object), runAt: new Date().toISOString() };
    store.put(id, { ...source, task }, {}, true);
  }
  const found = store.all().find(({ id }) => id.includes(actionId))!;
  const record = found.source[RECORD_TYPE] as Record<string, unknown>;
  const past = new Date(Date.now() - 1_000).toISOString();
  const automaticRelease = { ...(record.automaticRelease as object), nextCheckAt: past };
  const changed = { ...record, releaseAt: past, automaticRelease };
  store.put(found.id, { ...found.source, [RECORD_TYPE]: changed }, {}, true);
  store.close();
}

const isolate = async (agentId: string, body: object = {}) => {
  const answer = await ask('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    hosts: [{ agentId }],
    comment: 'before the upgrade',
    ...body,
  });
  return expectOk(answer, 'isolate').json as { readonly actionId: string };
};
const record = async (actionId: string) =>
  expectOk(await ask('analyst', 'GET', `${BASE}/actions/${actionId}`), 'the record').json;
const ended = (actionId: string) =>
  untilIs(
    `the end of ${actionId}`,
    () => record(actionId),
    ({ state }) => state === 'ended'
  );

it('keeps records, settings, connectors and pending actions, without a migration', async () => {
  const [done, offline, timed, other] = simulator
    .agents()
    .filter(({ isActive, networkStatus }) => isActive && networkStatus === 'connected')
    .map(({ id }) => id) as [string, string, string, string];
  simulator.takeOffline(offline);

  await upgradeTo('8.12');
  const { id: caseId } = await makeCase(target, titleOf('Upgrade'));
  const first = await isolate(done, { caseIds: [caseId] });
  await ended(first.actionId);
  const open = await isolate(offline);
  const pending = await isolate(timed, { releaseAfterMinutes: 60 });
  await ended(pending.actionId);
  const protection = {
    protectedHosts: [{ field: 'name', pattern: PROTECTED }],
    commentRequired: true,
    maxHosts: 7,
  };
  expectOk(await ask('admin', 'PUT', SETTINGS_PATH, protection), 'PUT the settings');
  const before = await Promise.all([first, open, pending].map(({ actionId }) => record(actionId)));
  const writes = simulator.writes().map(idsOf);
  expect(writes).toEqual([[done], [offline], [timed]]);

  for (const version of ['8.19', '9.1'] as const) {
    await upgradeTo(version);
    // Everything is read as the version before had it, but for the times of the latest check.
    for (const earlier of before) {
      const { updatedAt: _, ...rest } = earlier as { readonly updatedAt: string };
      expect([version, await record(earlier.actionId)]).toMatchObject([version, rest]);
    }
    expect((await ask('admin', 'GET', SETTINGS_PATH)).json).toMatchObject(protection);
    const connectors = await ask('admin', 'GET', '/api/actions/connectors');
    expect(connectors.json).toHaveLength(1);
    const tested = await ask('admin', 'GET', `${BASE}/setup`);
    expect(tested.json.kibanaVersion).toMatch(new RegExp(`^${version.replace('.', '\\.')}\\.`));
    // The token is read with the key that it was stored with.
    expect(tested.json.connection.value.checks[0]).toMatchObject({ status: 'ok' });
  }
  const connectors = stored(CONNECTOR);
  const tasks = [...stored('task').keys()].sort();
  await running!.stop();
  running = undefined;
  letReleaseBecomeDue(pending.actionId);

  await upgradeTo('9.5');
  simulator.bringOnline(offline);
  expect((await ended(open.actionId)).hosts).toMatchObject([{ agentId: offline, outcome: 'done' }]);
  const released = await untilIs(
    'the automatic release',
    () => record(pending.actionId),
    ({ automaticRelease }) => automaticRelease.state === 'ended'
  );
  expect(released.automaticRelease).toMatchObject({ outcome: 'done' });
  await untilIs(
    'the release in SentinelOne',
    async () => simulator.agent(timed).networkStatus,
    (status) => status === 'connected'
  );
  // Nothing was sent twice, and only the release that was due.
  expect(simulator.writes().map(idsOf)).toEqual([...writes, [timed]]);
  // Kibana 9.5.1 and later do not show what earlier versions attached to a case. Attached again, it is there once more.
  expect((await attachmentsOf(target, caseId)).map(({ form }) => form)).toEqual([
    'external_reference',
  ]);
  for (let n = 0; n < 2; n++) {
    const again = await ask('analyst', 'POST', `${BASE}/actions/${first.actionId}/_attach`, {
      caseIds: [caseId],
    });
    expect(again.json.caseAttachments).toMatchObject([{ caseId, attached: true }]);
  }
  expect(
    (await attachmentsOf(target, caseId)).map(({ form, actionId }) => [form, actionId])
  ).toEqual([
    ['external_reference', first.actionId],
    ['unified', first.actionId],
  ]);
  // New actions work beside the old ones.
  await ended((await isolate(other)).actionId);
  expect(simulator.writes().map(idsOf)).toEqual([...writes, [timed], [other]]);
  await running!.stop();
  running = undefined;

  expect(stored(CONNECTOR)).toEqual(connectors);
  expect([...stored('task').keys()].sort()).toEqual(tasks);
  expect(stored(SETTINGS).size).toBe(1);
  const store = fileStore(folder);
  const records = store.all().filter(({ source }) => source.type === RECORD_TYPE);
  store.close();
  const latest = Object.keys(actionSavedObjectType.modelVersions as object).length;
  expect(new Set(records.map(({ source }) => source.typeMigrationVersion))).toEqual(
    new Set([`10.${latest}.0`])
  );
});
