import type { CasesClient } from '@kbn/cases-plugin/server';
import type { ISavedObjectsRepository, KibanaRequest } from '@kbn/core/server';
import { SavedObjectsErrorHelpers } from '../../test/workbench/saved_objects/errors';
import { createCasesClient } from '../../test/workbench/cases/cases_client';
import {
  CASE_TYPE,
  caseSavedObjectTypes,
  COMMENT_TYPE,
  USER_ACTION_TYPE,
} from '../../test/workbench/cases/saved_object_types';
import { Encryption } from '../../test/workbench/saved_objects/encryption';
import { memoryStore } from '../../test/workbench/saved_objects/memory_store';
import { createSavedObjects } from '../../test/workbench/saved_objects/saved_objects_service';
import { CASES_OWNER } from '../../common/lib/constants';
import { attachToCases } from './attach_to_cases';
import { casesOfUser } from './cases_of_user';

/** A case that somebody else changes in the moment in which an action is attached to it. */

const ACTION = {
  actionId: 'a-1',
  action: 'isolate' as const,
  hosts: [{ name: 'web-7', agentId: '1001', outcome: 'requested' as const }],
};

/** Nobody waits; searches see what was written as long ago as it seems. */
let passed = 0;
const pass = async (ms: number) => void (passed += ms);
beforeEach(() => {
  const now = Date.now;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
});
afterEach(() => jest.restoreAllMocks());

async function caseWith({
  conflicts,
  mayDelete = true,
}: {
  conflicts: number;
  mayDelete?: boolean;
}) {
  const savedObjects = createSavedObjects({
    store: memoryStore(),
    encryption: new Encryption('a test'),
    knownSpaces: ['default'],
    spaceIdOf: () => 'default',
    has: () => true,
  });
  for (const type of caseSavedObjectTypes) savedObjects.registerType(type);
  savedObjects.migrate();
  const kept = savedObjects.start.createInternalRepository([
    CASE_TYPE,
    COMMENT_TYPE,
    USER_ACTION_TYPE,
  ]);
  let left = 0;
  const changed = (type: string, id: string): boolean =>
    type === CASE_TYPE && id !== '' && left-- > 0;
  const repository = Object.create(kept, {
    update: {
      value: async (...[type, id, ...rest]: Parameters<ISavedObjectsRepository['update']>) => {
        if (changed(type, id)) throw SavedObjectsErrorHelpers.createConflictError(type, id);
        return kept.update(type, id, ...rest);
      },
    },
  }) as ISavedObjectsRepository;
  const clientOf = (isAllowed: boolean) =>
    createCasesClient({
      repository,
      namespace: undefined,
      request: {} as KibanaRequest,
      username: 'analyst',
      may: (_, operation) => isAllowed || operation !== 'deleteComment',
      isRegistered: () => true,
    });
  const client = clientOf(mayDelete);
  const { id } = await client.cases.create({
    title: 'Busy',
    description: 'd',
    tags: [],
    connector: { id: 'none', name: 'none', type: '.none', fields: null },
    settings: { syncAlerts: false },
    owner: CASES_OWNER,
  });
  left = conflicts;
  const attach = (by = client, isRepeated = false) =>
    attachToCases(
      {
        cases: async () => casesOfUser(by as unknown as CasesClient, 'external_reference'),
        record: async () => {},
        sleep: (ms) => (ms >= 10_000 ? new Promise(() => {}) : pass(ms)),
        logger: { warn: () => {} },
      },
      ACTION,
      [id],
      { isRepeated }
    );
  /** What the case holds, and what its page shows of it. */
  const look = async () => {
    await pass(1_500);
    const held = (await client.attachments.getAll({ caseID: id })).map((one) => one.id);
    const { userActions } = await client.userActions.find({ caseId: id, params: {} });
    const shown = userActions.filter(
      ({ action, comment_id: commentId }) => action === 'create' && held.includes(commentId ?? '')
    );
    return { held: held.length, shown: shown.length };
  };
  return { id, attach, look, admin: clientOf(true) };
}

it.each([0, 1, 3])('contains and shows the action once after %s conflicts', async (conflicts) => {
  const { id, attach, look } = await caseWith({ conflicts });
  expect(await attach()).toEqual([{ caseId: id, attached: true, title: 'Busy' }]);
  expect(await look()).toEqual({ held: 1, shown: 1 });
});

it('is not reported as attached until the case shows it, and is shown after attaching it again', async () => {
  const { id, attach, look } = await caseWith({ conflicts: 4 });
  expect(await attach()).toEqual([{ caseId: id, attached: false, reason: 'unclear' }]);
  expect(await look()).toEqual({ held: 1, shown: 0 });
  expect(await attach(undefined, true)).toMatchObject([{ caseId: id, attached: true }]);
  expect(await look()).toEqual({ held: 1, shown: 1 });
  expect(await attach(undefined, true)).toEqual([{ caseId: id, attached: true }]);
  expect(await look()).toEqual({ held: 1, shown: 1 });
});

it('adds no second attachment for a user who may not delete, and reports that it is not shown', async () => {
  const { id, attach, look, admin } = await caseWith({ conflicts: 1, mayDelete: false });
  for (const isRepeated of [false, true]) {
    expect(await attach(undefined, isRepeated)).toEqual([
      { caseId: id, attached: false, reason: 'not_shown' },
    ]);
    expect(await look()).toEqual({ held: 1, shown: 0 });
  }
  expect(await attach(admin, true)).toMatchObject([{ caseId: id, attached: true }]);
  expect(await look()).toEqual({ held: 1, shown: 1 });
});
