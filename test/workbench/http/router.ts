import type { Lifecycle, Request } from '@hapi/hapi';
import Boom from '@hapi/boom';
import type { Logger } from '@kbn/core/server';
import { notInTheWorkbench, onlyThese } from '../not_in_the_workbench';
import { answerOf, badRequest, internalError } from './answer';
import { KibanaRequest } from './kibana_request';
import { responseFactory } from './kibana_response';
import { assertRules, validateRequest, type RouteSchemas } from './route_validation';
import type { RouteContracts } from '../versions/kibana_version';
import { versionedRouter } from './versioned_router';

const ROUTE_METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type RouteMethod = (typeof ROUTE_METHODS)[number];

/** `context` is the handler context of the plugin that owns the route. */
export type Handler = (context: object, request: KibanaRequest, response: object) => unknown;

/** Who may use a route, from Kibana 8.16 on; in place of `access:` tags. */
export interface RouteSecurity {
  readonly authz?:
    | { readonly requiredPrivileges: readonly string[]; readonly enabled?: undefined }
    | { readonly enabled: false; readonly reason: string };
}

export interface RouteOptions {
  readonly access?: 'public' | 'internal';
  readonly authRequired?: boolean | 'optional';
  readonly xsrfRequired?: boolean;
  readonly tags?: readonly string[];
  readonly body?: {
    readonly maxBytes?: number;
    readonly accepts?: string | string[];
    readonly output?: string;
    readonly parse?: boolean | 'gunzip';
  };
  readonly timeout?: { readonly payload?: number; readonly idleSocket?: number };
  readonly description?: string;
}

interface RouteDefinition {
  readonly path: string;
  readonly validate?: RouteSchemas | false;
  readonly options?: RouteOptions;
  readonly security?: RouteSecurity;
}

export interface Route {
  readonly method: RouteMethod;
  readonly path: string;
  readonly options: RouteOptions;
  /** The privileges of the API that a caller needs, every one. */
  readonly privileges: readonly string[];
  readonly handler: Lifecycle.Method;
}

type AddRoute = (route: RouteDefinition, handler: Handler) => void;
export type PlainRouter = Record<RouteMethod, AddRoute>;

const ACCESS_TAG = 'access:';

/** Throws, as Kibana does when a route is registered, for `security` that is not there or has another shape. */
function requiredPrivilegesOf(security: RouteSecurity | undefined): readonly string[] {
  const { authz } = security ?? {};
  if (authz === undefined) {
    throw new Error(
      '[authz.requiredPrivileges]: expected value of type [array] but got [undefined]'
    );
  }
  if (authz.enabled === false) {
    if (typeof authz.reason === 'string') return [];
    throw new Error('[authz.reason]: expected value of type [string] but got [undefined]');
  }
  const { requiredPrivileges } = authz;
  if (!Array.isArray(requiredPrivileges) || requiredPrivileges.length === 0) {
    throw new Error(
      '[authz.requiredPrivileges]: array size is [0], but cannot be smaller than [1]'
    );
  }
  return requiredPrivileges as readonly string[];
}

/** Whom this version of Kibana lets use the route. */
function privilegesOf(
  { tags = [] }: RouteOptions,
  security: RouteSecurity | undefined,
  known: RouteContracts['routeSecurity']
): readonly string[] {
  if (known === 'required' || (known === 'used' && security !== undefined)) {
    return requiredPrivilegesOf(security);
  }
  return tags.flatMap((tag) => (tag.startsWith(ACCESS_TAG) ? [tag.slice(ACCESS_TAG.length)] : []));
}

/** Without the query parameter that Kibana's browser uses internally. */
function queryOf(request: Request): unknown {
  const { elasticInternalOrigin: _, ...query } = request.query as Record<string, unknown>;
  return query;
}

const isUnauthorized = (error: unknown): error is Error & { headers?: Record<string, string> } =>
  error instanceof Error &&
  error.name === 'ResponseError' &&
  (error as { statusCode?: number }).statusCode === 401;

/**
 * Kibana's router (`core-http-router-server-internal/src/router.js`). `makeContext` gives the
 * handler's context; `onRoute` takes what was registered.
 */
export function createRouter(
  logger: Logger,
  makeContext: (request: KibanaRequest) => object,
  onRoute: (route: Route) => void,
  contracts: RouteContracts
) {
  const logError = (text: string, status: number, request: Request, error: Error) =>
    logger.error(text, {
      http: {
        response: { status_code: status },
        request: { method: request.method, path: request.path },
      },
      error: {
        message: error.message,
        get stack_trace() {
          return error.stack;
        },
      },
    });

  const handle = async (
    schemas: RouteSchemas | undefined,
    handler: Handler,
    request: Request,
    toolkit: Parameters<typeof answerOf>[1]
  ) => {
    let kibanaRequest: KibanaRequest;
    try {
      const raw = { params: request.params, query: queryOf(request), body: request.payload };
      const parts = schemas && validateRequest(raw, schemas);
      kibanaRequest = new KibanaRequest(request, parts);
    } catch (error) {
      logError('400 Bad Request', 400, request, error as Error);
      return badRequest((error as Error).message);
    }
    try {
      const answer = await handler(makeContext(kibanaRequest), kibanaRequest, responseFactory);
      return answerOf(answer, toolkit);
    } catch (error) {
      if (isUnauthorized(error)) {
        logError('401 Unauthorized', 401, request, error);
        const authenticate = 'Basic realm="security" charset="UTF-8"';
        const answer = responseFactory.unauthorized({
          body: error.message,
          headers: { 'www-authenticate': error.headers?.['www-authenticate'] ?? authenticate },
        });
        return answerOf(answer, toolkit);
      }
      logError('500 Server Error', 500, request, error as Error);
      return internalError();
    }
  };

  const registrar =
    (method: RouteMethod): AddRoute =>
    (route, handler) => {
      const { path, validate, options = {}, security } = route;
      const privileges = privilegesOf(options, security, contracts.routeSecurity);
      if (validate === undefined) {
        throw new Error(
          `The [${method}] at [${path}] does not have a 'validate' specified. Use 'false' as the value if you want to bypass validation.`
        );
      }
      if (validate !== false) assertRules(validate);
      if (options.body?.output === 'stream') notInTheWorkbench('a route whose body is a stream');
      onRoute({
        method,
        path,
        options,
        privileges,
        handler: (request, toolkit) => handle(validate || undefined, handler, request, toolkit),
      });
    };

  const plain = Object.fromEntries(
    ROUTE_METHODS.map((method) => [method, registrar(method)])
  ) as PlainRouter;

  return onlyThese('router', {
    ...plain,
    versioned: versionedRouter(plain, contracts),
    /** Boom errors that the handler throws become its answer. */
    handleLegacyErrors:
      (handler: Handler): Handler =>
      async (context, request, response) => {
        try {
          return await handler(context, request, response);
        } catch (error) {
          if (!Boom.isBoom(error)) throw error;
          const { payload, statusCode, headers } = error.output;
          return responseFactory.customError({
            body: payload as unknown as { message: string },
            statusCode,
            headers: headers as Record<string, string>,
          });
        }
      },
  });
}
export type WorkbenchRouter = ReturnType<typeof createRouter>;
