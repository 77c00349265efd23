import type { ActionName } from '../../common/actions/action_name';
import type { ShownStatus } from '../host_status/network_status';
import { actionEffect } from './effect_texts';

it.each<[ActionName, ShownStatus | undefined, boolean, RegExp]>([
  ['isolate', undefined, true, /^Cuts web-7 off the network/],
  ['isolate', 'connected', true, /^Cuts web-7 off the network/],
  ['isolate', 'offline', false, /^web-7 is offline\. The isolation waits until it is back online/],
  ['isolate', 'release_pending', false, /^Withdraws the pending release of web-7/],
  ['isolate', 'releasing', true, /^Withdraws the release of web-7 that is under way/],
  ['release', 'isolated', true, /^Puts web-7 back on the network/],
  [
    'release',
    'isolated',
    false,
    /^web-7 is offline\. The release waits.*stays isolated until then/,
  ],
  ['release', 'isolating', true, /^Withdraws the isolation of web-7 that is under way\.$/],
  ['release', 'isolation_pending', false, /^Withdraws the pending isolation of web-7\./],
])('%s of a host that is %s (online: %s)', (action, status, isActive, text) => {
  expect(actionEffect(action, 'web-7', status, { isActive })).toMatch(text);
});

it.each(['isolation_pending', 'isolating'] as const)(
  'says of an isolation that is %s neither that the host comes back nor that it stays isolated',
  (status) => {
    const text = actionEffect('release', 'web-7', status, { isActive: false });
    expect(text).not.toMatch(/back on the network|stays isolated/);
  }
);
