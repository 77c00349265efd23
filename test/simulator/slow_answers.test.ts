import { request, type IncomingMessage } from 'node:http';
import { API_PREFIX } from './api';
import type { Fault } from './faults';
import type { Simulator } from './simulator';
import {
  call,
  disconnect,
  FULL_TOKEN,
  startSimulator,
  stopSimulators,
  until,
} from './test_support';

/** Answers that come slowly, or stop coming while the connection stays open. */

afterEach(stopSimulators);

const withFault = async (fault: Fault, path = '/agents'): Promise<Simulator> => {
  const simulator = await startSimulator();
  simulator.faults.add({ path, fault });
  return simulator;
};

/** A call whose bytes are looked at as they come. */
function follow(simulator: Simulator) {
  const pieces: string[] = [];
  let response: IncomingMessage | undefined;
  let end: 'none' | 'closed' = 'none';
  const sent = request(`${simulator.url}${API_PREFIX}/agents?limit=1`, {
    agent: false,
    headers: { authorization: `ApiToken ${FULL_TOKEN}` },
  });
  const note = () => (end = 'closed');
  sent.on('error', note).on('close', note);
  sent.on('response', (answer) => {
    response = answer;
    answer.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
    answer.on('error', note);
  });
  sent.end();
  return {
    text: () => pieces.join(''),
    hasHead: () => response !== undefined,
    end: () => end,
    close: () => sent.destroy(),
  };
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('drip sends the correct answer in pieces', async () => {
  const simulator = await withFault({ kind: 'drip', everyMs: 1, bytes: 200 });
  const answer = await call(simulator, 'GET', '/agents?limit=1');
  expect(answer.status).toBe(200);
  expect(answer.json.data).toHaveLength(1);
  expect(simulator.calls).toMatchObject([{ fault: 'drip', status: 200 }]);
});

it('drip sends the answer byte by byte, and keeps the connection open meanwhile', async () => {
  const simulator = await withFault({ kind: 'drip', everyMs: 20 });
  const slow = follow(simulator);
  await until(() => slow.text().length >= 3);
  expect(slow.text().length).toBeLessThan(100);
  expect(slow.end()).toBe('none');
  slow.close();
});

it('drip ends when the simulator stops', async () => {
  const simulator = await withFault({ kind: 'drip', everyMs: 60_000 });
  const slow = follow(simulator);
  await until(slow.hasHead);
  await simulator.stop();
  await until(() => slow.end() === 'closed');
});

it('halfOpen answers nothing, applies nothing, and closes nothing', async () => {
  const simulator = await withFault({ kind: 'halfOpen' });
  const silent = follow(simulator);
  await until(() => simulator.calls.length === 1);
  await pass(50);
  expect([silent.hasHead(), silent.end()]).toEqual([false, 'none']);
  expect(simulator.calls).toMatchObject([{ fault: 'halfOpen', status: null }]);
  silent.close();
});

it('halfOpen stops in the middle of the answer', async () => {
  const simulator = await withFault({ kind: 'halfOpen', afterBytes: 10 });
  const silent = follow(simulator);
  await until(() => silent.text().length === 10);
  await pass(50);
  expect([silent.text(), silent.end()]).toEqual(['{"data":[{', 'none']);
  silent.close();
});

it.each([
  [false, 'connected', []],
  [true, 'disconnecting', ['it']],
] as const)('halfOpen with applied %s leaves a command %s', async (applied, status, affected) => {
  const simulator = await withFault({ kind: 'halfOpen', applied }, '/agents/actions/disconnect');
  const { id } = simulator.agents()[0]!;
  void disconnect(simulator, { ids: [id] }).catch(() => {});
  await until(() => simulator.calls[0]?.fault === 'halfOpen');
  await pass(20);
  expect(simulator.agent(id).networkStatus).toBe(status);
  expect(simulator.writes()[0]?.affectedIds).toEqual(affected.map(() => id));
});

it('refuses a drip without a pause, or of no bytes', async () => {
  const simulator = await startSimulator();
  const add = (fault: unknown) => simulator.faults.add({ path: '/agents', fault: fault as Fault });
  expect(() => add({ kind: 'drip' })).toThrow('"everyMs" of the fault "drip" is not valid');
  expect(() => add({ kind: 'drip', everyMs: 1, bytes: 0 })).toThrow('"bytes"');
  expect(() => add({ kind: 'halfOpen', ms: 1 })).toThrow('has no "ms"');
});
