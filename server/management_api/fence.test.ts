import { COMMANDS_LEAVE_WITHIN, fencedSend } from './fence';
import type { ApiRequest } from './transport';

const READ: ApiRequest = { method: 'GET', path: '/agents' };
const COMMAND: ApiRequest = { method: 'POST', path: '/agents/actions/disconnect' };

it('lets commands leave until the deadline, and reads always', async () => {
  let now = 1_000;
  const sent: ApiRequest[] = [];
  const send = fencedSend(
    async (request) => {
      sent.push(request);
      return { ok: true, body: {} };
    },
    () => now,
    1_000 + COMMANDS_LEAVE_WITHIN
  );
  now += COMMANDS_LEAVE_WITHIN - 1;
  expect(await send(COMMAND)).toMatchObject({ ok: true });
  now += 1;
  expect(await send(COMMAND)).toMatchObject({ ok: false, failure: { kind: 'not_allowed' } });
  expect(await send(READ)).toMatchObject({ ok: true });
  expect(sent).toEqual([COMMAND, READ]);
});
