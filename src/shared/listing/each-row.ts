import { DEFAULT_MAX_LIMIT, type ListingOpts } from './listing.js';
import type { Page } from './page.js';

/** Every row of a list, the oldest first, page after page by cursor: whatever is inserted meanwhile, none comes twice. */
export async function* eachRow<T>(list: (options: ListingOpts) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await list({ limit: DEFAULT_MAX_LIMIT, sort_dir: 'asc', cursor });
    yield* page.data;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
