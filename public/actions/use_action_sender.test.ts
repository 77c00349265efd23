import { QueryClient } from '@tanstack/react-query';
import fc from 'fast-check';
import type { HostResult } from '../../common/actions/outcome';
import type { RecordedAction, RecordedHost } from '../../common/actions/record';
import { actionAnswer } from '../../test/helpers/ui/answers';
import type { ResponseApi } from '../lib/response_api';
import { followAction } from './use_action_sender';

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
        // Earlier answers are out of date by now.
        queryClient.clear();
      },
    }
  );
  return { end, timeNow: () => time, reads: () => read };
}

it('resolves to the result of the action', async () => {
  const { end } = follow(['requested', 'pending', 'failed']);
  expect((await end)?.hosts).toEqual([host('failed')]);
});

it('continues after a failed read', async () => {
  expect((await follow(['fails', 'fails', 'done']).end)?.hosts).toEqual([host('done')]);
});

it('does not read an action that ended immediately', async () => {
  const { end, reads } = follow(['done'], 'done');
  expect(await end).toBeUndefined();
  expect(reads()).toBe(0);
});

it('stops after an hour, with few reads', async () => {
  const { end, timeNow, reads } = follow(['requested']);
  expect(await end).toBeUndefined();
  expect(timeNow()).toBeLessThan(61 * 60_000);
  expect(reads()).toBeLessThan(300);
});

it('never resolves to a result that the record does not contain', () =>
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
