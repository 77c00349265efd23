import * as http from 'node:http';
import * as https from 'node:https';
import { gunzipSync } from 'node:zlib';

/** An HTTP request over Node's own client: `fetch` takes three times as long for one, and tests send ten thousand. */

export interface HttpCall {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResult {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How long (ms) a connection is kept for the next request: less than servers keep it, which is five seconds or more. */
const KEPT_FOR = 3_000;
const options = { keepAlive: true, timeout: KEPT_FOR };
const CLIENTS = {
  'http:': { request: http.request, agent: new http.Agent(options) },
  'https:': { request: https.request, agent: new https.Agent(options) },
};

function headersOf({ rawHeaders }: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (let n = 0; n < rawHeaders.length; n += 2) headers.append(rawHeaders[n]!, rawHeaders[n + 1]!);
  return headers;
}

/** Sends a request, and follows no redirect. Rejects if there is no answer; never for a status. */
export async function httpCall(url: string, call: HttpCall): Promise<HttpResult> {
  const { method, headers = {}, body } = call;
  const target = new URL(url);
  const { request, agent } = CLIENTS[target.protocol as keyof typeof CLIENTS];
  const chunks: Buffer[] = [];
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const sent = request(target, {
      method,
      agent,
      headers: { accept: '*/*', 'accept-encoding': 'gzip', ...headers },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('end', () => resolve(response));
      response.on('error', reject);
    });
    sent.end(body);
  });
  const content = Buffer.concat(chunks);
  const isCompressed = answer.headers['content-encoding'] === 'gzip' && content.length > 0;
  return {
    status: answer.statusCode!,
    headers: headersOf(answer),
    text: (isCompressed ? gunzipSync(content) : content).toString('utf8'),
  };
}
