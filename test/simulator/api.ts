import type { IncomingHttpHeaders } from 'node:http';
import {
  ApiError,
  badInput,
  errorBodyFor,
  methodNotAllowed,
  notFound,
  notSimulated,
  throttled,
} from './api_error';
import { methodsOfApi } from './api_specification';
import { queryNotes, redact, type CallLog, type CallNotes } from './call_log';
import type { Clock } from './clock';
import { damageBody, damageText, LOGIN_PAGE } from './damage';
import type { Fault, FaultQueue } from './faults';
import { allowOnlyOfApi, readQuery } from './query';
import type { RateLimiter } from './rate_limits';
import { ROUTES, type Route } from './routes';
import type { Settings } from './settings';
import type { State } from './state';
import { authenticate, authorize, type ApiToken, type TokenStore } from './tokens';

/** One call to the API, from the request to what goes back over the wire. */

export const API_PREFIX = '/web/api/v2.1';

export interface ApiRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Delivery =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
      /** Sent in pieces of so many bytes, with a pause of so many ms before each. */
      readonly pieces?: { readonly bytes: number; readonly everyMs: number };
      /** After so many bytes of the body nothing more is sent, and the connection stays open. */
      readonly silentAfter?: number;
    }
  /** The connection is closed without an answer. */
  | { readonly kind: 'reset' }
  /** Nothing is sent, and the connection stays open. */
  | { readonly kind: 'silence' };

/** Everything a call can look at or change; a reset makes a new one. */
export interface Environment {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly state: State;
  readonly tokens: TokenStore;
  readonly faults: FaultQueue;
  readonly limit: RateLimiter;
  readonly log: CallLog;
}

/** Waits in real time; ends early when the server stops. */
export type Sleep = (milliseconds: number) => Promise<void>;

const RESET: Delivery = { kind: 'reset' };
const SILENCE: Delivery = { kind: 'silence' };

const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {}
): Delivery => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text: JSON.stringify(body),
});

const errorAnswer = ({ status, body, headers }: ApiError): Delivery => json(status, body, headers);

/** A fault's own answer: JSON, or text as it was given. */
function faultAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {}
): Delivery {
  if (body === undefined) return json(status, errorBodyFor(status), headers);
  if (typeof body !== 'string') return json(status, body, headers);
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'text/plain', ...headers },
    text: body,
  };
}

interface Presented {
  /** The authentication scheme, for the log. */
  readonly scheme: string;
  /** The token of the scheme `ApiToken`. */
  readonly secret: string | undefined;
}

/** Reads the header, and never returns a token as the name of a scheme. */
function readAuthorization(header: string | undefined): Presented {
  if (header === undefined || header.trim() === '') return { scheme: 'none', secret: undefined };
  const [, scheme = '', secret] = /^([A-Za-z]{1,20}) +(\S+)$/.exec(header.trim()) ?? [];
  if (secret === undefined) return { scheme: 'malformed', secret: undefined };
  return { scheme, secret: scheme.toLowerCase() === 'apitoken' ? secret : undefined };
}

function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('body', 'Not valid JSON');
  }
}

/** The body for the log: JSON where it is that. */
function bodyForLog(text: string): unknown {
  try {
    return parseBody(text) ?? null;
  } catch {
    return text.slice(0, 10_000);
  }
}

function findRoute(method: string, path: string): Route {
  const methods = methodsOfApi(path);
  if (methods.length === 0) throw badInput('path', `${path} is not a path of the Management API`);
  if (!methods.includes(method)) throw methodNotAllowed(methods.join(', '));
  const route = ROUTES.find((one) => one.method === method && one.path === path);
  if (route === undefined) throw notSimulated(`${method} ${path}`);
  return route;
}

const ANYONE: ApiToken = {
  name: '',
  token: '',
  permissions: [],
  createdAt: '',
  expiresAt: null,
  siteId: null,
};

/** What a fault answers in place of the API, before anything is applied. */
async function meetBefore(fault: Fault | undefined, sleep: Sleep): Promise<Delivery | undefined> {
  switch (fault?.kind) {
    case 'status':
      return faultAnswer(fault.status, fault.body, fault.headers);
    case 'throttle':
      return errorAnswer(throttled(fault.retryAfter));
    case 'html':
      return {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'text/html' },
        text: LOGIN_PAGE,
      };
    case 'resetBefore':
      return RESET;
    case 'hang':
      if (fault.applied === true) return undefined;
      await sleep(fault.ms);
      return RESET;
    case 'halfOpen': {
      const { applied = false, afterBytes } = fault;
      return applied || afterBytes !== undefined ? undefined : SILENCE;
    }
    default:
      return undefined;
  }
}

