import fc from 'fast-check';
import { changeOfTable, paginationOf, type TableState } from './page_state';

const FIRST = { time: 'desc', name: 'asc' } as const;
type Field = keyof typeof FIRST;
const state: TableState<Field> = { page: 3, perPage: 25, sortField: 'time', sortOrder: 'desc' };
const at = (index: number, size = 25) => ({ index, size });
/** What a table tells of a click: `EuiBasicTable` begins with ascending order. */
const change = (field: Field, direction: 'asc' | 'desc', page = at(2)) =>
  changeOfTable({ page, sort: { field: field as never, direction } }, state, FIRST);

it("starts with the column's own direction, at the first page", () => {
  expect(change('name', 'asc', at(0))).toMatchObject({
    page: 1,
    sortField: 'name',
    sortOrder: 'asc',
  });
  const byName = { ...state, sortField: 'name' as const, sortOrder: 'asc' as const };
  const click = { page: at(0), sort: { field: 'time' as never, direction: 'asc' as const } };
  expect(changeOfTable(click, byName, FIRST)).toMatchObject({
    page: 1,
    sortField: 'time',
    sortOrder: 'desc',
  });
});

it('reverses the direction of the sorted column, at the first page', () => {
  expect(change('time', 'asc')).toEqual({
    page: 1,
    perPage: 25,
    sortField: 'time',
    sortOrder: 'asc',
  });
});

it('changes the page in the same order, and returns to the first one with another size', () => {
  expect(change('time', 'desc', at(4))).toEqual({
    page: 5,
    perPage: 25,
    sortField: 'time',
    sortOrder: 'desc',
  });
  expect(change('time', 'desc', at(2, 50))).toMatchObject({ page: 1, perPage: 50 });
});

it("has pages if there are rows, within Elasticsearch's result window", () => {
  expect(paginationOf(state, 0, [25])).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (total) => {
      expect(paginationOf(state, total, [10, 25])).toEqual({
        pageIndex: 2,
        pageSize: 25,
        totalItemCount: Math.min(total, 10_000),
        pageSizeOptions: [10, 25],
      });
    })
  );
});
