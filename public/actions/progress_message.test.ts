import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { progressMessage, withdrawalTexts } from './progress_message';
import { actionAnswer } from '../../test/helpers/ui/answers';
import { agentWith } from '../../test/helpers/sample_hosts';
import type { ActionName } from '../../common/actions/action_name';
import { NETWORK_STATUSES, networkLabelOf, type Agent } from '../../common/hosts/agent';
import type { HostResult } from '../../common/actions/outcome';
import type { ShownStatus } from '../host_status/network_status';

/** An agent that is shown with this status. */
const agentShownAs = (shown: ShownStatus): Agent =>
  NETWORK_STATUSES.flatMap((networkStatus) =>
    [true, false].map((isActive) => agentWith({ networkStatus, isActive }))
  ).find((agent) => networkLabelOf(agent) === shown)!;

const after = (action: ActionName, before: ShownStatus, now: ShownStatus): string => {
  const result: HostResult = { uuid: 'u', agentId: '1', name: 'web-7', outcome: 'requested' };
  const answer = actionAnswer({ actionId: 'a', hosts: [result] });
  const { title, text = '' } = progressMessage(
    { action, result, answer, before },
    now,
    agentShownAs(now),
    String
  );
  return `${title}. ${text}`;
};

it.each<[ActionName, ShownStatus, boolean]>([
  ['release', 'isolation_pending', true],
  ['release', 'isolating', true],
  ['release', 'isolated', false],
  ['isolate', 'release_pending', true],
  ['isolate', 'releasing', true],
  ['isolate', 'connected', false],
  ['isolate', 'isolating', false],
])('%s on a host that was %s: is a withdrawal: %s', (action, before, expected) => {
  expect(withdrawalTexts(action, before)).toBe(
    expected ? ACTION_DEFINITIONS[action].texts.withdrawal : undefined
  );
});

it.each<[ShownStatus, RegExp]>([
  [
    'release_pending',
    /^Request accepted: withdrawing the isolation of web-7\. web-7 is offline\. It is not isolated when/,
  ],
  ['releasing', /^Request accepted: withdrawing the isolation of web-7\. It is not in effect/],
  ['offline', /^The isolation of web-7 is withdrawn\. $/],
  ['connected', /^The isolation of web-7 is withdrawn\. $/],
])('does not describe a withdrawn isolation as a release or as still isolated: %s', (now, text) => {
  const said = after('release', 'isolation_pending', now);
  expect(said).toMatch(text);
  expect(said).not.toMatch(/back on the network|stays isolated|to release/);
});

it.each<[ActionName, ShownStatus, string]>([
  [
    'scan',
    'scan_requested',
    'Request accepted: full disk scan of web-7. The scan starts when the agent receives the command. The status updates automatically.',
  ],
  ['scan', 'scanning', 'The full disk scan of web-7 is running. The status updates automatically.'],
  [
    'abortScan',
    'aborting_scan',
    'Request accepted: aborting the full disk scan of web-7. The scan continues until the agent receives the command. The status updates automatically.',
  ],
])('describes a pending %s by the scan: %s', (action, now, text) => {
  const said = after(action, 'not_scanned', now);
  expect(said).toBe(text);
});

it('describes the host of a withdrawn release as isolated', () => {
  expect(after('isolate', 'releasing', 'isolated')).toBe(
    'The release of web-7 is withdrawn. The host is isolated. '
  );
});

it('states when the host is released automatically, for a host that the request isolates', () => {
  const textAfter = (outcome: HostResult['outcome'], now: ShownStatus, releaseAt?: string) => {
    const result: HostResult = { uuid: 'u', agentId: '1', name: 'web-7', outcome };
    const answer = {
      ...actionAnswer({ actionId: 'a', hosts: [result] }),
      ...(releaseAt === undefined ? {} : { releaseAt }),
    };
    const last = { action: 'isolate', result, answer } as const;
    return progressMessage(last, now, agentShownAs(now), () => '14:05').text;
  };
  const sentence = 'The host will be released automatically at 14:05.';
  const time = '2024-07-03T14:05:00.000Z';
  expect(textAfter('requested', 'isolated', time)).toBe(sentence);
  expect(textAfter('requested', 'isolating', time)).toMatch(new RegExp(`effect.* ${sentence}$`));
  expect(textAfter('requested', 'isolated')).toBeUndefined();
  // The time of an earlier request may still apply to it.
  expect(textAfter('unchanged', 'isolated', time)).toBeUndefined();
});
