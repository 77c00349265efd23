import { useMemo, useState } from 'react';
import { added, removed, type Selection, type SelectionRules } from './selection';

/** The selected rows of a table, and how the user changes them. */
export interface UsedSelection<Row> {
  readonly rows: readonly Row[];
  /** The number of distinct hosts. */
  readonly hostCount: number;
  /** The numbers of hosts and rows that one action allows. */
  readonly maxHosts: number;
  readonly maxRows: number;
  /** Whether a limit is reached, so that at most rows of hosts that are selected already can be added. */
  readonly isFull: boolean;
  /** Whether the selection exceeds a limit, because the setting was changed since. */
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
export function useSelection<Row>(rules: SelectionRules<Row>): UsedSelection<Row> {
  const [{ selection, leftOut }, setState] = useState<{
    readonly selection: Selection<Row>;
    readonly leftOut: number;
  }>({ selection: new Map(), leftOut: 0 });
  const { idOf, hostCountOf, maxHosts, maxRows } = rules;
  const rows = useMemo(() => [...selection.values()], [selection]);
  const hostCount = useMemo(() => hostCountOf(rows), [hostCountOf, rows]);
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
    // Only near the limit is it counted which hosts are new.
    fits: (row) =>
      rows.length + 1 <= maxRows &&
      (hostCount + hostCountOf([row]) <= maxHosts || hostCountOf([...rows, row]) <= maxHosts),
    select: (more) => setState((before) => added(before.selection, more, rules)),
    deselect: (fewer) =>
      setState((before) => ({ selection: removed(before.selection, fewer, rules), leftOut: 0 })),
    clear: () => setState({ selection: new Map(), leftOut: 0 }),
  };
}
