import fc from 'fast-check';
import { recordedAttachments, type CaseAttachment } from '../../common/actions/case_attachment';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { sortKeyOf, type ActionRecord } from '../../common/actions/record';
import { savedObjectRecordStore } from '../response_actions/record_store';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { savedObjectCaseAttachments } from './attach_to_cases';

const AT = '2024-07-03T03:45:00.000Z';
const recordOf = (group: number, groups: number): ActionRecord => ({
  actionId: 'a-1',
  group,
  groups,
  sortKey: sortKeyOf(AT, 'a-1', group),
  action: 'isolate',
  state: 'requested',
  connectorId: 'c',
  tenant: 'https://example.sentinelone.net',
  actor: { username: 'analyst', authentication: 'realm' },
  comment: '',
  alertIds: [],
  caseIds: ['c1', 'c2'],
  requestedAt: AT,
  updatedAt: AT,
  hosts: [],
});

async function stored(groups: number) {
  const repository = testRepository();
  const records = savedObjectRecordStore(repository, undefined);
  const made = await records.create(
    Array.from({ length: groups }, (_, group) => recordOf(group, groups))
  );
  return {
    repository,
    records,
    made,
    attachments: savedObjectCaseAttachments(repository, undefined),
    recorded: async () => (await records.get('a-1')).map((one) => one.caseAttachments),
  };
}

it('stores the newest result for each case in every group of the action, without titles', async () => {
  const { attachments, recorded } = await stored(2);
  await attachments.add('a-1', [
    { caseId: 'c1', attached: true, title: 'Insider' },
    { caseId: 'c2', attached: false, reason: 'forbidden' },
  ]);
  const first = [
    { caseId: 'c1', attached: true },
    { caseId: 'c2', attached: false, reason: 'forbidden' },
  ];
  expect(await recorded()).toEqual([first, first]);
  await attachments.add('a-1', [{ caseId: 'c2', attached: true, title: 'Leaver' }]);
  const second = [first[0], { caseId: 'c2', attached: true }];
  expect(await recorded()).toEqual([second, second]);
});

it('keeps concurrent changes to the record', async () => {
  const { repository, records, made, attachments, recorded } = await stored(1);
  const original = repository.update.bind(repository);
  let conflicts = 0;
  jest.spyOn(repository, 'update').mockImplementation(async (type, id, changes, options) => {
    if ('caseAttachments' in (changes as object) && conflicts++ < 2) {
      // Somebody else is quicker, twice.
      await original(type, id, { comment: `changed ${conflicts}` }, {});
    }
    return original(type, id, changes, options);
  });
  await attachments.add('a-1', [{ caseId: 'c1', attached: true }]);
  expect(conflicts).toBe(3);
  const [record] = await records.get('a-1');
  expect(record).toMatchObject({ comment: 'changed 2', caseIds: ['c1', 'c2'] });
  expect(await recorded()).toEqual([[{ caseId: 'c1', attached: true }]]);
  // Who read the record before must read it again.
  await expect(records.update(made[0]!, { ...record!, state: 'ended' })).rejects.toMatchObject({
    output: { statusCode: 409 },
  });
});

it('does nothing without a record', async () => {
  const { repository, attachments } = await stored(1);
  await attachments.add('removed', [{ caseId: 'c1', attached: true }]);
  const { total } = await repository.find({ type: ACTION_SAVED_OBJECT_TYPE, perPage: 0 });
  expect(total).toBeLessThanOrEqual(1);
});

it('never stores a title', () => {
  const attachment: fc.Arbitrary<CaseAttachment> = fc.record({
    caseId: fc.constantFrom('c1', 'c2', 'c3'),
    attached: fc.boolean(),
    title: fc.string({ minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(attachment), fc.array(attachment), (before, newer) => {
      const results = recordedAttachments(recordedAttachments([], before), newer);
      for (const one of results) expect(one).not.toHaveProperty('title');
      const ids = [...before, ...newer].map(({ caseId }) => caseId);
      expect(results.map(({ caseId }) => caseId)).toEqual([...new Set(ids)]);
      for (const { caseId, attached } of results) {
        const last = [...before, ...newer].reverse().find((one) => one.caseId === caseId);
        expect(attached).toBe(last!.attached);
      }
    })
  );
});
