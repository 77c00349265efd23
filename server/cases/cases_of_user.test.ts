import type { CasesClient } from '@kbn/cases-plugin/server';
import * as fc from 'fast-check';
import { decode } from '../../common/lib/validation';
import { caseMetadataCodec } from '../../common/api/cases';
import { LIMITS } from '../../common/lib/constants';
import { attachmentOf } from './attachment_type';
import { caseMetadataOf, casesOfUser } from './cases_of_user';

function clientWith(found: readonly { readonly id: string; readonly title: string }[] = []) {
  const asked: unknown[] = [];
  const cases = found.map((one) => ({
    ...one,
    status: 'open' as const,
    owner: 'securitySolution',
    description: 'secret of the case',
  }));
  const client = {
    cases: {
      getCasesByAlertID: async (params: unknown) => {
        asked.push(params);
        return cases;
      },
      search: async (params: unknown) => {
        asked.push(params);
        return { cases, total: cases.length };
      },
    },
  } as unknown as CasesClient; // only what is read
  return { cases: casesOfUser(client, 'external_reference'), asked };
}

it('finds the distinct cases of several alerts, with only the shown fields', async () => {
  const { cases, asked } = clientWith([{ id: 'c1', title: 'One' }]);
  const alertIds = Array.from({ length: 12 }, (_, n) => `alert-${n}`);
  expect(await cases.ofAlerts(alertIds)).toEqual([{ id: 'c1', title: 'One', status: 'open' }]);
  expect(asked).toEqual(
    alertIds.map((alertID) => ({ alertID, options: { owner: 'securitySolution' } }))
  );
});

it('finds cases by ids, and returns which do not exist and which the user may not see', async () => {
  const client = {
    cases: {
      bulkGet: async ({ ids }: { ids: string[] }) => ({
        cases: [
          { id: 'c1', title: 'One', status: 'closed', owner: 'securitySolution', tags: ['secret'] },
          { id: 'c2', title: 'Of Observability', status: 'open', owner: 'observability' },
        ],
        errors: ids.slice(2).map((caseId) => ({
          caseId,
          status: caseId === 'gone' ? 404 : 403,
          error: '',
          message: '',
        })),
      }),
    },
  } as unknown as CasesClient; // only what is read
  expect(
    await casesOfUser(client, 'external_reference').byIds(['c1', 'c2', 'gone', 'hidden'])
  ).toEqual({
    cases: [{ id: 'c1', title: 'One', status: 'closed' }],
    notFound: ['gone'],
    forbidden: ['hidden', 'c2'],
  });
});

it("requests Security's cases that are not closed, latest first", async () => {
  const { cases, asked } = clientWith();
  await cases.open({});
  await cases.open({ search: 'Lateral mov', page: 2, perPage: 5 });
  const always = {
    owner: 'securitySolution',
    status: ['open', 'in-progress'],
    sortField: 'createdAt',
    sortOrder: 'desc',
  };
  expect(asked).toEqual([
    { ...always, page: 1, perPage: 20 },
    {
      ...always,
      page: 2,
      perPage: 5,
      search: 'Lateral* mov*',
      searchFields: ['title'],
      defaultSearchOperator: 'AND',
    },
  ]);
});

it("returns whether the attachments of an action are in the case's activity, regardless of its length", async () => {
  const attachment = (id: string, changes: object = {}) => ({
    id,
    type: 'externalReference',
    externalReferenceAttachmentTypeId: 'sentineloneResponse',
    externalReferenceId: 'a-1',
    ...changes,
  });
  const lines = Array.from({ length: 250 }, (_, n) => ({ action: 'create', comment_id: `c-${n}` }));
  const activity = [...lines, { action: 'delete', comment_id: 'gone' }];
  const pages: unknown[] = [];
  const client = {
    attachments: {
      getAll: async () => [
        attachment('c-249'),
        attachment('unshown'),
        attachment('gone'),
        attachment('c-1', { externalReferenceId: 'a-2' }),
        attachment('c-2', { externalReferenceAttachmentTypeId: 'another' }),
      ],
    },
    userActions: {
      find: async ({ caseId, params }: { caseId: string; params: { page: number } }) => {
        pages.push([caseId, params]);
        const from = (params.page - 1) * 100;
        return { userActions: activity.slice(from, from + 100), total: activity.length };
      },
    },
  } as unknown as CasesClient; // only what is read
  expect(await casesOfUser(client, 'external_reference').held('c1', 'a-1')).toEqual([
    { id: 'c-249', isShown: true },
    { id: 'unshown', isShown: false },
    { id: 'gone', isShown: false },
  ]);
  expect(pages).toEqual(
    [1, 2, 3].map((page) => [
      'c1',
      { types: ['attachment'], sortOrder: 'desc', page, perPage: 100 },
    ])
  );
});

it('removes query operators from the search', async () => {
  await fc.assert(
    fc.asyncProperty(fc.fullUnicodeString({ maxLength: 256 }), async (search) => {
      const { cases, asked } = clientWith();
      await cases.open({ search });
      const { search: sent } = asked[0] as { search?: string };
      if (sent !== undefined) expect(sent).toMatch(/^[\p{L}\p{N}]+\*( [\p{L}\p{N}]+\*)*$/u);
    })
  );
});

it('limits the size of the attachment for any host names', () => {
  const host = fc.record({
    name: fc.option(fc.fullUnicodeString({ maxLength: 40 }), { nil: null }),
    agentId: fc.option(fc.string(), { nil: null }),
    secret: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(host, { maxLength: 30 }), (hosts) => {
      const metadata = caseMetadataOf('release', hosts);
      expect(decode(caseMetadataCodec, metadata).ok).toBe(true);
      expect(metadata.hostCount).toBe(hosts.length);
      expect(metadata.hosts).toEqual(
        hosts.slice(0, LIMITS.hostsInAttachment).map(({ name, agentId }) => ({ name, agentId }))
      );
      expect(attachmentOf('a-1', metadata, 'external_reference')).toEqual({
        type: 'externalReference',
        externalReferenceAttachmentTypeId: 'sentineloneResponse',
        externalReferenceId: 'a-1',
        externalReferenceStorage: { type: 'elasticSearchDoc' },
        externalReferenceMetadata: metadata,
        owner: 'securitySolution',
      });
    })
  );
});
