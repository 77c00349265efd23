/**
 * The tenant of SentinelOne that a connector's URL leads to: its origin, however the URL is written. A host is a
 * tenant and an agent id: agents of two tenants are two hosts, also when both give them the same id.
 */
export function tenantOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  // With and without the dot of a full domain name it is the same server.
  return `${protocol}//${hostname.replace(/\.$/, '')}${port === '' ? '' : `:${port}`}`;
}

/** The same of a configuration that may hold anything; undefined when it holds no URL. */
export function tenantIn(config: unknown): string | undefined {
  const url = (config as { readonly url?: unknown } | undefined | null)?.url;
  try {
    return typeof url === 'string' ? tenantOf(url) : undefined;
  } catch {
    return undefined;
  }
}
