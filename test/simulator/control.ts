import { setImmediate } from 'node:timers/promises';
import type { AgentPatch } from './agent';
import type { AskControl } from './client';
import type { FaultRule } from './faults';
import type { IncomingCall } from './server';
import type { Settings } from './settings';
import type { Isolation, Simulator } from './simulator';
import type { TokenPatch } from './tokens';

/**
 * The control API: changes the simulator over HTTP, for tests that run in another process.
 * It asks for no token and answers this machine only, unless it is opened. Its calls are not in the call log.
 */

export const CONTROL_PREFIX = '/_simulator';

interface ControlRequest {
  readonly body: unknown;
  /** The last part of the path, where it stands for an id or a name. */
  readonly key: string;
}

type Control = (simulator: Simulator, request: ControlRequest) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function record(body: unknown): Record<string, unknown> {
  if (body === undefined) return {};
  if (!isRecord(body)) throw new Error('The body is an object');
  return body;
}

/** By method and path; `:key` stands for an id or a name. */
const CONTROLS: Readonly<Record<string, Control>> = {
  'GET /calls': (simulator) => simulator.calls,
  'DELETE /calls': (simulator) => {
    const { calls } = simulator;
    simulator.clearCalls();
    return calls;
  },
  'GET /faults': (simulator) => simulator.faults.pending(),
  'POST /faults': (simulator, { body }) => {
    const rules = (Array.isArray(body) ? body : [body]) as FaultRule[];
    for (const rule of rules) simulator.faults.add(record(rule) as unknown as FaultRule);
  },
  'DELETE /faults': (simulator) => simulator.faults.clear(),
  'GET /agents': (simulator) => simulator.agents(),
  'GET /agents/:key': (simulator, { key }) => simulator.agent(key),
  'PATCH /agents/:key': (simulator, { key, body }) =>
    simulator.setAgent(key, record(body) as AgentPatch),
  'POST /isolations': (simulator, { body }) =>
    simulator.isolate(record(body) as unknown as Isolation),
  'POST /releases': (simulator, { body }) =>
    simulator.release(record(body) as unknown as Isolation),
  'GET /hosts': (simulator) => simulator.hosts(),
  'GET /activities': (simulator) => simulator.activities(),
  'GET /tokens': (simulator) => simulator.tokens.list(),
  'PATCH /tokens/:key': (simulator, { key, body }) =>
    simulator.tokens.set(key, record(body) as TokenPatch),
  'DELETE /tokens/:key': (simulator, { key }) => simulator.tokens.revoke(key),
  'GET /clock': (simulator) => ({ now: simulator.now() }),
  'POST /clock': (simulator, { body }) => {
    simulator.advance(Number(record(body).advanceMs));
    return { now: simulator.now() };
  },
  'POST /reset': (simulator, { body }) => simulator.reset(record(body) as Partial<Settings>),
};

const answer = (status: number, body: unknown) => ({
  kind: 'answer' as const,
  status,
  headers: { 'content-type': 'application/json' },
  text: JSON.stringify(body ?? {}),
});

/** Answers a control call: 400 with what is wrong, 403 from elsewhere, 404 for a path it does not have. */
export function handleControl(simulator: Simulator, request: IncomingCall) {
  if (!request.isLocal) return answer(403, { error: 'The control API answers this machine only' });
  const { pathname } = new URL(request.url, 'http://simulator');
  const [name = '', ...rest] = pathname.slice(CONTROL_PREFIX.length + 1).split('/');
  const path = rest.length === 0 ? `/${name}` : `/${name}/:key`;
  const signature = `${request.method} ${path}`;
  const control = Object.hasOwn(CONTROLS, signature) ? CONTROLS[signature] : undefined;
  if (control === undefined || rest.length > 1) {
    return answer(404, { error: `There is no ${request.method} ${pathname}` });
  }
  try {
    const body: unknown = request.body === '' ? undefined : JSON.parse(request.body);
    return answer(200, control(simulator, { body, key: decodeURIComponent(rest[0] ?? '') }));
  } catch (error) {
    return answer(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** The control API of a simulator in this process, without HTTP. What is under way goes on meanwhile, as it does with it. */
export const controlOf =
  (simulator: Simulator): AskControl =>
  async (method, path, body = '') => {
    await setImmediate();
    const url = `${CONTROL_PREFIX}${path}`;
    return handleControl(simulator, { method, url, headers: {}, body, isLocal: true });
  };
