import type { FC, MouseEvent, ReactElement } from 'react';
import { EuiNotificationBadge } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useHistory } from 'react-router-dom';
import { PLUGIN_ID } from '../../common/lib/constants';
import { useRequests } from '../lib/use_approval_requests';
import { useServices } from '../lib/services';
import { isModifiedClick } from '../lib/kibana_link';

/** The pages of the app. */
export type AppPage = 'alerts' | 'hosts' | 'history' | 'setup' | 'settings';

const PATH: Readonly<Record<AppPage, string>> = {
  alerts: '/',
  hosts: '/hosts',
  history: '/history',
  setup: '/setup',
  settings: '/settings',
};

/** The number of requests that await approval. */
const AwaitingBadge: FC<{ readonly count: number }> = ({ count }) => {
  const meaning = i18n.translate('sentineloneResponse.approval.badge', {
    defaultMessage:
      '{count, plural, one {# request awaits approval} other {# requests await approval}}',
    values: { count },
  });
  return (
    <EuiNotificationBadge title={meaning} data-test-subj="sentineloneResponseAwaitingCount">
      {count}
    </EuiNotificationBadge>
  );
};

/**
 * The pages as tabs, for `EuiPageTemplate.Header` without a `pageTitle`: EUI then names the page after the selected tab. Each is a
 * link, so that it also opens in another tab of the browser.
 */
export function useAppTabs(selected: AppPage) {
  const { application } = useServices().core;
  const history = useHistory();
  // The page of the requests watches them; the others show what was read when they appeared.
  const { page: requests } = useRequests(() => selected === 'hosts');
  const awaiting = requests?.total ?? 0;
  const tab = (page: AppPage, label: string, append?: ReactElement) => ({
    label,
    ...(append === undefined ? {} : { append }),
    // In a narrow window the row of tabs scrolls instead.
    style: { whiteSpace: 'nowrap' } as const,
    isSelected: page === selected,
    href: application.getUrlForApp(PLUGIN_ID, { path: PATH[page] }),
    onClick: (event: MouseEvent) => {
      if (isModifiedClick(event)) return;
      event.preventDefault();
      history.push(PATH[page]);
    },
  });
  return [
    tab(
      'alerts',
      i18n.translate('sentineloneResponse.deepLink.alerts', { defaultMessage: 'Alerts' })
    ),
    tab(
      'hosts',
      i18n.translate('sentineloneResponse.deepLink.hosts', { defaultMessage: 'Hosts' }),
      awaiting === 0 ? undefined : <AwaitingBadge count={awaiting} />
    ),
    tab(
      'history',
      i18n.translate('sentineloneResponse.deepLink.history', { defaultMessage: 'History' })
    ),
    tab(
      'setup',
      i18n.translate('sentineloneResponse.deepLink.setup', { defaultMessage: 'Set up' })
    ),
    tab(
      'settings',
      i18n.translate('sentineloneResponse.settings.title', { defaultMessage: 'Settings' })
    ),
  ];
}
