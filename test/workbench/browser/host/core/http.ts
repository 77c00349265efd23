import type {
  HttpFetchOptions,
  HttpFetchQuery,
  HttpHandler,
  HttpInterceptor,
  HttpSetup,
} from '@kbn/core/public';
import { notInTheWorkbench, onlyThese } from '../../../not_in_the_workbench';
import { HttpFetchError } from './http_fetch_error';

interface HttpOptions {
  readonly basePath: string;
  readonly version: string;
  readonly buildNumber: number;
}

/** As `core-http-browser-internal/src/fetch` of Kibana 8.12.2 tells answers apart. */
const JSON_TYPE = /^(application\/(json|x-javascript)|text\/(x-)?javascript|x-json)(;.*)?$/;

const MEMBERS_OF_OPTIONS = new Set([
  'version',
  'query',
  'body',
  'headers',
  'signal',
  'prependBasePath',
  'asSystemRequest',
  'keepalive',
  'asResponse',
]);

function search(query: HttpFetchQuery): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => (one === undefined ? [] : [[name, String(one)]]))
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  if (JSON_TYPE.test(response.headers.get('content-type') ?? '')) return response.json();
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const basePathOf = (basePath: string) =>
  onlyThese('core.http.basePath', {
    get: () => basePath,
    prepend: (url: string) => (url.startsWith('/') ? `${basePath}${url}` : url),
    remove: (url: string) =>
      url === basePath ? '/' : url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : url,
    serverBasePath: '',
    publicBaseUrl: undefined,
  });

/** `core.http`: same headers, same answers and same errors as Kibana's. */
export function createHttp({ basePath, version, buildNumber }: HttpOptions): HttpSetup {
  const base = basePathOf(basePath);
  const interceptors = new Set<HttpInterceptor>();

  /** Interceptors that only look at answers; others are not in the workbench. */
  function intercept(interceptor: HttpInterceptor): () => void {
    const other = Object.keys(interceptor).find((key) => key !== 'response');
    if (other !== undefined) notInTheWorkbench(`core.http.intercept with ${other}`);
    interceptors.add(interceptor);
    return () => void interceptors.delete(interceptor);
  }

  function requestOf(method: string, path: string, options: HttpFetchOptions): Request {
    const unknown = Object.keys(options).find((key) => !MEMBERS_OF_OPTIONS.has(key));
    if (unknown !== undefined) notInTheWorkbench(`core.http.fetch's option ${unknown}`);
    const { query = {}, headers, prependBasePath = true, asSystemRequest, body } = options;
    const url = `${prependBasePath ? base.prepend(path) : path}${search(query)}`;
    return new Request(url, {
      method,
      body,
      signal: options.signal,
      keepalive: options.keepalive,
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/json',
        ...headers,
        'kbn-version': version,
        'kbn-build-number': String(buildNumber),
        'x-elastic-internal-origin': 'Kibana',
        ...(options.version === undefined ? {} : { 'elastic-api-version': options.version }),
        ...(asSystemRequest === true ? { 'kbn-system-request': 'true' } : {}),
      },
    });
  }

  async function send(method: string, path: string, options: HttpFetchOptions): Promise<unknown> {
    const request = requestOf(method, path, options);
    const fail = ({ message, name }: Error, response?: Response): never => {
      throw new HttpFetchError(message, name, request, response);
    };
    const response = await fetch(request).catch((error: Error) => fail(error));
    const body = await bodyOf(response).catch((error: Error) => fail(error, response));
    if (!response.ok) {
      throw new HttpFetchError(response.statusText, 'Error', request, response, body);
    }
    const fetchOptions = { ...options, method, path };
    for (const { response: see } of interceptors) see?.({ fetchOptions, response, body });
    return options.asResponse === true ? { fetchOptions, request, response, body } : body;
  }

  const handler = (method: string): HttpHandler =>
    ((path: string, options: HttpFetchOptions = {}) => send(method, path, options)) as HttpHandler;
  return onlyThese('core.http', {
    basePath: base,
    intercept,
    fetch: handler('GET'),
    get: handler('GET'),
    post: handler('POST'),
    put: handler('PUT'),
    patch: handler('PATCH'),
    delete: handler('DELETE'),
    staticAssets: {
      getPluginAssetHref: () => notInTheWorkbench('core.http.staticAssets.getPluginAssetHref'),
    },
  });
}
