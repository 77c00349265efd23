/** Asks the host under test as one of its users; each has his name as password, `nobody` has none. */

export type UserName =
  'admin' | 'analyst' | 'viewer' | 'reader' | 'outsider' | 'nobody' | 'triager';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, or undefined when it is none. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies of every kind
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: string;
}

const basic = (user: UserName, password: string = user): Record<string, string> =>
  user === 'nobody'
    ? {}
    : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };

/** Sends what Kibana's API wants besides the body; never throws for a status. */
export async function send(
  base: string,
  user: UserName,
  method: string,
  path: string,
  { body, headers = {}, version = '1' }: RequestOptions = {}
): Promise<HttpAnswer> {
  const answer = await fetch(`${base}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      'kbn-xsrf': 'contract-test',
      'elastic-api-version': /^(\/s\/[^/]+)?\/internal/.test(path) ? version : '2023-10-31',
      'x-elastic-internal-origin': 'contract-test',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...basic(user),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: answer.status, headers: answer.headers, text, json };
}
