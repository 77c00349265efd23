import { useMemo, useState } from 'react';

/**
 * Rows that a user selects on several pages of a table for one action. Each row represents hosts. `added` leaves out
 * rows that would exceed the limits of an action.
 */

/** The selected rows of a table, and how the user changes them. */
export interface SelectionState<Row> {
  readonly rows: readonly Row[];
  /** The number of distinct hosts. */
  readonly hostCount: number;
  /** The numbers of hosts and rows that one action allows. */
  readonly maxHosts: number;
  readonly maxRows: number;
  /** Whether a limit is reached, so that only rows of hosts that are already selected can be added. */
  readonly isFull: boolean;
  /** Whether the selection exceeds a limit, because the setting was changed meanwhile. */
  readonly isTooLarge: boolean;
  /** The number of rows that the last selection of several rows left out. */
  readonly leftOut: number;
  isSelected(row: Row): boolean;
  /** Whether the row can be added within the limits. */
  fits(row: Row): boolean;
  select(rows: readonly Row[]): void;
  deselect(rows: readonly Row[]): void;
  clear(): void;
}

/** Keeps a selection for as long as the page is open. `rules` must stay the same object while nothing changes. */
export function useSelection<Row>(rules: SelectionRules<Row>): SelectionState<Row> {
  const [{ selection, leftOut }, setState] = useState<{
    readonly selection: Selection<Row>;
    readonly leftOut: number;
  }>({ selection: new Map(), leftOut: 0 });
  const { idOf, hostCountOf, maxHosts, maxRows } = rules;
  const rows = useMemo(() => [...selection.values()], [selection]);
  const hostCount = useMemo(() => hostCountOf(rows), [hostCountOf, rows]);
  // The same object while nothing changes, so that tables do not render again.
  return useMemo(() => {
    const isFull = hostCount >= maxHosts || rows.length >= maxRows;
    return {
      rows,
      hostCount,
      maxHosts,
      maxRows,
      isFull,
      isTooLarge: hostCount > maxHosts || rows.length > maxRows,
      leftOut,
      isSelected: (row) => selection.has(idOf(row)),
      // New hosts are counted only near the limit.
      fits: (row) =>
        rows.length + 1 <= maxRows &&
        (hostCount + hostCountOf([row]) <= maxHosts || hostCountOf([...rows, row]) <= maxHosts),
      select: (more) => setState((before) => added(before.selection, more, rules)),
      deselect: (fewer) =>
        setState((before) => ({ selection: removed(before.selection, fewer, rules), leftOut: 0 })),
      clear: () => setState({ selection: new Map(), leftOut: 0 }),
    };
  }, [rows, hostCount, maxHosts, maxRows, leftOut, selection, idOf, hostCountOf, rules]);
}

/** The selected rows by their ids, in the order in which they were selected. */
export type Selection<Row> = ReadonlyMap<string, Row>;

export interface SelectionRules<Row> {
  readonly idOf: (row: Row) => string;
  /** The number of distinct hosts that the rows represent. */
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
