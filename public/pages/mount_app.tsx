import { Route, Router, Switch } from 'react-router-dom';
import type { AppMountParameters, AppUnmount } from '@kbn/core/public';
import { HostsPage } from './hosts/hosts_page';
import { HOSTS_ROUTE } from '../lib/hosts_state';
import { DecisionToasts } from '../approvals/decision_modal';
import { HistoryPage } from './history/history_page';
import { HISTORY_ROUTE } from '../action_history/history_state';
import { renderRoot } from '../lib/render_root';
import type { Services } from '../lib/services';
import { SettingsPage } from './settings/settings_page';
import { SetupPage } from './setup/setup_page';
import { AlertsPage } from './alerts/alerts_page';

/** Mounts the app into Kibana's page. */
export function mountApp(services: Services, { element, history }: AppMountParameters): AppUnmount {
  return renderRoot(
    element,
    services,
    <Router history={history}>
      <DecisionToasts />
      <Switch>
        <Route path={HOSTS_ROUTE}>
          <HostsPage />
        </Route>
        <Route path={HISTORY_ROUTE}>
          <HistoryPage />
        </Route>
        <Route path="/setup">
          <SetupPage />
        </Route>
        <Route path="/settings">
          <SettingsPage />
        </Route>
        <Route path={['/alerts/:alertId', '/']}>
          <AlertsPage />
        </Route>
      </Switch>
    </Router>
  );
}
