import type { ConfigUtilities } from './types';

/** A validator of a connector's configuration: the URL under `urlKey` must be allowed. */
export const urlAllowListValidator =
  (urlKey: string) =>
  (
    value: unknown,
    { configurationUtilities }: { configurationUtilities: ConfigUtilities }
  ): void => {
    const url = urlKey
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
    try {
      configurationUtilities.ensureUriAllowed(typeof url === 'string' ? url : '');
    } catch (error) {
      throw new Error(`error validating url: ${(error as Error).message}`);
    }
  };
