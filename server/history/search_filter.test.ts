import * as fc from 'fast-check';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { recordFilter, searched } from './search_filter';

/** Searches in Kibana's repository, over Elasticsearch's own words. */

interface Told {
  readonly name?: string;
  readonly username?: string;
  readonly comment?: string;
}
const AGENT = '6a0879cc-c7f0-4229-bffa-6d076f88b95d';
const ACTION = '0f0879cc-c7f0-4229-bffa-6d076f88b95d';

const attributesOf = ({ name = 'qq', username = 'qq', comment = 'qq' }: Told) => ({
  actionId: ACTION,
  actor: { username },
  comment,
  hosts: [{ name, uuid: AGENT, agentId: '555' }],
});

/** Which of the records a search finds, by their places. */
async function found(
  records: readonly Told[],
  search: string,
  field: 'search' | 'hostPart' = 'search'
): Promise<readonly number[]> {
  const repository = testRepository();
  for (const [n, one] of records.entries()) {
    await repository.create(ACTION_SAVED_OBJECT_TYPE, attributesOf(one), { id: `record-${n}` });
  }
  const { saved_objects: all } = await repository.find({
    type: ACTION_SAVED_OBJECT_TYPE,
    filter: recordFilter({ [field]: search }, 0)!,
    perPage: 100,
  });
  return all.map(({ id }) => Number(id.split('-')[1])).sort();
}
const finds = async (record: Told, search: string) => (await found([record], search)).length === 1;

const NAMES = [
  'srv-win1.corp.local',
  'web01.example.com',
  '10.0.0.12',
  'MAC:12:34:AB',
  "O'Brien’s Mac",
  '日本語サーバー01.lan',
  'ab日本',
  'cafe\u0301.bar1.baz',
  'a.b.c.d.e.f.g.h.i.j.k.l.m.n',
  'DOMAIN\\j.smith2',
  'a*b (x) "y" <z>',
  'and',
  'true',
];

describe('a name', () => {
  it.each(NAMES)('%s is found by each of its beginnings, ignoring case', async (name) => {
    const records = [{ name }, { username: name }, { comment: name }, { name: 'zz' }];
    for (let end = 1; end <= name.length; end++) {
      const search = name.slice(0, end);
      expect([search, await found(records, search)]).toEqual([search, [0, 1, 2]]);
      expect(await found(records, search.toUpperCase())).toEqual([0, 1, 2]);
    }
  });

  it.each(NAMES)('%s is found as a host, and no other field with this text', async (name) => {
    const records = [{ name }, { username: name }, { comment: name }, { name: 'zz' }];
    for (const search of [name, name.slice(0, 2), name.toUpperCase()]) {
      expect([search, await found(records, search, 'hostPart')]).toEqual([search, [0]]);
    }
  });

  it('is found as a host by its UUID and agent id, but not by the id of the action', async () => {
    const part = (search: string) => found([{ name: 'web-1' }], search, 'hostPart');
    expect(await part(AGENT.toUpperCase())).toEqual([0]);
    expect(await part(AGENT.slice(0, 8))).toEqual([0]);
    expect(await part('555')).toEqual([0]);
    expect(await part(ACTION)).toEqual([]);
  });

  const texts = fc
    .array(fc.oneof(fc.constantFrom(...'aB12.-_\':,éß日カก한"\\* /'), fc.fullUnicode()), {
      minLength: 1,
      maxLength: 20,
    })
    .map((signs) => signs.join(''))
    .filter((text) => text.trim() !== '');

  it('is found by its complete text', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (name) => {
        expect(await finds({ name }, name)).toBe(true);
        expect(await finds({ username: name }, name)).toBe(true);
      })
    );
  });

  it('is found by its words alone', async () => {
    const words = fc
      .array(fc.constantFrom(...'aB12.-_\':,é日カก한"\\*/'), { minLength: 1, maxLength: 20 })
      .map((signs) => `x${signs.join('')}`);
    await fc.assert(
      fc.asyncProperty(words, fc.nat(20), async (comment, end) => {
        expect(await finds({ comment }, comment.slice(0, end + 1))).toBe(true);
      })
    );
  });

  it.each([
    // Underscores belong to the Katakana that follows them: `xaa`, `_カ` and `aa`.
    ['xaa-_カa', 'xaa-_カaa'],
    ['_カ', '_カナ.lan'],
    ['x-__カ', 'x-__カ_a'],
  ])('%s finds %s by its words', async (search, comment) => {
    expect(await finds({ comment }, search)).toBe(true);
  });

  it.each([
    ['web02.example.com', 'web01.example.com'],
    ['corp.lokal', 'srv-win1.corp.local'],
    ['incident:INC', 'ticket:INC123'],
  ])('%s is not %s', async (search, name) => {
    expect(await finds({ name, comment: name }, search)).toBe(false);
  });
});

describe('a search', () => {
  it('requires all parts between blanks, in any field', async () => {
    const record = {
      name: 'web01.example.com',
      username: 'j.smith',
      comment: "Don't - ticket:INC7",
    };
    expect(await finds(record, "web01.exam J.SM don't ticket:inc")).toBe(true);
    expect(await finds(record, 'web01 - smithy')).toBe(false);
    expect(await finds(record, 'web01 - ticket')).toBe(true);
  });

  it.each(['---', '...', '" or *', '()', '!!!', '*', '_'])('%s finds no record', async (search) => {
    expect(await finds({ comment: 'or what' }, search)).toBe(search === '" or *');
    expect(await finds({ comment: 'a', name: search }, search)).toBe(true);
    expect(await finds({ comment: 'a' }, search)).toBe(false);
  });

  it('has no conditions if it is blank', () => {
    expect([searched(''), searched(' \t')]).toEqual([[], []]);
  });

  it('recognizes the id of an agent or action', async () => {
    for (const id of [AGENT, ACTION, ` ${AGENT.toUpperCase()} `, '6a0879cc-C7F0', '555']) {
      expect([id, await finds({}, id)]).toEqual([id, true]);
    }
    expect(await finds({}, AGENT.replace('6', '7'))).toBe(false);
    expect(await finds({ name: AGENT.replace('6', '7') }, AGENT.replace('6', '7'))).toBe(true);
  });

  it('escapes all user input, and nests brackets at most twice', () => {
    const VALUE =
      /"(?:[^"\\]|\\["\\])*"|(?:[^\s\\():<>"*{}]|\\[\\():<>"*{}])+\*(?= or |\)(?: or |$))/g;
    const anything = fc
      .array(fc.oneof(fc.fullUnicode(), fc.constantFrom(...'ab1."\\*():<>{} \'')), {
        maxLength: 128,
      })
      .map((signs) => signs.join(''));
    fc.assert(
      fc.property(anything, (search) => {
        const conditions = searched(search);
        expect(conditions.length).toBeLessThanOrEqual(10);
        for (const condition of conditions) {
          const ours = condition.replace(VALUE, 'V');
          expect(ours).toMatch(/^(?:[\w.-]+: \((?:V(?: or )?)+\)(?: or )?)+$/i);
        }
      }),
      { numRuns: 1000 }
    );
  });
});
