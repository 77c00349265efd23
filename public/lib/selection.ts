/**
 * Rows that a user selects on several pages of a table, each of which stands for hosts, for one action. A selection
 * never exceeds the limits of an action by itself: `added` leaves out what does not fit.
 */

/** The selected rows by their ids, in the order in which they were selected. */
export type Selection<Row> = ReadonlyMap<string, Row>;

export interface SelectionRules<Row> {
  readonly idOf: (row: Row) => string;
  /** The number of distinct hosts that rows stand for. */
  readonly hostCountOf: (rows: readonly Row[]) => number;
  /** The number of hosts that one action allows. */
  readonly maxHosts: number;
  /** The number of rows that one action allows. */
  readonly maxRows: number;
}

const withRow = <Row>(selection: Selection<Row>, id: string, row: Row): Selection<Row> =>
  new Map([...selection, [id, row]]);

function fits<Row>(
  selection: Selection<Row>,
  { hostCountOf, maxHosts, maxRows }: SelectionRules<Row>
): boolean {
  return selection.size <= maxRows && hostCountOf([...selection.values()]) <= maxHosts;
}

/** Adds rows in their order, except those that would exceed a limit. A row that is selected already stays. */
export function added<Row>(
  selection: Selection<Row>,
  rows: readonly Row[],
  rules: SelectionRules<Row>
): { readonly selection: Selection<Row>; readonly leftOut: number } {
  const missing = rows.filter((row) => !selection.has(rules.idOf(row)));
  const all = new Map([...selection, ...missing.map((row) => [rules.idOf(row), row] as const)]);
  if (missing.length === 0 || fits(all, rules)) return { selection: all, leftOut: 0 };
  let next = selection;
  for (const row of missing) {
    const candidate = withRow(next, rules.idOf(row), row);
    if (fits(candidate, rules)) next = candidate;
  }
  return { selection: next, leftOut: all.size - next.size };
}

/** Removes rows. */
export function removed<Row>(
  selection: Selection<Row>,
  rows: readonly Row[],
  { idOf }: Pick<SelectionRules<Row>, 'idOf'>
): Selection<Row> {
  const ids = new Set(rows.map(idOf));
  return new Map([...selection].filter(([id]) => !ids.has(id)));
}
