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

it.each([-HOUR, 0, HOUR, 2 * HOUR])(
  'does not change a task that is due in %i ms',
  async (ahead) => {
    expect(await after(NOW + ahead)).toEqual({ warnings: [], ran: [] });
  }
);

it('runs a task that a node with a clock 30 days ahead postponed', async () => {
  const { warnings, ran } = await after(NOW + 30 * 24 * HOUR);
  expect(ran).toEqual([['task']]);
  expect(warnings).toEqual([expect.stringContaining('clocks of Kibana')]);
});

it('continues when the next run cannot be read', async () => {
  const { ran } = await after(NOW, async () => {
    throw new Error('no shards');
  });
  expect(ran).toEqual([]);
});
