import type { AppDeepLink } from '@kbn/core/public';

/** The path of a deep link, searched at every depth; undefined when there is no such link. */
export function deepLinkPath(
  links: readonly AppDeepLink[],
  deepLinkId: string
): string | undefined {
  for (const { id, path, deepLinks = [] } of links) {
    if (id === deepLinkId) return path;
    const deeper = deepLinkPath(deepLinks, deepLinkId);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
