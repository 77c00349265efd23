import ReactDom from 'react-dom';
import { Redirect, Route, Router, Switch } from 'react-router-dom';
import type { App, CoreStart } from '@kbn/core/public';
import type { AnyActionTypeModel, TypeRegistry } from '@kbn/triggers-actions-ui-plugin/public';
import type { Environment } from '../core/environment';
import { connectorsApi } from './connectors_api';
import { ConnectorsPage } from './connectors_page';
import { ConnectorsProvider } from './context';

export const MANAGEMENT_APP = 'management';
export const CONNECTORS_PATH = '/insightsAndAlerting/triggersActionsConnectors/connectors';

interface ManagementOptions {
  readonly coreStart: () => CoreStart;
  readonly environment: Environment;
  readonly registry: TypeRegistry<AnyActionTypeModel>;
}

/** Stack Management, of which there are the connectors. */
export function managementApp({ coreStart, environment, registry }: ManagementOptions): App {
  return {
    id: MANAGEMENT_APP,
    title: 'Stack Management',
    defaultPath: CONNECTORS_PATH,
    deepLinks: [{ id: 'triggersActionsConnectors', title: 'Connectors', path: CONNECTORS_PATH }],
    mount({ element, history }) {
      const core = coreStart();
      const services = { core, api: connectorsApi(core.http), registry };
      core.chrome.setBreadcrumbs([{ text: 'Stack Management' }, { text: 'Connectors' }]);
      core.chrome.docTitle.change(['Connectors', 'Stack Management']);
      ReactDom.render(
        <environment.Wrapper>
          <ConnectorsProvider value={services}>
            <Router history={history}>
              <Switch>
                <Route path={CONNECTORS_PATH}>
                  <ConnectorsPage />
                </Route>
                <Redirect to={CONNECTORS_PATH} />
              </Switch>
            </Router>
          </ConnectorsProvider>
        </environment.Wrapper>,
        element
      );
      return () => {
        ReactDom.unmountComponentAtNode(element);
      };
    },
  };
}
