import type {
  IRouter,
  RequestHandler,
  VersionedRoute,
  VersionedRouteConfig,
} from '@kbn/core/server';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { API_PRIVILEGE } from '../../common/lib/constants';
import { PUBLIC_ROUTE } from '../../common/api/public_api';
import { ROUTE } from '../../common/api/routes';
import { registerRoutes } from './register_routes';
import type { HandlerContext, RoutePorts } from './route_context';

interface Registered extends VersionedRouteConfig {
  readonly method: string;
  readonly handler: RequestHandler<unknown, unknown, unknown, HandlerContext>;
}

/** Every route of the plugin, in a Kibana in which `spaces` says which spaces exist. */
function registered(spaces: RoutePorts['spaces']) {
  const routes: Registered[] = [];
  const registrar =
    (method: string) =>
    (config: VersionedRouteConfig): VersionedRoute<HandlerContext> => {
      const route: VersionedRoute<HandlerContext> = {
        addVersion(_, handler) {
          routes.push({ ...config, method, handler: handler as Registered['handler'] });
          return route;
        },
      };
      return route;
    };
  const versioned = Object.fromEntries(
    ['get', 'post', 'put', 'patch', 'delete'].map((method) => [method, registrar(method)])
  );
  const touched: string[] = [];
  const ports = { spaces, spaceIdOf: () => 'nosuchspace' };
  const logged: unknown[] = [];
  registerRoutes({
    router: { versioned } as unknown as IRouter<HandlerContext>,
    logger: { error: (error: unknown) => logged.push(error) } as never,
    kibanaVersion: '8.12.2',
    integrations: { unavailable: [] },
    portsReady: async () =>
      new Proxy(ports, {
        get(target, name) {
          if (!(name in target) && name !== 'then') touched.push(String(name));
          return Reflect.get(target, name);
        },
      }) as unknown as RoutePorts,
  });
  const call = ({ handler }: Registered) =>
    handler({} as never, {} as never, { customError: (answer: unknown) => answer } as never);
  return { routes, touched, logged, call };
}

it('registers every route', () => {
  const { routes } = registered({ exists: async () => true });
  const paths = new Set(routes.map(({ path }) => path));
  expect([...paths].sort()).toEqual(
    [
      ...Object.values(ROUTE),
      ...Object.values(ACTION_DEFINITIONS).map(({ route }) => route),
      ...Object.values(PUBLIC_ROUTE),
    ].sort()
  );
});

it('requires one privilege of the plugin on every route, in the form of each version of Kibana', () => {
  const { routes } = registered({ exists: async () => true });
  const known = [
    ...Object.values(API_PRIVILEGE),
    ...Object.values(ACTION_DEFINITIONS).map(({ privilege }) => privilege.api),
  ];
  for (const { path, options, security } of routes) {
    const privileges = security?.authz.requiredPrivileges ?? [];
    expect([path, options?.tags]).toEqual([path, privileges.map((name) => `access:${name}`)]);
    expect([path, privileges]).toEqual([path, [known.find((name) => privileges.includes(name))]]);
  }
});

it('responds 404 in a space that does not exist, on every route, and does nothing else', async () => {
  const asked: string[] = [];
  const { routes, touched, call } = registered({
    exists: async (spaceId) => {
      asked.push(spaceId);
      return false;
    },
  });
  for (const route of routes) {
    expect(await call(route)).toMatchObject({
      statusCode: 404,
      body: { attributes: { reason: 'space_not_found' } },
    });
  }
  expect(asked).toEqual(routes.map(() => 'nosuchspace'));
  expect(touched).toEqual([]);
});

it('responds 500, and does nothing, if the spaces cannot be read', async () => {
  const { routes, touched, logged, call } = registered({
    exists: async () => {
      throw new Error('no shards');
    },
  });
  for (const route of routes) expect(await call(route)).toMatchObject({ statusCode: 500 });
  expect(touched).toEqual([]);
  expect(logged).toHaveLength(routes.length);
});
