import ReactDom from 'react-dom';
import { Redirect, Route, Router, Switch } from 'react-router-dom';
import type { App, CoreStart } from '@kbn/core/public';
import type { AlertTableConfigRegistry } from '@kbn/triggers-actions-ui-plugin/public';
import type { AttachmentRegistry } from '../cases/attachment_registry';
import { CasePage, CasesPage } from '../cases/case_page';
import type { Environment } from '../core/environment';
import type { BrowserContracts } from '../../../versions/kibana_version';
import { ALERTS_TABLE, AlertsPage } from './alerts_page';

interface SecurityAppOptions {
  readonly contracts: BrowserContracts;
  readonly coreStart: () => CoreStart;
  readonly environment: Environment;
  readonly attachments: AttachmentRegistry;
  /** Undefined where Security's own component has the table's configuration, which no plugin can extend. */
  readonly alertsTables: AlertTableConfigRegistry | undefined;
}

const DEEP_LINKS = [
  { id: 'alerts', title: 'Alerts', path: '/alerts' },
  { id: 'cases', title: 'Cases', path: '/cases' },
];

/** Elastic Security, of which there are the alerts' table and the cases. Ids and addresses are those of 8.12.2. */
export function securityApp({
  contracts,
  coreStart,
  environment,
  attachments,
  alertsTables,
}: SecurityAppOptions): App {
  return {
    id: 'securitySolutionUI',
    title: 'Security',
    appRoute: '/app/security',
    defaultPath: '/cases',
    deepLinks: DEEP_LINKS,
    mount({ element, history }) {
      const core = coreStart();
      // As Security does: late, and only where nothing is registered yet.
      if (alertsTables?.has(ALERTS_TABLE.id) === false) alertsTables.register(ALERTS_TABLE);
      const name = (title: string) => {
        core.chrome.setBreadcrumbs([{ text: 'Security' }, { text: title }]);
        core.chrome.docTitle.change([title, 'Security']);
      };
      const nameFor = (pathname: string) =>
        name(DEEP_LINKS.find(({ path }) => pathname.startsWith(path))?.title ?? 'Cases');
      nameFor(history.location.pathname);
      const stop = history.listen(({ pathname }) => nameFor(pathname));
      ReactDom.render(
        <environment.Wrapper>
          <Router history={history}>
            <Switch>
              <Route path="/alerts">
                <AlertsPage
                  core={core}
                  contracts={contracts}
                  configuration={alertsTables?.get(ALERTS_TABLE.id) ?? ALERTS_TABLE}
                />
              </Route>
              <Route path="/cases/:caseId">
                <CasePage core={core} attachments={attachments} />
              </Route>
              <Route path="/cases">
                <CasesPage core={core} />
              </Route>
              <Redirect to="/cases" />
            </Switch>
          </Router>
        </environment.Wrapper>,
        element
      );
      return () => {
        stop();
        ReactDom.unmountComponentAtNode(element);
      };
    },
  };
}
