import Hapi, {
  type Request,
  type ResponseToolkit,
  type Server,
  type ServerRoute,
} from '@hapi/hapi';
import Boom from '@hapi/boom';
import type { Logger } from '@kbn/core/server';
import { answerOf, internalError } from './answer';
import type { Authenticate } from './authentication';
import { BasePath, spacePathOf } from './base_path';
import { RESPONSE_HEADERS } from './csp';
import { KibanaRequest } from './kibana_request';
import { responseFactory } from './kibana_response';
import type { KibanaVersion } from '../versions/kibana_version';
import type { Route } from './router';

/** Kibana's default for `server.maxPayload`. */
const MAX_BODY_BYTES = 1_048_576;
const SAFE_METHODS = ['get', 'options'];

export interface HttpServerOptions {
  readonly kibana: KibanaVersion;
  readonly port: number;
  readonly logger: Logger;
  readonly authenticate: Authenticate;
  /** Whether the caller holds every one of these privileges of a route. */
  readonly authorize: (request: Request, apiPrivileges: readonly string[]) => Promise<boolean>;
}

type Check = (request: KibanaRequest, raw: Request) => unknown;

/** Refusals after the caller is known, in Kibana's order. Undefined lets the request through. */
function checksOf({ authorize, logger, kibana }: HttpServerOptions): readonly Check[] {
  const { version, server } = kibana;
  return [
    ({ route, headers }) => {
      if (!route.options.xsrfRequired || SAFE_METHODS.includes(route.method)) return undefined;
      if ('kbn-xsrf' in headers || 'kbn-version' in headers) return undefined;
      return responseFactory.badRequest({ body: 'Request must contain a kbn-xsrf header.' });
    },
    ({ headers }) => {
      const got = headers['kbn-version'];
      if (!got || got === version) return undefined;
      return responseFactory.badRequest({
        body: {
          message: `Browser client is out of date, please refresh the page ("kbn-version" header was "${String(got)}" but should be "${version}")`,
          attributes: { expected: version, got },
        },
      });
    },
    ({ route, url, isInternalApiRequest }) => {
      const { access } = route.options;
      if (!server.internalOriginRequired || access !== 'internal' || isInternalApiRequest) {
        return undefined;
      }
      return responseFactory.badRequest({
        body: `uri [${url.pathname}] with method [${route.method}] exists but is not available with the current configuration`,
      });
    },
    async ({ url }, raw) => {
      const { privileges: wanted = [] } = (raw.route.settings.app ?? {}) as {
        readonly privileges?: readonly string[];
      };
      if (wanted.length === 0 || (await authorize(raw, wanted))) return undefined;
      logger.warn(`User not authorized for "${url.pathname}${url.search}": responding with 403`);
      return responseFactory.forbidden();
    },
  ];
}

function hapiRoute({ method, path, options, privileges, handler }: Route): ServerRoute {
  const { authRequired = true, tags = [], body = {}, access = 'internal', timeout } = options;
  const isSafe = SAFE_METHODS.includes(method);
  const xsrfRequired = options.xsrfRequired ?? !isSafe;
  const { maxBytes, accepts, parse } = body;
  const hasPayloadOptions = [maxBytes, accepts, parse, timeout?.payload].some(
    (option) => option !== undefined
  );
  return {
    method: method.toUpperCase() as 'GET',
    path,
    handler,
    options: {
      auth:
        authRequired === true ? undefined : authRequired === false ? false : { mode: 'optional' },
      app: { access, xsrfRequired, privileges } as object,
      tags: [...tags],
      ...(isSafe || !hasPayloadOptions
        ? {}
        : {
            payload: {
              ...(maxBytes === undefined ? {} : { maxBytes }),
              ...(accepts === undefined ? {} : { allow: accepts }),
              ...(parse === undefined ? {} : { parse }),
              ...(timeout?.payload === undefined ? {} : { timeout: timeout.payload }),
            },
          }),
    },
  };
}

/** How long (ms) Kibana keeps a connection on which nothing goes on (`server.keepaliveTimeout`). */
const KEEP_ALIVE = 120_000;

/** Kibana's HTTP server on hapi: authentication, its checks, error bodies and headers. */
export class HttpServer {
  readonly basePath = new BasePath();
  private readonly server: Server;
  private isStarted = false;

  constructor(private readonly options: HttpServerOptions) {
    this.server = new Hapi.Server({
      host: '127.0.0.1',
      port: options.port,
      debug: false,
      routes: {
        cache: {
          privacy: 'private',
          otherwise: 'private, no-cache, no-store, must-revalidate',
        } as Hapi.RouteOptionsCache,
        payload: { maxBytes: MAX_BODY_BYTES },
      },
      state: { strictHeader: false, isHttpOnly: true, isSameSite: false, isSecure: false },
    });
    // One that is closed after five seconds, Node's default, is closed under a client that uses it again.
    this.server.listener.keepAliveTimeout = KEEP_ALIVE;
    this.rewriteSpacePaths();
    this.addAuthentication();
    this.addChecks();
    this.addResponseHeaders();
  }

  get port(): number {
    return Number(this.server.info.port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** For pages and assets of the workbench itself. */
  get hapi(): Server {
    return this.server;
  }

  addRoute(route: Route): void {
    if (this.isStarted) {
      throw new Error('Routers can be registered only when HTTP server is stopped.');
    }
    this.server.route(hapiRoute(route));
  }

  async start(): Promise<void> {
    this.isStarted = true;
    await this.server.start();
  }

  async stop(): Promise<void> {
    this.server.listener.closeAllConnections();
    await this.server.stop({ timeout: 1_000 });
  }

  private rewriteSpacePaths(): void {
    this.server.ext('onRequest', (request, toolkit) => {
      const { spaceId, path } = spacePathOf(request.url.pathname);
      if (request.url.pathname === path) return toolkit.continue;
      if (spaceId !== 'default') this.basePath.set(request, `/s/${spaceId}`);
      request.setUrl(`${path}${request.url.search}`);
      return toolkit.continue;
    });
  }

  private addAuthentication(): void {
    const { authenticate } = this.options;
    this.server.auth.scheme('login', () => ({ authenticate }));
    this.server.auth.strategy('session', 'login');
    this.server.auth.default('session');
  }

  private addChecks(): void {
    const checks = checksOf(this.options);
    this.server.ext('onPostAuth', async (raw: Request, toolkit: ResponseToolkit) => {
      const request = new KibanaRequest(raw);
      for (const check of checks) {
        const refusal = await check(request, raw);
        if (refusal === undefined) continue;
        const answer = answerOf(refusal, toolkit);
        // A refusal ends the request; hapi wants errors thrown and answers taken over.
        if (answer instanceof Boom.Boom) throw answer;
        return answer.takeover();
      }
      return toolkit.continue;
    });
  }

  private addResponseHeaders(): void {
    this.server.ext('onPreResponse', ({ response }, toolkit) => {
      if (response instanceof Boom.Boom) {
        if (
          response.isServer &&
          response.output.payload.message === 'An internal server error occurred'
        ) {
          response.output.payload.message = internalError().output.payload.message;
        }
        Object.assign(response.output.headers, RESPONSE_HEADERS);
      } else {
        for (const [name, value] of Object.entries(RESPONSE_HEADERS)) response.header(name, value);
      }
      return toolkit.continue;
    });
  }
}
