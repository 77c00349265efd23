import type {
  ISavedObjectsRepository,
  SavedObjectsFindOptions,
  SavedObjectsFindResult,
} from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionRecord } from '../../common/actions/record';

export interface RecordPagesOptions {
  /** Ids of spaces; `*` stands for all. */
  readonly namespaces: readonly string[];
  /** KQL. */
  readonly filter: string;
  /** The attributes that are read, as dotted paths. */
  readonly fields: readonly string[];
  readonly sortOrder: 'asc' | 'desc';
  /** Records that are held in memory at a time. */
  readonly perPage: number;
}

/**
 * Reads all records that a filter finds, in the order in which they were written or the reverse, page by page
 * to the end and never whole. One search when there are fewer than a page. Throws what the search throws.
 */
export async function* recordPages<Fields>(
  repository: Pick<ISavedObjectsRepository, 'find'>,
  { namespaces, filter, fields, sortOrder, perPage }: RecordPagesOptions
): AsyncGenerator<ReadonlyArray<SavedObjectsFindResult<Fields>>> {
  let searchAfter: unknown[] | undefined;
  for (;;) {
    const options: SavedObjectsFindOptions = {
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: [...namespaces],
      filter,
      fields: [...fields],
      sortField: 'sortKey' satisfies keyof ActionRecord,
      sortOrder,
      perPage,
      ...(searchAfter === undefined ? {} : { searchAfter }),
    };
    const { saved_objects: found } = await repository.find<Fields>(options);
    if (found.length > 0) yield found;
    if (found.length < perPage) return;
    searchAfter = found[found.length - 1]?.sort;
  }
}
