/** Where the parts of the deployment are, and who sets them up. */
export interface Deployment {
  readonly kibana: string;
  readonly elasticsearch: string;
  readonly simulator: string;
  /** `user:password` of a superuser. */
  readonly auth: string;
}

/** An answer; `body` is undefined where there is none. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/**
 * Sends a request as the superuser. Throws for any answer that is neither a success nor a status in `fine`.
 * A text is sent as it is, anything else as JSON.
 */
export async function request<T = unknown>(
  { auth }: Pick<Deployment, 'auth'>,
  method: string,
  url: string,
  { body, fine = [] }: { readonly body?: unknown; readonly fine?: readonly number[] } = {}
): Promise<Answer<T>> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(auth).toString('base64')}`,
      'content-type': 'application/json',
      'kbn-xsrf': 'set-up',
      'elastic-api-version': '2023-10-31',
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok && !fine.includes(answer.status)) {
    throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  }
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}
