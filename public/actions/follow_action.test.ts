import { QueryClient } from '@tanstack/react-query';
import fc from 'fast-check';
import type { HostResult } from '../../common/actions/outcome';
import type { RecordedAction, RecordedHost } from '../../common/actions/record';
import { actionAnswer } from '../../test/helpers/ui/answers';
import type { ResponseApi } from '../lib/response_api';
import { followAction } from './follow_action';

const host = (outcome: RecordedHost['outcome']): RecordedHost => ({
  uuid: 'u1',
  agentId: '1',
  name: 'web-1',
  outcome,
});

function follow(reads: ReadonlyArray<RecordedHost['outcome'] | 'fails'>, first = 'requested') {
  let time = 0;
  let read = 0;
  const queryClient = new QueryClient({ logger: { log() {}, warn() {}, error() {} } });
  const api = {
    action: async () => {
      const outcome = reads[Math.min(read, reads.length - 1)] ?? 'requested';
      read += 1;
      if (outcome === 'fails') throw new Error('no network');
      return { actionId: 'a', hosts: [host(outcome)] } as unknown as RecordedAction;
    },
  } as unknown as ResponseApi;
  const answer = actionAnswer({ actionId: 'a', hosts: [host(first as 'requested') as HostResult] });
  const end = followAction(
    { action: 'isolate', params: { hosts: [{ agentId: '1' }], comment: 'x' }, answer },
    {
      services: { api, queryClient },
      now: () => time,
      sleep: async (ms) => {
        time += ms;
        // What was read before is old by now.
        queryClient.clear();
      },
    }
  );
  return { end, timeNow: () => time, reads: () => read };
}

it('tells how the action ended', async () => {
  const { end } = follow(['requested', 'pending', 'failed']);
  expect((await end)?.hosts).toEqual([host('failed')]);
});

it('goes on when a read fails', async () => {
  expect((await follow(['fails', 'fails', 'done']).end)?.hosts).toEqual([host('done')]);
});

it('reads nothing of an action that ended at once', async () => {
  const { end, reads } = follow(['done'], 'done');
  expect(await end).toBeUndefined();
  expect(reads()).toBe(0);
});

it('gives up after an hour, with few reads', async () => {
  const { end, timeNow, reads } = follow(['requested']);
  expect(await end).toBeUndefined();
  expect(timeNow()).toBeLessThan(61 * 60_000);
  expect(reads()).toBeLessThan(300);
});

it('never tells an end that the record does not have', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('requested', 'pending', 'done', 'failed', 'fails'), {
        minLength: 1,
        maxLength: 20,
      }),
      async (reads) => {
        const end = await follow(reads as Parameters<typeof follow>[0]).end;
        const expected = reads.find((one) => one === 'done' || one === 'failed');
        expect(end?.hosts[0]?.outcome).toBe(expected);
      }
    )
  ));
