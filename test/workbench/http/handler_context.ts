import type { KibanaRequest } from './kibana_request';
import { responseFactory } from './kibana_response';

/** Makes one part of a route handler's context, such as `core` or `actions`. */
export type ContextProvider = (
  context: object,
  request: KibanaRequest,
  response: unknown
) => unknown;

/**
 * A handler's context: every part is a promise that is made when it is first read, as in Kibana, and
 * only parts of plugins that the route's plugin depends on are there.
 */
export function handlerContext(
  providers: ReadonlyMap<string, ContextProvider>,
  request: KibanaRequest
): object {
  const made = new Map<string, Promise<unknown>>();
  const context: Record<string, unknown> = {
    resolve: async (names: readonly string[]) =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await context[name]] as const))
      ),
  };
  for (const [name, provider] of providers) {
    Object.defineProperty(context, name, {
      enumerable: true,
      get: () => {
        if (!made.has(name)) {
          made.set(name, (async () => provider(context, request, responseFactory))());
        }
        return made.get(name);
      },
    });
  }
  return context;
}
