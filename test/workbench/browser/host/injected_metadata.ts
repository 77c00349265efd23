import type { PageMetadata } from '../../http/pages';

/** What the server has written into the page. */
export function injectedMetadata(): PageMetadata {
  const data = document.querySelector('kbn-injected-metadata')?.getAttribute('data');
  if (data == null) throw new Error('The page has no <kbn-injected-metadata>');
  return JSON.parse(data) as PageMetadata;
}
