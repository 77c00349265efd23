import { POINTS, runCampaign } from './campaign';
import { eventsText } from './events';
import { ACTIONS, tableOf } from './rows';

/** The short campaign; the long one is `npm run campaign`. */

const RANDOM = 2;

it('a node killed at any point leaves a record that ends in agreement with SentinelOne', async () => {
  const { rows, events } = await runCampaign({ random: RANDOM });
  process.stdout.write(`${tableOf(rows)}\n${eventsText(events)}\n`);
  expect(rows).toHaveLength(POINTS.length * ACTIONS.length + RANDOM);
  expect(rows.filter(({ problem }) => problem !== '')).toEqual([]);
  expect(events).toMatchObject({ lacking: [], doubled: [] });
  // A node that is killed right after it has written a record has not logged it: the attempts of one point, and the ends
  // of another one.
  expect(events.added).toBeGreaterThanOrEqual(2 * ACTIONS.length);
  const ended = (point: string) => rows.filter((row) => row.point === point);
  // The names of the points.
  for (const { record, writes } of ended('before the record')) {
    expect([record, writes]).toEqual(['no record', 0]);
  }
  for (const { record, writes } of ended('after the record')) {
    expect([record, writes]).toEqual(['failed interrupted', 0]);
  }
  for (const { record, writes } of ended('write sent, and lost on the way')) {
    expect([record, writes]).toEqual(['failed interrupted', 1]);
  }
  for (const point of ['write taken, before the answer', 'before the end was written']) {
    for (const { record, writes } of ended(point)) expect([record, writes]).toEqual(['done', 1]);
  }
}, 240_000);
