import * as fc from 'fast-check';
import { COMMAND_DEADLINE, withCommandDeadline } from './deadline';
import {
  BETWEEN_REQUESTS,
  gatedSend,
  requestGate,
  requestGates,
  type RequestKind,
} from './request_gate';
import type { ApiAnswer } from './transport';

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});
const now = () => performance.now();

const anyRequest = fc.record({
  kind: fc.constantFrom<RequestKind>('action', 'read'),
  after: fc.integer({ min: 0, max: 120 }),
});

it("separates requests in time, and never delays an action's request for a waiting read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRequest, { minLength: 1, maxLength: 40 }), async (requests) => {
      const gate = requestGate(now);
      const left: Array<{ kind: RequestKind; came: number; at: number }> = [];
      for (const { kind, after } of requests) {
        await jest.advanceTimersByTimeAsync(after);
        const came = now();
        void gate.enter(kind).then(() => left.push({ kind, came, at: now() }));
      }
      await jest.advanceTimersByTimeAsync(requests.length * BETWEEN_REQUESTS);
      expect(left).toHaveLength(requests.length);
      left.forEach(({ at }, n) => {
        if (n > 0) expect(at - left[n - 1]!.at).toBeGreaterThanOrEqual(BETWEEN_REQUESTS);
      });
      for (const action of left.filter(({ kind }) => kind === 'action')) {
        const passed = left.filter(
          ({ kind, at }) => kind === 'read' && at > action.came && at < action.at
        );
        expect(passed).toEqual([]);
      }
    }),
    { numRuns: 200 }
  );
});

it('sends a request at once after a pause', async () => {
  const gate = requestGate(now);
  const from = now();
  await gate.enter('read');
  await jest.advanceTimersByTimeAsync(BETWEEN_REQUESTS);
  await gate.enter('read');
  expect(now() - from).toBe(BETWEEN_REQUESTS);
});

it('waits with one timer, which ends when the next request may leave, and with none if nothing waits', async () => {
  const gate = requestGate(now);
  const left: number[] = [];
  for (const n of [1, 2, 3]) void gate.enter('read').then(() => left.push(n));
  expect(jest.getTimerCount()).toBe(1);
  for (const n of [2, 3]) {
    await jest.advanceTimersToNextTimerAsync();
    expect(left.at(-1)).toBe(n);
  }
  expect(jest.getTimerCount()).toBe(0);
});

it('is separate for each tenant', () => {
  const gateOf = requestGates(now);
  expect(gateOf('https://a.example.net')).toBe(gateOf('https://a.example.net/'));
  expect(gateOf('https://a.example.net')).not.toBe(gateOf('https://b.example.net'));
});

it('checks a command when it is sent, not when it is queued', async () => {
  const sent: string[] = [];
  const send = async (): Promise<ApiAnswer> => {
    sent.push('command');
    return { ok: true, body: {} };
  };
  const gate = requestGate(now);
  const began = now() + 10 - COMMAND_DEADLINE;
  const command = gatedSend(withCommandDeadline(send, now, began), gate, 'action');
  await gate.enter('read');
  const answer = command({ method: 'POST', path: '/agents/actions/disconnect' });
  await jest.advanceTimersByTimeAsync(BETWEEN_REQUESTS);
  expect(await answer).toMatchObject({ ok: false, failure: { kind: 'not_allowed' } });
  expect(sent).toEqual([]);
});
