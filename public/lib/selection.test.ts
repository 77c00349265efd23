import fc from 'fast-check';
import { added, removed, type Selection, type SelectionRules } from './selection';

interface Row {
  readonly id: string;
  readonly hosts: readonly string[];
}

const rulesWith = (maxHosts: number, maxRows: number): SelectionRules<Row> => ({
  idOf: ({ id }) => id,
  hostCountOf: (rows) => new Set(rows.flatMap(({ hosts }) => hosts)).size,
  maxHosts,
  maxRows,
});

const anyRow = fc.record({
  id: fc.integer({ min: 0, max: 30 }).map(String),
  hosts: fc.array(fc.integer({ min: 0, max: 12 }).map(String), { minLength: 1, maxLength: 4 }),
});
/** A row with an id is the same row everywhere. */
const anyRows = fc
  .uniqueArray(anyRow, { selector: ({ id }) => id, maxLength: 25 })
  .filter((rows) => rows.length > 0);
const anySteps = fc.array(
  fc.record({ isAdded: fc.boolean(), picks: fc.array(fc.nat(), { maxLength: 12 }) }),
  { maxLength: 12 }
);

it('never exceeds what one action allows, and contains only rows that were selected and not removed', () => {
  fc.assert(
    fc.property(
      anyRows,
      anySteps,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 10 }),
      (rows, steps, maxHosts, maxRows) => {
        const rules = rulesWith(maxHosts, maxRows);
        let selection: Selection<Row> = new Map();
        const wanted = new Set<string>();
        for (const { isAdded, picks } of steps) {
          const some = picks.map((pick) => rows[pick % rows.length]!);
          if (isAdded) {
            const before = selection;
            const result = added(selection, some, rules);
            for (const { id } of some) wanted.add(id);
            // What was selected stays, and what is left out is counted.
            for (const id of before.keys()) expect(result.selection.has(id)).toBe(true);
            const missing = new Set(some.map(({ id }) => id).filter((id) => !before.has(id)));
            expect(result.leftOut).toBe(missing.size - (result.selection.size - before.size));
            selection = result.selection;
          } else {
            selection = removed(selection, some, rules);
            for (const { id } of some) wanted.delete(id);
          }
          expect(selection.size).toBeLessThanOrEqual(maxRows);
          expect(rules.hostCountOf([...selection.values()])).toBeLessThanOrEqual(maxHosts);
          for (const [id, row] of selection) {
            expect(wanted.has(id)).toBe(true);
            expect(rows).toContain(row);
          }
        }
      }
    ),
    { numRuns: 1_000 }
  );
});

it('adds rows in order up to the limit, and rows of hosts that are already selected', () => {
  const rules = rulesWith(2, 10);
  const rows = [
    { id: 'a', hosts: ['1'] },
    { id: 'b', hosts: ['2', '3'] },
    { id: 'c', hosts: ['2'] },
    { id: 'd', hosts: ['3'] },
    { id: 'e', hosts: ['1', '2'] },
  ];
  const { selection, leftOut } = added(new Map(), rows, rules);
  expect([...selection.keys()]).toEqual(['a', 'c', 'e']);
  expect(leftOut).toBe(2);
});
