/** Throws `URL Error: …` unless it is an http or https URL with a host. */
export function assertUrl(url: string): void {
  try {
    const { hostname, protocol } = new URL(url);
    if (!hostname) throw new Error('URL must contain hostname');
    if (protocol !== 'http:' && protocol !== 'https:') throw new Error('Invalid protocol');
  } catch (error) {
    throw new Error(`URL Error: ${(error as Error).message}`);
  }
}
