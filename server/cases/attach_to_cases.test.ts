import Boom from '@hapi/boom';
import * as fc from 'fast-check';
import type { CaseAttachment } from '../../common/actions/case_attachment';
import { OUTCOMES } from '../../common/actions/outcome';
import { CaseError } from '../../test/workbench/cases/case_error';
import { attachToCases, type AttachedAction, type AttachPorts } from './attach_to_cases';
import type { CasesOfUser } from './cases_of_user';

const ACTION: AttachedAction = {
  actionId: 'a-1',
  action: 'isolate',
  hosts: [{ name: 'web-7', agentId: '1001', outcome: 'requested' }],
};

const kibanas = (error: Error) => new CaseError('Failed while adding a comment', error);
const never = () => new Promise<never>(() => {});

/** Cases that attach whatever comes, but for what a test says. */
function environment(changes: Partial<CasesOfUser> = {}, ports: Partial<AttachPorts> = {}) {
  const attached: string[] = [];
  const cases: CasesOfUser = {
    ofAlerts: never,
    open: never,
    byIds: never,
    attach: async (caseId) => {
      attached.push(caseId);
      return `Title of ${caseId}`;
    },
    held: async () => [],
    remove: never,
    ...changes,
  };
  const pauses: number[] = [];
  const warnings: string[] = [];
  const recorded: Array<readonly CaseAttachment[]> = [];
  const given: AttachPorts = {
    cases: async () => cases,
    record: async (results) => void recorded.push(results),
    // Only the pauses between tries pass; nobody waits ten seconds.
    sleep: (ms) => {
      pauses.push(ms);
      return ms >= 10_000 ? never() : Promise.resolve();
    },
    logger: { warn: (text: unknown) => void warnings.push(String(text)) },
    ...ports,
  };
  return { ports: given, attached, pauses, warnings, recorded };
}

