import { keepTaskDue } from './keep_task_due';
import { HOUR } from '../../common/lib/constants';

const NOW = 1_700_000_000_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

async function after(runAt: number, get = async () => ({ runAt: new Date(runAt) })) {
  const warnings: string[] = [];
  const manager = { get: jest.fn(get), runSoon: jest.fn(async () => ({ id: 'task' })) };
  const logger = { warn: (message: string) => void warnings.push(message), debug: () => {} };
  const task = { id: 'task', longestPause: HOUR };
  const stop = keepTaskDue(manager as never, task, logger as never, () => NOW);
  await jest.advanceTimersByTimeAsync(5 * 60_000);
  stop();
  await jest.advanceTimersByTimeAsync(HOUR);
  expect(manager.get).toHaveBeenCalledTimes(1);
  return { warnings, ran: manager.runSoon.mock.calls };
}

it.each([-HOUR, 0, HOUR, 2 * HOUR])('leaves a task alone that is due in %i ms', async (ahead) => {
  expect(await after(NOW + ahead)).toEqual({ warnings: [], ran: [] });
});

it('has a task run that a node whose clock is 30 days ahead has put off', async () => {
  const { warnings, ran } = await after(NOW + 30 * 24 * HOUR);
  expect(ran).toEqual([['task']]);
  expect(warnings).toEqual([expect.stringContaining('clocks of Kibana')]);
});

it('goes on when Kibana cannot say when it runs', async () => {
  const { ran } = await after(NOW, async () => {
    throw new Error('no shards');
  });
  expect(ran).toEqual([]);
});
