import { request } from 'node:http';
import { API_PREFIX } from './api';
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator';

/** A simulator for one test, with a clock that stands still until the test moves it. */

export const FULL_TOKEN = 'full-token-0123456789';
export const START = Date.parse('2024-07-03T03:45:00.000Z');

const running: Simulator[] = [];

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = createSimulator({ now: () => START, ...options });
  running.push(simulator);
  await simulator.start();
  return simulator;
}

/** For `afterEach`. */
export async function stopSimulators(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of every kind, of which tests look at single fields
  readonly json: any;
}

interface CallOptions {
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  /** The whole header; null for none. */
  readonly authorization?: string | null;
  /** Default: below the API. */
  readonly prefix?: string;
}

/** One call over a connection of its own; rejects when the connection breaks. GETs may have a body. */
export function call(
  simulator: Simulator,
  method: string,
  path: string,
  { body, authorization = `ApiToken ${FULL_TOKEN}`, prefix = API_PREFIX }: CallOptions = {}
): Promise<Answer> {
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    ...(authorization === null ? {} : { authorization }),
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
  };
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: false };
    const sent = request(`${simulator.url}${prefix}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        let json;
        try {
          json = JSON.parse(text);
        } catch {
          // Not every answer is JSON; such tests look at the text.
        }
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
    sent.on('error', reject);
    sent.end(payload);
  });
}

export const disconnect = (simulator: Simulator, filter?: unknown, options: CallOptions = {}) =>
  call(simulator, 'POST', '/agents/actions/disconnect', { body: { filter }, ...options });

export const connect = (simulator: Simulator, filter?: unknown, options: CallOptions = {}) =>
  call(simulator, 'POST', '/agents/actions/connect', { body: { filter }, ...options });

/** The ids in an answer's `data[]`. */
export const idsIn = ({ json }: Answer): string[] =>
  (json.data as { id: string }[]).map(({ id }) => id);

/** Waits until `isSo`; Jest's time limit ends a wait in vain. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
