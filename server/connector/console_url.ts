/**
 * SentinelOne's console shows the endpoints whose name contains a text at this address. Source: what the public
 * integration polarityio/sentinelone links to; SentinelOne publishes no address of a single agent. `origin` is the
 * tenant's. Undefined for an agent without a name, and for a name that the filter can't hold.
 */
export function consoleUrlOf(origin: string, computerName: string | null): string | undefined {
  if (computerName === null || /["\\]/.test(computerName)) return undefined;
  const filter = JSON.stringify({ computerName__contains: `"${computerName}"` });
  const url = new URL('/sentinels/devices', origin);
  url.search = new URLSearchParams({ page: '1', filter }).toString();
  return url.href;
}
