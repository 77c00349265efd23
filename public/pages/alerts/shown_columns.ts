import { useState } from 'react';

/** Which of the alerts table's optional columns a person has chosen to see; kept in their browser. */

export const OPTIONAL_COLUMNS = ['riskScore', 'workflowStatus', 'reason'] as const;
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

const SHOWN_AT_FIRST: readonly OptionalColumn[] = ['reason'];
const KEY = 'sentineloneResponse.alerts.columns';

/** The columns that a stored text names, in their own order; those shown at first for anything else. */
export function columnsFrom(stored: string | null): readonly OptionalColumn[] {
  if (stored === null) return SHOWN_AT_FIRST;
  try {
    const names: unknown = JSON.parse(stored);
    if (Array.isArray(names)) return OPTIONAL_COLUMNS.filter((name) => names.includes(name));
  } catch {
    // Another program wrote it.
  }
  return SHOWN_AT_FIRST;
}

function read(): readonly OptionalColumn[] {
  try {
    return columnsFrom(window.localStorage.getItem(KEY));
  } catch {
    // A browser may forbid to keep anything.
    return SHOWN_AT_FIRST;
  }
}

function write(columns: readonly OptionalColumn[]): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(columns));
  } catch {
    // The choice then lasts as long as the page.
  }
}

export interface ShownColumns {
  readonly columns: readonly OptionalColumn[];
  toggle(column: OptionalColumn): void;
}

export function useShownColumns(): ShownColumns {
  const [columns, setColumns] = useState(read);
  return {
    columns,
    toggle(column) {
      const next = OPTIONAL_COLUMNS.filter((one) => columns.includes(one) !== (one === column));
      write(next);
      setColumns(next);
    },
  };
}
