import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiRequest, Delivery, Sleep } from './api';

/** The HTTP server: reads requests, sends what it is told to, closes connections where asked. */

const LARGEST_BODY = 8_000_000;

export interface IncomingCall extends ApiRequest {
  /** Comes from this machine, addressed by a name of this machine. */
  readonly isLocal: boolean;
}

export interface HttpServerOptions {
  /** Takes calls from any address for this machine's, as long as they name this machine. */
  readonly anyAddressIsLocal: boolean;
}
export type Handler = (request: IncomingCall, sleep: Sleep) => Promise<Delivery>;

export interface HttpServer {
  /** Listens; port 0 takes a free one. Returns the base URL. */
  start(port: number, host: string): Promise<string>;
  /** Closes every connection and ends every wait. */
  stop(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_BODY) throw new Error('The body is larger than the simulator reads');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const LOCAL_ADDRESSES = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

const namesThisMachine = ({ headers }: IncomingMessage): boolean =>
  LOCAL_NAMES.includes((headers.host ?? '').replace(/:\d+$/, ''));
const comesFromThisMachine = ({ socket }: IncomingMessage): boolean =>
  LOCAL_ADDRESSES.includes(socket.remoteAddress ?? '');

async function send(
  response: ServerResponse,
  delivery: Delivery,
  sleep: Sleep,
  isStopped: () => boolean
): Promise<void> {
  if (response.destroyed || delivery.kind === 'silence') return;
  if (delivery.kind === 'reset') {
    response.socket?.destroy();
    return;
  }
  const { status, headers, text, pieces, silentAfter } = delivery;
  const body = Buffer.from(text);
  response.writeHead(status, { ...headers, 'content-length': body.length });
  if (silentAfter !== undefined) {
    response.flushHeaders();
    response.write(body.subarray(0, silentAfter));
    return;
  }
  if (pieces === undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  for (let from = 0; from < body.length; from += pieces.bytes) {
    await sleep(pieces.everyMs);
    if (response.destroyed || isStopped()) return;
    response.write(body.subarray(from, from + pieces.bytes));
  }
  response.end();
}

export function createHttpServer(
  handle: Handler,
  { anyAddressIsLocal }: HttpServerOptions
): HttpServer {
  let server: Server | undefined;
  const waits = new Set<() => void>();

  const sleep: Sleep = (milliseconds) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waits.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      waits.add(end);
    });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const call: IncomingCall = {
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        headers: request.headers,
        body: await readBody(request),
        isLocal: namesThisMachine(request) && (anyAddressIsLocal || comesFromThisMachine(request)),
      };
      const delivery = await handle(call, sleep);
      await send(response, delivery, sleep, () => server === undefined);
    } catch {
      // The client went away in the middle of its request, or sent more than is read.
      response.socket?.destroy();
    }
  }

  return {
    start(port, host) {
      if (server !== undefined) throw new Error('The simulator is running already');
      const started = createServer((request, response) => void serve(request, response));
      server = started;
      return new Promise((resolve, reject) => {
        started.once('error', (error) => {
          server = undefined;
          reject(error);
        });
        started.listen(port, host, () => {
          const { port: taken } = started.address() as AddressInfo;
          const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host;
          resolve(`http://${name}:${taken}`);
        });
      });
    },
    stop() {
      const running = server;
      server = undefined;
      if (running === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        running.close(() => resolve());
        running.closeAllConnections();
        for (const end of [...waits]) end();
      });
    },
  };
}
