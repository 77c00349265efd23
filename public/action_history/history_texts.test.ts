import { durationText, hostResultText } from './history_texts';
import { hostWith, openHost } from '../../test/helpers/ui/action_history';

it.each([
  [0, '0 ms'],
  [850, '850 ms'],
  [3_400, '3.4 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [300_000, '5 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [86_400_000, '1 d'],
  [12_000_000, '3 h 20 min'],
  [4 * 86_400_000 + 2 * 3_600_000, '4 d 2 h'],
  [-5, '0 ms'],
])('formats %i ms as %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

const day = (iso: string) => iso.slice(0, 10);

it("explains why an action is pending, with times in the user's format", () => {
  const host = openHost({ reason: 'offline', detail: 'offline since 2024-07-01T08:00:00.000Z' });
  expect(hostResultText('isolate', host, day)).toMatch(
    /^web-7 is offline\. .*offline since 2024-07-01\. The isolation takes effect only then/
  );
});

it('names the user of a later action', () => {
  const supersededBy = {
    actionId: 'later',
    action: 'release',
    username: 'bob',
    requestedAt: '2024-07-03T04:00:00.000Z',
  } as const;
  const host = hostWith({ outcome: 'failed', reason: 'superseded', supersededBy });
  expect(hostResultText('isolate', host, day)).toBe('Superseded: bob released the host later.');
});

it('explains successful outcomes', () => {
  expect(hostResultText('isolate', hostWith(), day)).toBe(
    'SentinelOne confirmed the network status.'
  );
  expect(hostResultText('scan', hostWith(), day)).toBe(
    'SentinelOne confirmed the status of the full disk scan.'
  );
  expect(hostResultText('isolate', hostWith({ outcome: 'unchanged' }), day)).toMatch(
    /Nothing was sent\.$/
  );
});
