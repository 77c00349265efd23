import type { Request } from '@hapi/hapi';
import { randomUUID } from 'node:crypto';
import { filter, first, fromEvent, map, NEVER, shareReplay, type Observable } from 'rxjs';

const raw = Symbol('request');

interface FakeRawRequest {
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly path?: string;
}

const isReal = (request: Request | FakeRawRequest): request is Request => 'raw' in request;

function eventsOf(request: Request): { aborted$: Observable<void>; completed$: Observable<void> } {
  const { res } = request.raw;
  const completed$ = fromEvent(res, 'close').pipe(
    map(() => undefined),
    shareReplay(1),
    first()
  );
  return { completed$, aborted$: completed$.pipe(filter(() => !res.writableFinished)) };
}

interface Parts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Kibana's view of a request; also made without one ("fake") to act with somebody's headers. */
export class KibanaRequest {
  readonly id: string = randomUUID();
  readonly uuid: string = randomUUID();
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly isFakeRequest: boolean;
  readonly isSystemRequest: boolean;
  readonly isInternalApiRequest: boolean;
  readonly auth: { readonly isAuthenticated: boolean };
  readonly events: { readonly aborted$: Observable<void>; readonly completed$: Observable<void> };
  readonly route: {
    readonly path: string;
    readonly method: string;
    readonly options: {
      readonly tags: readonly string[];
      readonly access: string;
      readonly xsrfRequired: boolean;
      readonly authRequired: boolean | 'optional';
    };
  };
  params: unknown;
  query: unknown;
  body: unknown;

  constructor(
    request: Request | FakeRawRequest,
    parts: Parts = { params: {}, query: {}, body: {} }
  ) {
    Object.defineProperty(this, raw, { value: request, enumerable: false });
    this.params = parts.params;
    this.query = parts.query;
    this.body = parts.body;
    const real = isReal(request);
    this.isFakeRequest = !real;
    this.headers = real ? Object.freeze({ ...request.headers }) : { ...request.headers };
    this.url = real ? request.url : new URL('https://fake-request/url');
    this.isSystemRequest = this.headers['kbn-system-request'] === 'true';
    this.isInternalApiRequest =
      'x-elastic-internal-origin' in this.headers ||
      this.url.searchParams.has('elasticInternalOrigin');
    this.auth = { isAuthenticated: real ? request.auth.isAuthenticated : false };
    this.events = real ? eventsOf(request) : { aborted$: NEVER, completed$: NEVER };
    const settings = real ? request.route.settings : undefined;
    const app = settings?.app as { access?: string; xsrfRequired?: boolean } | undefined;
    this.route = {
      path: request.path ?? '/',
      method: real ? request.method : 'get',
      options: {
        tags: settings?.tags ?? [],
        access: app?.access ?? 'internal',
        xsrfRequired: app?.xsrfRequired ?? true,
        authRequired: settings?.auth !== (false as unknown),
      },
    };
  }

  toString(): string {
    return `[CoreKibanaRequest id="${this.id}" method="${this.route.method}" url="${this.url}" fake="${this.isFakeRequest}" system="${this.isSystemRequest}" api="${this.isInternalApiRequest}"]`;
  }

  /** Headers may hold credentials, so they are never printed. */
  toJSON(): object {
    const { id, uuid, url, isFakeRequest, isSystemRequest, isInternalApiRequest, auth, route } =
      this;
    return {
      id,
      uuid,
      url: `${url}`,
      isFakeRequest,
      isSystemRequest,
      isInternalApiRequest,
      auth,
      route,
    };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): object {
    return this.toJSON();
  }
}

/** Hapi's request behind Kibana's; what was given for a fake one. */
export const rawRequestOf = (request: object): object =>
  (request as { [raw]?: object })[raw] ?? request;
