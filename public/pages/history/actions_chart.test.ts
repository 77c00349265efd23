import { forEachAction } from '../../../common/actions/catalogue';
import { DAY } from '../../../common/lib/constants';
import { chartBars, daysShown, totalsOf } from './actions_chart';
import { summaryWith } from '../../../test/helpers/ui/action_history';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

it('draws each day at its position, and counts all of them', () => {
  const { days } = summaryWith();
  expect(chartBars(days)[0]).toEqual({ day: at('2024-07-02'), action: 'isolate', count: 2 });
  const none = forEachAction(() => 0);
  expect(totalsOf(days)).toEqual({ ...none, isolate: 5, release: 1 });
  expect(totalsOf([])).toEqual(none);
});

it("shows the whole range, by the days of the user's time zone", () => {
  const summary = summaryWith({ from: '2024-06-04T20:00:00Z', to: '2024-07-03T20:00:00Z' });
  expect(daysShown(summary, 'UTC')).toEqual({ first: at('2024-06-04'), last: at('2024-07-03') });
  expect(daysShown(summary, 'Asia/Kathmandu')).toEqual({
    first: at('2024-06-05'),
    last: at('2024-07-04'),
  });
});

it('starts a long range with the first day with an action, but not just before its end', () => {
  const from = '2014-07-03T00:00:00Z';
  const to = '2024-07-03T12:00:00Z';
  const days = [{ day: '2023-01-15', action: 'isolate', count: 1 }] as const;
  expect(daysShown({ from, to, days }, 'UTC').first).toBe(at('2023-01-15'));
  expect(daysShown(summaryWith({ from, to }), 'UTC').first).toBe(at('2024-07-03') - 14 * DAY);
});
