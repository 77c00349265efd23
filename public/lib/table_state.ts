import type { Criteria, EuiBasicTableProps } from '@elastic/eui';
import { LIMITS } from '../../common/lib/constants';

/** Paging and sorting of tables whose state lives in the page's address, and whose rows the server sorts. */

export interface TableState<Field extends string> {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly sortField: Field;
  readonly sortOrder: 'asc' | 'desc';
}

/**
 * The paging of a table with so many rows on all pages; none where there are no rows, of which a table would
 * say "Page 1 of 0".
 */
export const paginationOf = (
  { page, perPage }: Pick<TableState<string>, 'page' | 'perPage'>,
  total: number,
  sizes: readonly number[]
): EuiBasicTableProps<unknown>['pagination'] =>
  total === 0
    ? undefined
    : {
        pageIndex: page - 1,
        pageSize: perPage,
        // Elasticsearch pages by number through no more than its result window.
        totalItemCount: Math.min(total, LIMITS.resultWindow),
        pageSizeOptions: [...sizes],
      };

/**
 * What a click on a table changes. A column that was not sorted by before begins with its own direction, such as
 * the highest severity first; another order or size of page leads to the first page.
 */
export function changeOfTable<Field extends string>(
  { page, sort }: Criteria<never>,
  state: TableState<Field>,
  firstOrder: Readonly<Record<Field, 'asc' | 'desc'>>
): Partial<TableState<Field>> {
  const field = sort?.field as Field | undefined;
  const sorted =
    sort === undefined || field === undefined
      ? {}
      : {
          sortField: field,
          sortOrder: field === state.sortField ? sort.direction : firstOrder[field],
        };
  const isOtherOrder =
    field !== undefined && (field !== state.sortField || sort?.direction !== state.sortOrder);
  const isOtherSize = page !== undefined && page.size !== state.perPage;
  return {
    ...(page === undefined
      ? {}
      : { page: isOtherOrder || isOtherSize ? 1 : page.index + 1, perPage: page.size }),
    ...sorted,
  };
}
