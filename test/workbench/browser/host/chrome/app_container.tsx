import { EuiEmptyPrompt, EuiPageTemplate } from '@elastic/eui';
import { useEffect, useRef, useState, type FC } from 'react';
import type { History } from 'history';
import type { AppMountParameters, ThemeServiceStart } from '@kbn/core/public';
import { notInTheWorkbench, onlyThese } from '../../../not_in_the_workbench';
import type { ApplicationService, RegisteredApp } from '../core/application';
import type { ChromeService } from '../core/chrome';
import { createScopedHistory } from '../core/scoped_history';

export interface AppContainerProps {
  readonly application: ApplicationService;
  readonly chrome: ChromeService;
  readonly history: History;
  readonly theme: ThemeServiceStart;
}

interface MountedAppProps extends Omit<AppContainerProps, 'application'> {
  readonly app: RegisteredApp;
}

/** One app from its mount to its unmount; the user may leave it before it has mounted. */
const MountedApp: FC<MountedAppProps> = ({ app, chrome, history, theme }) => {
  const container = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Error>();
  useEffect(() => {
    const element = document.createElement('div');
    element.className = 'kbnAppWrapper';
    container.current!.append(element);
    const params: AppMountParameters = onlyThese('AppMountParameters', {
      element,
      history: createScopedHistory(history, app.appRoute),
      theme$: theme.theme$,
      setHeaderActionMenu: () => notInTheWorkbench('AppMountParameters.setHeaderActionMenu'),
    });
    const mounted = Promise.resolve().then(() => app.mount(params));
    mounted.catch((error: Error) => {
      setProblem(error);
      reportError(error);
    });
    return () => {
      chrome.reset();
      // It failed and was reported, or it is unmounted once it has mounted.
      void mounted.then((unmount) => unmount()).catch(() => {});
      void mounted.catch(() => {}).then(() => element.remove());
    };
  }, [app, chrome, history, theme]);
  return (
    <>
      {problem === undefined ? null : (
        <EuiEmptyPrompt
          color="danger"
          iconType="warning"
          title={<h2>{`${app.title} could not be loaded`}</h2>}
          body={<p>{problem.message}</p>}
        />
      )}
      <div ref={container} className="kbnAppContainer" />
    </>
  );
};

const NotFound: FC = () => (
  <EuiPageTemplate>
    <EuiPageTemplate.EmptyPrompt
      iconType="warning"
      title={<h2>Application not found</h2>}
      body={
        <p>
          No application was found at this URL. Try going back or choosing an app from the menu.
        </p>
      }
      data-test-subj="appNotFoundPageContent"
    />
  </EuiPageTemplate>
);

/** The app of the current URL. */
export const AppContainer: FC<AppContainerProps> = ({ application, ...rest }) => {
  const { history } = rest;
  const [app, setApp] = useState(() => application.appAt(history.location.pathname));
  useEffect(
    () => history.listen(({ pathname }) => setApp(application.appAt(pathname))),
    [application, history]
  );
  useEffect(() => application.showed(app?.id), [application, app]);
  return app === undefined ? <NotFound /> : <MountedApp key={app.id} app={app} {...rest} />;
};
