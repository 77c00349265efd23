import type { NamedConnector } from '../connector/connectors_in_space';
import { isViewersOwn } from '../lib/typed_error';
import { HostStatusCache, type HostStatusCachePorts } from './host_status_cache';

export interface HostStatusCaches {
  readonly of: (
    spaceId: string,
    connector: Pick<NamedConnector, 'id' | 'tenant'>
  ) => HostStatusCache;
  /** Has the boards of all connectors show nothing that was read before now. */
  readonly forget: () => void;
}

/**
 * One board per space, connector and tenant that it leads to: what another tenant said of an agent with the same
 * id is about another host. There is one connector per space, so they are few.
 */
export function hostStatusCaches(
  ports: Omit<HostStatusCachePorts, 'isViewersOwn'>
): HostStatusCaches {
  const caches = new Map<string, HostStatusCache>();
  return {
    of(spaceId, { id, tenant }) {
      const key = JSON.stringify([spaceId, id, tenant]);
      const cache = caches.get(key) ?? new HostStatusCache({ ...ports, isViewersOwn });
      caches.set(key, cache);
      return cache;
    },
    forget() {
      for (const cache of caches.values()) cache.forget();
    },
  };
}