/** What a fault makes of the answer, once everything is applied. */
async function meetAfter(
  answer: Delivery,
  fault: Fault | undefined,
  sleep: Sleep
): Promise<Delivery> {
  switch (fault?.kind) {
    case 'resetAfter':
      return RESET;
    case 'answerAfterApply':
      return faultAnswer(fault.status, fault.body);
    case 'hang':
      await sleep(fault.ms);
      return RESET;
    case 'delay':
      await sleep(fault.ms);
      return answer;
    case 'drip':
      return answer.kind === 'answer'
        ? { ...answer, pieces: { bytes: fault.bytes ?? 1, everyMs: fault.everyMs } }
        : answer;
    case 'halfOpen':
      return answer.kind === 'answer' && fault.afterBytes !== undefined
        ? { ...answer, silentAfter: fault.afterBytes }
        : SILENCE;
    default:
      return answer;
  }
}

interface Caller {
  readonly secret: string | undefined;
  readonly search: URLSearchParams;
}

/** Authenticates, runs the route and builds the response. */
function run(
  environment: Environment,
  { method, path, body }: { method: string; path: string; body: string },
  { secret, search }: Caller,
  fault: Fault | undefined,
  note: (notes: CallNotes) => void
): Delivery {
  try {
    const { clock, tokens, settings, state } = environment;
    const route = findRoute(method, path);
    const token = route.anonymous ? ANYONE : authenticate(tokens, secret, clock.now());
    if (route.permission !== undefined) authorize(token, route.permission);
    const query = readQuery(search);
    allowOnlyOfApi(query, method, path);
    const answer = route.handle({
      query,
      // A GET's body means nothing: Kibana sends "{}" with every one.
      body: method === 'POST' ? parseBody(body) : undefined,
      token,
      state,
      tokens,
      settings,
      clock,
      fault,
      note,
    });
    const delivery = json(200, damageBody({ ...answer, errors: [] }, fault));
    return delivery.kind === 'answer'
      ? { ...delivery, text: damageText(delivery.text, fault) }
      : delivery;
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error);
    const detail = `The simulator failed: ${String(error)}`;
    return errorAnswer(new ApiError(500, 5000010, 'Internal Server Error', detail));
  }
}

/** Handles one call; `sleep` waits in real time. */
export async function handleCall(
  environment: Environment,
  request: ApiRequest,
  sleep: Sleep
): Promise<Delivery> {
  const { method, headers, body } = request;
  const { pathname, search, searchParams } = new URL(request.url, 'http://simulator');
  const isApi = pathname.startsWith(`${API_PREFIX}/`);
  const path = isApi ? pathname.slice(API_PREFIX.length) : pathname;

  const { scheme, secret } = readAuthorization(headers.authorization);
  const inUrl = [...searchParams].find(([name]) => name.toLowerCase() === 'apitoken')?.[1];
  const used = secret ?? (environment.settings.acceptTokenInUrl ? inUrl : undefined);
  const secrets = [
    ...environment.tokens.secrets(),
    ...[secret, inUrl].filter((one): one is string => one !== undefined && one.length >= 8),
  ];
  const { tokenInUrl, ...query } = queryNotes(search, secrets);
  const shownPath = String(redact(path, secrets));
  const note = environment.log.open({
    at: new Date(environment.clock.now()).toISOString(),
    method,
    path: shownPath,
    query,
    body: redact(bodyForLog(body), secrets),
    authorization: scheme,
    tokenName: (used === undefined ? undefined : environment.tokens.bySecret(used)?.name) ?? null,
    tokenInUrl: tokenInUrl || shownPath !== path,
    fault: null,
    status: null,
    selectedIds: [],
    affectedIds: [],
  });
  const finish = (delivery: Delivery): Delivery => {
    if (delivery.kind === 'answer') note({ status: delivery.status });
    return delivery;
  };

  if (environment.settings.latencyMs > 0) await sleep(environment.settings.latencyMs);
  try {
    if (isApi) environment.limit(path);
  } catch (error) {
    if (error instanceof ApiError) return finish(errorAnswer(error));
    throw error;
  }
  const fault = environment.faults.take(method, path, searchParams.toString());
  if (fault !== undefined) note({ fault: fault.kind });
  const instead = await meetBefore(fault, sleep);
  if (instead !== undefined) return finish(instead);
  const answer = isApi
    ? run(environment, { method, path, body }, { secret: used, search: searchParams }, fault, note)
    : errorAnswer(notFound());
  return finish(await meetAfter(answer, fault, sleep));
}