describe('attaching an action to cases', () => {
  it('attaches the action once to each case, and returns the titles', async () => {
    const { ports, attached, recorded } = environment();
    expect(await attachToCases(ports, ACTION, ['c1', 'c2', 'c1'])).toEqual([
      { caseId: 'c1', attached: true, title: 'Title of c1' },
      { caseId: 'c2', attached: true, title: 'Title of c2' },
    ]);
    expect(attached).toEqual(['c1', 'c2']);
    expect(recorded).toEqual([
      [
        { caseId: 'c1', attached: true, title: 'Title of c1' },
        { caseId: 'c2', attached: true, title: 'Title of c2' },
      ],
    ]);
  });

  it('returns the results even if they cannot be recorded', async () => {
    const { ports, warnings } = environment(
      {},
      { record: () => Promise.reject(new Error('no index')) }
    );
    expect(await attachToCases(ports, ACTION, ['c1'])).toMatchObject([{ attached: true }]);
    expect(warnings).toEqual([
      expect.stringMatching(/a-1.*could not be recorded: Error: no index/),
    ]);
  });

  it('sends no request without cases', async () => {
    const { ports } = environment({}, { cases: () => Promise.reject(new Error('was asked')) });
    expect(await attachToCases(ports, ACTION, [])).toEqual([]);
  });

  it.each<[string, Error, object]>([
    ['no privilege', Boom.forbidden('Unauthorized'), { reason: 'forbidden' }],
    ['no such case', Boom.notFound('Saved object [cases/c1] not found'), { reason: 'not_found' }],
    [
      'a full case',
      Boom.badRequest('Case has reached'),
      { reason: 'refused', detail: 'Case has reached' },
    ],
    ['a failure', new Error('boom'), { reason: 'unclear' }],
  ])('returns the reason: %s', async (_, error, expected) => {
    const { ports, warnings } = environment({ attach: () => Promise.reject(kibanas(error)) });
    expect(await attachToCases(ports, ACTION, ['c1'])).toEqual([
      { caseId: 'c1', attached: false, ...expected },
    ]);
    expect(warnings).toHaveLength('reason' in expected && expected.reason === 'unclear' ? 1 : 0);
  });

  it('reports that Kibana runs without cases', async () => {
    const { ports } = environment({}, { cases: async () => undefined });
    expect(await attachToCases(ports, ACTION, ['c1'])).toEqual([
      { caseId: 'c1', attached: false, reason: 'unavailable' },
    ]);
  });

  it('reports an unclear result when cases cannot be reached', async () => {
    const { ports, warnings } = environment({}, { cases: () => Promise.reject(new Error('down')) });
    expect(await attachToCases(ports, ACTION, ['c1'])).toEqual([
      { caseId: 'c1', attached: false, reason: 'unclear' },
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('tries again while another user changes the case, and finally gives up', async () => {
    let conflicts = 2;
    const attach = async () => {
      if (conflicts-- > 0) throw kibanas(Boom.conflict('version conflict'));
      return 'Busy';
    };
    const some = environment({ attach });
    expect(await attachToCases(some.ports, ACTION, ['c1'])).toMatchObject([{ attached: true }]);
    expect(some.pauses.filter((ms) => ms < 10_000)).toEqual([1_500, 1_500]);

    conflicts = Number.POSITIVE_INFINITY;
    expect(await attachToCases(environment({ attach }).ports, ACTION, ['c1'])).toMatchObject([
      { attached: false, reason: 'unclear' },
    ]);
  });

  it('returns after ten seconds, and continues attachments in the background', async () => {
    let finish = (_: string): void => {};
    const slow = new Promise<string>((resolve) => (finish = resolve));
    const { ports, recorded } = environment(
      { attach: (caseId) => (caseId === 'slow' ? slow : Promise.resolve('Quick')) },
      { sleep: () => new Promise((resolve) => setTimeout(resolve, 20)) }
    );
    expect(await attachToCases(ports, ACTION, ['slow', 'quick'])).toEqual([
      { caseId: 'slow', attached: false, reason: 'unclear' },
      { caseId: 'quick', attached: true, title: 'Quick' },
    ]);
    expect(recorded).toMatchObject([[{ reason: 'unclear' }, { attached: true }]]);
    finish('Late');
    while (recorded.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(recorded[1]).toMatchObject([{ caseId: 'slow', attached: true }, { attached: true }]);
  });

  it('adds attachments to a case one after the other', async () => {
    let under = 0;
    let most = 0;
    const { ports } = environment({
      attach: async () => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setTimeout(resolve, 2));
        under -= 1;
        return 'One';
      },
    });
    const ends = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        attachToCases(ports, { ...ACTION, actionId: `a-${n}` }, ['same'])
      )
    );
    expect(ends.flat().every(({ attached }) => attached)).toBe(true);
    expect(most).toBe(1);
  });

  it('skips cases that already contain the action when it is repeated', async () => {
    const { ports, attached } = environment({
      held: async (caseId) => (caseId === 'has' ? [{ id: 'x', isShown: true }] : []),
    });
    expect(await attachToCases(ports, ACTION, ['has', 'lacks'], { isRepeated: true })).toEqual([
      { caseId: 'has', attached: true },
      { caseId: 'lacks', attached: true, title: 'Title of lacks' },
    ]);
    expect(attached).toEqual(['lacks']);
  });
});

describe('the attachment of a refused attempt', () => {
  const left = { held: async () => [{ id: 'left', isShown: false }] };

  it('is removed before the next attempt', async () => {
    const removed: string[] = [];
    const remove = async (caseId: string, id: string) => void removed.push(`${caseId} ${id}`);
    const { ports, attached } = environment({ ...left, remove });
    const ends = await attachToCases(ports, ACTION, ['c1'], { isRepeated: true });
    expect(ends).toEqual([{ caseId: 'c1', attached: true, title: 'Title of c1' }]);
    expect([removed, attached]).toEqual([['c1 left'], ['c1']]);
  });

  it.each<[string, Error, object, readonly string[]]>([
    ['is gone already', Boom.notFound('gone'), { attached: true }, ['c1']],
    ['may not be removed', Boom.forbidden('no'), { attached: false, reason: 'not_shown' }, []],
    ['cannot be removed', new Error('down'), { attached: false, reason: 'unclear' }, []],
  ])('%s', async (_, error, expected, attachedTo) => {
    const { ports, attached } = environment({
      ...left,
      remove: () => Promise.reject(kibanas(error)),
    });
    const ends = await attachToCases(ports, ACTION, ['c1'], { isRepeated: true });
    expect(ends).toMatchObject([expected]);
    expect(attached).toEqual(attachedTo);
  });
});

describe('for every sequence of events', () => {
  const caseIds = fc.array(fc.constantFrom('c1', 'c2', 'c3', 'c4'), { maxLength: 8 });
  const misfortune = fc.constantFrom<() => unknown>(
    () => 'Fine',
    () => Promise.reject(kibanas(Boom.forbidden('no'))),
    () => Promise.reject(kibanas(Boom.notFound('no'))),
    () => Promise.reject(kibanas(Boom.badRequest('no'))),
    () => Promise.reject(kibanas(Boom.conflict('no'))),
    () => Promise.reject(kibanas(new Error('no'))),
    () => Promise.reject(undefined),
    () => {
      throw new TypeError('not a promise at all');
    }
  );
  const outcomes = fc.array(fc.constantFrom(...OUTCOMES, 'pending' as const), { minLength: 1 });

  it('resolves to one entry per case, and attaches to no other case', async () => {
    await fc.assert(
      fc.asyncProperty(caseIds, fc.infiniteStream(misfortune), outcomes, async (ids, luck, all) => {
        const touched = new Set<string>();
        const { ports, recorded } = environment({
          attach: async (caseId) => {
            touched.add(caseId);
            return (await luck.next().value()) as string;
          },
          held: async () => {
            await luck.next().value();
            return [{ id: 'left', isShown: false }];
          },
          remove: async () => void (await luck.next().value()),
        });
        const hosts = all.map((outcome) => ({ name: null, agentId: null, outcome }));
        const ends = await attachToCases(ports, { ...ACTION, hosts }, ids);
        expect(ends.map(({ caseId }) => caseId)).toEqual([...new Set(ids)]);
        expect(recorded).toEqual(ends.length === 0 ? [] : [ends]);
        for (const end of ends) expect(end.attached).toBe(end.reason === undefined);
        const nothingSent = all.every((outcome) => outcome === 'refused');
        expect([...touched].sort()).toEqual(nothingSent ? [] : [...new Set(ids)].sort());
        if (nothingSent) {
          expect(ends.every(({ reason }) => reason === 'nothing_sent')).toBe(true);
        }
      })
    );
  });
});
