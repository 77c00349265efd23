import { isWithdrawal, progressMessage } from './progress_message';
import { actionAnswer } from '../../test/helpers/ui/answers';
import { agentWith } from '../../test/helpers/sample_hosts';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import type { ShownStatus } from '../host_status/network_status';

const after = (
  action: ActionName,
  before: ShownStatus,
  now: ShownStatus,
  isActive: boolean
): string => {
  const result: HostResult = { uuid: 'u', agentId: '1', name: 'web-7', outcome: 'requested' };
  const answer = actionAnswer({ actionId: 'a', hosts: [result] });
  const { title, text = '' } = progressMessage(
    { action, result, answer, before },
    now,
    agentWith({ isActive }),
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
  expect(isWithdrawal(action, before)).toBe(expected);
});

it.each<[ShownStatus, boolean, RegExp]>([
  [
    'release_pending',
    false,
    /^Request accepted: withdrawing the isolation of web-7\. web-7 is offline\. It is not isolated when/,
  ],
  [
    'releasing',
    true,
    /^Request accepted: withdrawing the isolation of web-7\. It is not in effect/,
  ],
  ['offline', false, /^The isolation of web-7 is withdrawn\. $/],
  ['connected', true, /^The isolation of web-7 is withdrawn\. $/],
])(
  'does not describe a withdrawn isolation as a release or as still isolated: %s',
  (now, isActive, text) => {
    const said = after('release', 'isolation_pending', now, isActive);
    expect(said).toMatch(text);
    expect(said).not.toMatch(/back on the network|stays isolated|to release/);
  }
);

it('describes the host of a withdrawn release as isolated', () => {
  expect(after('isolate', 'releasing', 'isolated', true)).toBe(
    'The release of web-7 is withdrawn. The host is isolated. '
  );
});
