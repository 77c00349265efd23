import type {
  Capabilities,
  KibanaRequest,
  SavedObjectsType,
  ServiceStatus,
} from '@kbn/core/server';
import { BehaviorSubject, type Observable } from 'rxjs';
import { handlerContext, type ContextProvider } from '../http/handler_context';
import { createRouter } from '../http/router';
import type { HttpServer } from '../http/server';
import type { Log } from '../logging/log';
import { onlyThese } from '../not_in_the_workbench';
import type { SavedObjectsService } from '../saved_objects/saved_objects_service';
import type { Elasticsearch } from '../elasticsearch/client';
import type { KibanaVersion } from '../versions/kibana_version';
import { ServiceStatusLevels } from './service_status';

interface CorePorts {
  readonly kibana: KibanaVersion;
  readonly http: HttpServer;
  readonly log: Log;
  readonly savedObjects: SavedObjectsService;
  readonly elasticsearch: Elasticsearch;
}

/** The core services of one Kibana, out of which every plugin gets its own contract. */
export function createCore({ http, kibana, log, savedObjects, elasticsearch }: CorePorts) {
  const providers = new Map<
    string,
    { readonly owner: string; readonly provide: ContextProvider }
  >();
  const capabilities: Array<() => Partial<Capabilities>> = [];
  const statuses = new Map<string, BehaviorSubject<ServiceStatus>>();
  const available = { level: ServiceStatusLevels.available, summary: 'available' } as ServiceStatus;

  const coreContext: ContextProvider = (_context, request) => {
    const kibanaRequest = request as unknown as KibanaRequest;
    return onlyThese('context.core', {
      elasticsearch: { client: elasticsearch.client.asScoped(kibanaRequest) },
      savedObjects: onlyThese('context.core.savedObjects', {
        client: savedObjects.start.getScopedClient(kibanaRequest),
      }),
    });
  };

  /** Parts of the context that a plugin's routes get: the core's, its own, and its dependencies'. */
  const providersFor = (pluginId: string, dependencies: readonly string[]) => {
    const visible = [...providers].filter(
      ([, { owner }]) => owner === pluginId || dependencies.includes(owner)
    );
    return new Map<string, ContextProvider>([
      ['core', coreContext],
      ...visible.map(([name, { provide }]) => [name, provide] as const),
    ]);
  };

  const httpInfo = {
    basePath: http.basePath,
    getServerInfo: () => ({
      hostname: '127.0.0.1',
      name: 'workbench',
      port: http.port,
      protocol: 'http' as const,
    }),
  };

  const start = onlyThese('core (start)', {
    elasticsearch: onlyThese('core.elasticsearch', { client: elasticsearch.client }),
    http: onlyThese('core.http (start)', httpInfo),
    savedObjects: savedObjects.start,
  });

  /** `core` for a plugin's `setup`. Kibana's own plugins in the workbench have routes with tags, in each version. */
  const setupFor = (
    pluginId: string,
    dependencies: readonly string[],
    startServices: () => Promise<unknown>,
    isOwn = true
  ) =>
    onlyThese('core (setup)', {
      capabilities: onlyThese('core.capabilities', {
        registerProvider: (provider: () => Partial<Capabilities>) => {
          capabilities.push(provider);
        },
      }),
      http: onlyThese('core.http', {
        ...httpInfo,
        createRouter: () =>
          createRouter(
            log.get('http'),
            (request) => handlerContext(providersFor(pluginId, dependencies), request),
            (route) => http.addRoute(route),
            isOwn ? { ...kibana.server, routeSecurity: 'unknown' } : kibana.server
          ),
        registerRouteHandlerContext: (name: string, provide: ContextProvider) => {
          if (providers.has(name)) {
            throw new Error(`Context provider for ${name} has already been registered.`);
          }
          providers.set(name, { owner: pluginId, provide });
        },
      }),
      savedObjects: onlyThese('core.savedObjects', {
        registerType: (type: SavedObjectsType) => savedObjects.registerType(type),
        getDefaultIndex: () => '.kibana',
      }),
      status: onlyThese('core.status', {
        derivedStatus$: new BehaviorSubject(available) as Observable<ServiceStatus>,
        set: (status$: Observable<ServiceStatus>) => {
          const current = new BehaviorSubject(available);
          statuses.set(pluginId, current);
          status$.subscribe(current);
        },
      }),
      getStartServices: startServices,
    });

  return {
    setupFor,
    start,
    statusOf: (pluginId: string): ServiceStatus => statuses.get(pluginId)?.getValue() ?? available,
  };
}
export type Core = ReturnType<typeof createCore>;
