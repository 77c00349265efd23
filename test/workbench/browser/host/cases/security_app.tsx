import ReactDom from 'react-dom';
import { Redirect, Route, Router, Switch } from 'react-router-dom';
import type { App, CoreStart } from '@kbn/core/public';
import type { Environment } from '../core/environment';
import type { AttachmentRegistry } from './attachment_registry';
import { CasePage, CasesPage } from './case_page';

export interface SecurityAppOptions {
  readonly coreStart: () => CoreStart;
  readonly environment: Environment;
  readonly attachments: AttachmentRegistry;
}

/** Elastic Security, of which there are the cases. Its id and address are those of 8.12.2. */
export function securityApp({ coreStart, environment, attachments }: SecurityAppOptions): App {
  return {
    id: 'securitySolutionUI',
    title: 'Security',
    appRoute: '/app/security',
    defaultPath: '/cases',
    deepLinks: [{ id: 'cases', title: 'Cases', path: '/cases' }],
    mount({ element, history }) {
      const core = coreStart();
      core.chrome.setBreadcrumbs([{ text: 'Security' }, { text: 'Cases' }]);
      core.chrome.docTitle.change(['Cases', 'Security']);
      ReactDom.render(
        <environment.Wrapper>
          <Router history={history}>
            <Switch>
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
        ReactDom.unmountComponentAtNode(element);
      };
    },
  };
}
