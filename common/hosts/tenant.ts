/**
 * The SentinelOne tenant of a connector's URL: its normalized origin. A tenant and an agent id together identify a
 * host: agents of two tenants are different hosts, even with the same id.
 */
export function tenantOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  // A trailing dot (fully qualified domain name) means the same server.
  return `${protocol}//${hostname.replace(/\.$/, '')}${port === '' ? '' : `:${port}`}`;
}

/** The tenant of an unvalidated connector configuration; undefined if it has no valid URL. */
export function tenantIn(config: unknown): string | undefined {
  const url = (config as { readonly url?: unknown } | undefined | null)?.url;
  try {
    return typeof url === 'string' ? tenantOf(url) : undefined;
  } catch {
    return undefined;
  }
}
