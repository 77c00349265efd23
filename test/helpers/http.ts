import { httpCall } from './http_call';

/** Requests to the host under test, as scripts send them. */

export type UserName =
  | 'admin'
  | 'lead'
  | 'analyst'
  | 'viewer'
  | 'responder'
  | 'isolator'
  | 'unconnected'
  | 'reader'
  | 'outsider'
  | 'nobody'
  | 'triager';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, or undefined when it is none. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies of every kind
}

export interface RequestOptions {
  /** Sent unchanged if it is a text, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The version of the internal routes. */
  readonly version?: string;
}

/** The header that logs a user in: `Basic …`. */
export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Sends one request; without `authorization` it has no user. Never throws for a status. */
export async function sendAs(
  base: string,
  authorization: string | undefined,
  method: string,
  path: string,
  { body, headers = {}, version = '1' }: RequestOptions = {}
): Promise<HttpAnswer> {
  const {
    status,
    headers: answered,
    text,
  } = await httpCall(`${base}${path}`, {
    method,
    headers: {
      'kbn-xsrf': 'contract-test',
      'elastic-api-version': /^(\/s\/[^/]+)?\/internal/.test(path) ? version : '2023-10-31',
      'x-elastic-internal-origin': 'contract-test',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization === undefined ? {} : { authorization }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status, headers: answered, text, json };
}

/** The same as a user whose password is the user name. */
export const send = (
  base: string,
  user: UserName,
  method: string,
  path: string,
  options?: RequestOptions
): Promise<HttpAnswer> =>
  sendAs(base, user === 'nobody' ? undefined : basic(user, user), method, path, options);

/**
 * The answer, if it is a success; otherwise throws an error with the beginning of the answer. `what` names the request.
 */
export function expectOk(answer: HttpAnswer, what: string): HttpAnswer {
  if (answer.status < 300) return answer;
  throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
}
