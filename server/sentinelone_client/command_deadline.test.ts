import * as fc from 'fast-check';
import { COMMAND_DEADLINE, withCommandDeadline } from './deadline';
import type { ApiRequest } from './transport';

const READ: ApiRequest = { method: 'GET', path: '/agents' };
const COMMAND: ApiRequest = { method: 'POST', path: '/agents/actions/disconnect' };
const BEGAN = 1_700_000_000_000;

function environment() {
  const state = { now: BEGAN };
  const sent: ApiRequest[] = [];
  const send = withCommandDeadline(
    async (request) => {
      sent.push(request);
      return { ok: true, body: {} };
    },
    () => state.now,
    BEGAN
  );
  return { state, sent, send };
}

it('sends commands until the deadline, and reads always', async () => {
  const { state, sent, send } = environment();
  state.now += COMMAND_DEADLINE - 1;
  expect(await send(COMMAND)).toMatchObject({ ok: true });
  state.now += 1;
  const detail = expect.stringContaining('more than 2 minutes ago') as string;
  expect(await send(COMMAND)).toMatchObject({
    ok: false,
    failure: { kind: 'not_allowed', detail },
  });
  expect(await send(READ)).toMatchObject({ ok: true });
  expect(sent).toEqual([COMMAND, READ]);
});

it('does not send a command when the clock moved beyond the deadline, forward or back', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: -3e9, max: 3e9 }), async (moved) => {
      const { state, sent, send } = environment();
      state.now += moved;
      const answer = await send(COMMAND);
      expect(answer.ok).toBe(Math.abs(moved) < COMMAND_DEADLINE);
      expect(sent).toHaveLength(answer.ok ? 1 : 0);
    })
  ));
