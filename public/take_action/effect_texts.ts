import { i18n } from '@kbn/i18n';
import type { Agent } from '../../common/agent';
import type { ActionName } from '../../common/outcome';
import type { ShownStatus } from '../hosts/network_status';

/** What an action will do to a host, by the status that it has now. */

type EffectText = (values: { readonly host: string }) => string;
type HostState = ShownStatus | 'isolated_offline';

const isolates: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.isolateEffect', {
    defaultMessage:
      'Cuts {host} off the network: it reaches nothing and nobody reaches it, except SentinelOne, until it is released.',
    values,
  });
const isolatesLater: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.isolateLaterEffect', {
    defaultMessage:
      '{host} is offline. The isolation waits until it is back online; nothing changes on the host until then.',
    values,
  });
const withdrawsRelease: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.withdrawReleaseEffect', {
    defaultMessage:
      'Withdraws the release of {host} that is under way. SentinelOne isolates it, or keeps it isolated.',
    values,
  });
const withdrawsPendingRelease: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.withdrawPendingReleaseEffect', {
    defaultMessage:
      'Withdraws the pending release of {host}. It is offline; SentinelOne isolates it, or keeps it isolated, when it is back online.',
    values,
  });
const releases: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.releaseEffect', {
    defaultMessage:
      'Puts {host} back on the network: it reaches everything again that it did before.',
    values,
  });
const releasesLater: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.releaseLaterEffect', {
    defaultMessage:
      '{host} is offline. The release waits until it is back online; it stays isolated until then.',
    values,
  });
const withdrawsIsolation: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.withdrawIsolationEffect', {
    defaultMessage: 'Withdraws the isolation of {host} that is under way.',
    values,
  });
const withdrawsPendingIsolation: EffectText = (values) =>
  i18n.translate('sentineloneResponse.action.withdrawPendingIsolationEffect', {
    defaultMessage:
      'Withdraws the pending isolation of {host}. It is offline, and is not isolated when it is back online.',
    values,
  });

const USUAL: Readonly<Record<ActionName, EffectText>> = { isolate: isolates, release: releases };

/** Where the status makes a difference. */
const BY_STATE: Readonly<Record<ActionName, Readonly<Partial<Record<HostState, EffectText>>>>> = {
  isolate: {
    offline: isolatesLater,
    releasing: withdrawsRelease,
    release_pending: withdrawsPendingRelease,
  },
  release: {
    isolated_offline: releasesLater,
    isolating: withdrawsIsolation,
    isolation_pending: withdrawsPendingIsolation,
  },
};

/** What the action will do, in a sentence or two. `status` is what is shown of the host; undefined: not known. */
export function actionEffect(
  action: ActionName,
  host: string,
  status: ShownStatus | undefined,
  agent: Pick<Agent, 'isActive'> | undefined
): string {
  const state: HostState | undefined =
    status === 'isolated' && agent?.isActive === false ? 'isolated_offline' : status;
  const text = state === undefined ? undefined : BY_STATE[action][state];
  return (text ?? USUAL[action])({ host });
}
