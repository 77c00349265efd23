import type { ActionName } from '../../common/actions/action_name';
import type { ShownStatus } from '../host_status/network_status';
import { actionEffect } from './texts';

it.each<[ActionName, ShownStatus | undefined, boolean, RegExp]>([
  ['isolate', undefined, true, /^Isolates web-7 from the network\. .*only with SentinelOne\.$/],
  ['isolate', 'connected', true, /^Isolates web-7 from the network\. .*only with SentinelOne\.$/],
  [
    'isolate',
    'offline',
    false,
    /^web-7 is offline\. The isolation takes effect when the host is back online\.$/,
  ],
  ['isolate', 'release_pending', false, /^Withdraws the pending release of web-7/],
  ['isolate', 'releasing', true, /^Withdraws the release of web-7 that is in progress/],
  ['release', 'isolated', true, /^Restores the network access that web-7 had before/],
  [
    'release',
    'isolated',
    false,
    /^web-7 is offline\. The release takes effect when the host is back online\. Until then, it stays isolated/,
  ],
  ['release', 'isolating', true, /^Withdraws the isolation of web-7 that is in progress\.$/],
  ['release', 'isolation_pending', false, /^Withdraws the pending isolation of web-7\./],
])('%s of a host that is %s (online: %s)', (action, status, isActive, text) => {
  expect(actionEffect(action, 'web-7', status, { isActive })).toMatch(text);
});

it.each(['isolation_pending', 'isolating'] as const)(
  'does not describe the release of an isolation that is %s as restored access or as still isolated',
  (status) => {
    const text = actionEffect('release', 'web-7', status, { isActive: false });
    expect(text).not.toMatch(/back on the network|network access|stays isolated/);
  }
);
