import * as fc from 'fast-check';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { sortKeyOf, withHosts, type ActionRecord } from '../../common/actions/record';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { attributesOf } from '../response_actions/stored_record';
import { savedObjectHistory } from './history_store';
import { NewestPages } from './newest_pages';

/** The newest page of a list that grows and shrinks, read from where it ended before. */

const NOW = Date.parse('2024-07-03T12:00:00.000Z');

function recordAt(minute: number, n: number, user: string): ActionRecord {
  const requestedAt = new Date(NOW + minute * 60_000).toISOString();
  const actionId = `action-${n}`;
  return withHosts(
    {
      ...{ actionId, group: 0, groups: 1, action: 'isolate', state: 'sending', connectorId: 'c' },
      sortKey: sortKeyOf(requestedAt, actionId, 0),
      tenant: 'https://example.sentinelone.net',
      actor: { username: user, authentication: 'realm' },
      ...{ comment: '', alertIds: [], caseIds: [], requestedAt, updatedAt: requestedAt, hosts: [] },
    },
    [{ uuid: 'u', agentId: String(n), name: 'web-1', outcome: 'unchanged' }],
    requestedAt
  );
}

const user = fc.constantFrom('analyst', 'lead');
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), minute: fc.integer({ min: 0, max: 50 }), user }),
  fc.record({ kind: fc.constant('add' as const), minute: fc.integer({ min: 0, max: 50 }), user }),
  fc.record({ kind: fc.constant('remove' as const), nth: fc.nat(20) }),
  fc.record({
    kind: fc.constant('read' as const),
    perPage: fc.integer({ min: 1, max: 3 }),
    user: fc.option(user, { nil: undefined }),
  })
);

it('is always the same page as without it', async () => {
  let shortened = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 40 }), async (steps) => {
      const repository = testRepository();
      const newestPages = new NewestPages(0);
      const history = savedObjectHistory(repository, undefined, () => NOW, newestPages);
      const ids: string[] = [];
      for (const [n, step] of steps.entries()) {
        if (step.kind === 'add') {
          const record = attributesOf(recordAt(step.minute, n, step.user));
          ids.push(record.actionId);
          await repository.create(ACTION_SAVED_OBJECT_TYPE, record, {
            id: record.actionId,
            refresh: true,
          });
        } else if (step.kind === 'remove') {
          const [id] = ids.splice(step.nth % Math.max(1, ids.length), 1);
          if (id !== undefined)
            await repository.delete(ACTION_SAVED_OBJECT_TYPE, id, { refresh: true });
        } else {
          const { user: by, perPage } = step;
          const query = { perPage, ...(by === undefined ? {} : { user: by }) };
          const filter = by === undefined ? {} : { user: by };
          if (newestPages.startOf(undefined, filter, perPage) !== undefined) shortened += 1;
          const plain = savedObjectHistory(repository, undefined, () => NOW);
          expect(await history.page(query)).toEqual(await plain.page(query));
        }
      }
    })
  );
  // The property says nothing if no page was read in the other way.
  expect(shortened).toBeGreaterThan(100);
});

it('is used for large lists, of the same space and filter, up to the page size that was read', () => {
  const pages = new NewestPages();
  pages.keep('ops', { user: 'lead' }, { sortKey: 7, perPage: 25, total: 5_000 });
  pages.keep('ops', { user: 'analyst' }, { sortKey: 8, perPage: 25, total: 4_999 });
  expect(pages.startOf('ops', { user: 'lead' }, 25)).toBe(7);
  expect(pages.startOf('ops', { user: 'lead' }, 10)).toBe(7);
  expect(pages.startOf('ops', { user: 'lead' }, 26)).toBeUndefined();
  expect(pages.startOf('ops', { user: 'analyst' }, 25)).toBeUndefined();
  expect(pages.startOf('ops', {}, 25)).toBeUndefined();
  expect(pages.startOf(undefined, { user: 'lead' }, 25)).toBeUndefined();
});

it('keeps the lists that were read last', () => {
  const pages = new NewestPages();
  const page = { sortKey: 1, perPage: 25, total: 5_000 };
  for (let n = 0; n < 500; n += 1) pages.keep('ops', { user: `u${n}` }, page);
  pages.keep('ops', { user: 'u0' }, page);
  pages.keep('ops', { user: 'new' }, page);
  expect(pages.startOf('ops', { user: 'u0' }, 25)).toBe(1);
  expect(pages.startOf('ops', { user: 'u1' }, 25)).toBeUndefined();
});
