import type { SavedObjectsFindOptions } from '@kbn/core/server';

interface Page {
  readonly saved_objects: ReadonlyArray<{ readonly sort?: unknown[] }>;
}

interface Ports {
  readonly find: (options: SavedObjectsFindOptions) => Promise<Page>;
  readonly open: () => Promise<string>;
  readonly close: (id: string) => Promise<void>;
}

const PER_PAGE = 1_000;

/** Reads all that a search finds, page by page, as it was when the reading began. */
export function pointInTimeFinder(options: SavedObjectsFindOptions, { find, open, close }: Ports) {
  const { perPage = PER_PAGE, sortField = 'updated_at', sortOrder = 'desc' } = options;
  let pit: string | undefined;
  let isOpen = false;

  const finish = async (): Promise<void> => {
    const opened = pit;
    pit = undefined;
    isOpen = false;
    if (opened !== undefined) await close(opened);
  };

  async function* pages(): AsyncGenerator<Page> {
    if (isOpen) {
      throw new Error(
        'Point In Time has already been opened for this finder instance. Please call `close()` before calling `find()` again.'
      );
    }
    pit = await open();
    isOpen = true;
    let searchAfter: unknown[] | undefined;
    let count: number;
    do {
      const page: Page = await find({
        ...options,
        perPage,
        sortField,
        sortOrder,
        pit: { id: pit! },
        ...(searchAfter === undefined ? {} : { searchAfter }),
      });
      count = page.saved_objects.length;
      searchAfter = page.saved_objects[count - 1]?.sort;
      if (count < perPage) await finish();
      if (count > 0) yield page;
    } while (isOpen && count >= perPage);
  }

  return { find: pages, close: finish };
}
