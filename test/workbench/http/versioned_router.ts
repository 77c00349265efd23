import { onlyThese } from '../not_in_the_workbench';
import type { KibanaRequest } from './kibana_request';
import { KibanaResponse, responseFactory } from './kibana_response';
import { assertRules, validateRequest, type RouteSchemas } from './route_validation';
import type { RouteContracts } from '../versions/kibana_version';
import type { Handler, PlainRouter, RouteMethod, RouteOptions, RouteSecurity } from './router';

const VERSION_HEADER = 'elastic-api-version';
const VERSION_QUERY = 'apiVersion';

interface VersionedRouteDefinition {
  readonly path: string;
  readonly access: 'public' | 'internal';
  readonly enableQueryVersion?: boolean;
  readonly description?: string;
  readonly options?: Omit<RouteOptions, 'access'>;
  readonly security?: RouteSecurity;
}

interface VersionOptions {
  readonly version: string;
  readonly validate: false | { readonly request?: RouteSchemas; readonly response?: unknown };
}

interface VersionHandler {
  readonly options: VersionOptions;
  readonly handler: Handler;
}

/** The request is passed on unchanged: the version's own validation comes later. */
const asItIs = (value: unknown) => ({ value: value ?? null });
const PASS_THROUGH = { params: asItIs, query: asItIs, body: asItIs };

/** Why this is no version of such a route, or undefined. */
function versionProblem(isPublic: boolean, version: string): string | undefined {
  if (isPublic) {
    const isDate =
      /^\d{4}-\d{2}-\d{2}$/.test(version) && !Number.isNaN(Date.parse(`${version}T00:00:00Z`));
    return isDate
      ? undefined
      : `Invalid version. Received "${version}", expected a valid date string formatted as YYYY-MM-DD.`;
  }
  return /^[1-9][0-9]*$/.test(version)
    ? undefined
    : `Invalid version number. Received "${version}", expected a string containing _only_ a finite, whole number greater than 0.`;
}

function requestedVersion(request: KibanaRequest, fromQuery: boolean): string | undefined {
  const header = request.headers[VERSION_HEADER];
  const version = Array.isArray(header) ? header[0] : header;
  if (version) return version;
  const query = (request.query as Record<string, unknown> | null)?.[VERSION_QUERY];
  return fromQuery && typeof query === 'string' ? query : undefined;
}

/** One path and method with its versions (`versioned_router/core_versioned_route.js`). */
function versionedRoute(
  router: PlainRouter,
  method: RouteMethod,
  route: VersionedRouteDefinition,
  { defaultInternalVersion }: RouteContracts
) {
  const { path, access, options, security, enableQueryVersion = false } = route;
  const isPublic = access === 'public';
  const handlers = new Map<string, VersionHandler>();
  const available = () => `[${[...handlers.keys()].join(', ')}]`;
  const bad = (body: string) => responseFactory.badRequest({ body });

  const handle: Handler = async (context, request, response) => {
    if (handlers.size === 0) {
      const body = `No handlers registered for [${method}] [${path}].`;
      return responseFactory.custom({ statusCode: 500, body });
    }
    const oldest = [...handlers.keys()].sort((a, b) => a.localeCompare(b))[0];
    const version =
      requestedVersion(request, enableQueryVersion) ?? (isPublic ? oldest : defaultInternalVersion);
    if (version === undefined) {
      return bad(
        `Please specify a version via ${VERSION_HEADER} header. Available versions: ${available()}`
      );
    }
    const query = request.query as Record<string, unknown> | null;
    if (query !== null && VERSION_QUERY in query) {
      if (!enableQueryVersion) {
        return bad(
          `Use of query parameter "${VERSION_QUERY}" is not allowed. Please specify the API version using the "${VERSION_HEADER}" header.`
        );
      }
      delete query[VERSION_QUERY];
    }
    const problem = versionProblem(isPublic, version);
    if (problem !== undefined) return bad(problem);
    const chosen = handlers.get(version);
    if (chosen === undefined) {
      return bad(
        `No version "${version}" available for [${method}] [${path}]. Available versions are: ${available()}`
      );
    }
    const rules = chosen.options.validate ? chosen.options.validate.request : undefined;
    if (rules !== undefined && (rules.body || rules.params || rules.query)) {
      try {
        Object.assign(request, validateRequest(request, rules));
      } catch (error) {
        return bad((error as Error).message);
      }
    } else {
      Object.assign(request, { params: {}, query: {}, body: {} });
    }
    const answer = await chosen.handler(context, request, response);
    return answer instanceof KibanaResponse
      ? answer.withHeaders({ [VERSION_HEADER]: version })
      : answer;
  };

  router[method](
    { path, validate: PASS_THROUGH, options: { ...options, access }, security },
    handle
  );

  const self = {
    addVersion(versionOptions: VersionOptions, handler: Handler) {
      const { version, validate } = versionOptions;
      const problem = versionProblem(isPublic, version);
      if (problem !== undefined) throw new Error(problem);
      if (handlers.has(version)) {
        throw new Error(
          `Version "${version}" handler has already been registered for the route [${method}] [${path}]"`
        );
      }
      if (validate && validate.request) assertRules(validate.request);
      handlers.set(version, { options: versionOptions, handler });
      return self;
    },
  };
  return self;
}

/** `router.versioned`. */
export function versionedRouter(router: PlainRouter, contracts: RouteContracts) {
  const registrar = (method: RouteMethod) => (route: VersionedRouteDefinition) =>
    versionedRoute(router, method, route, contracts);
  return onlyThese('router.versioned', {
    get: registrar('get'),
    post: registrar('post'),
    put: registrar('put'),
    patch: registrar('patch'),
    delete: registrar('delete'),
  });
}
