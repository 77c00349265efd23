import { Component, useEffect, useState, type ComponentType, type FC, type ReactNode } from 'react';
import ReactDOM from 'react-dom';
import { EuiEmptyPrompt, EuiProvider } from '@elastic/eui';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ThemeServiceStart } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import { PLUGIN_NAME } from '../../common/lib/constants';
import { ServicesProvider, type Services } from './services';

/** Follows Kibana's light or dark theme; its page already has the global styles. */
const Theme: FC<{ readonly theme: ThemeServiceStart; readonly children: ReactNode }> = ({
  theme,
  children,
}) => {
  const [darkMode, setDarkMode] = useState(false);
  useEffect(() => {
    const subscription = theme.theme$.subscribe((next) => setDarkMode(next.darkMode));
    return () => subscription.unsubscribe();
  }, [theme]);
  return (
    <EuiProvider
      colorMode={darkMode ? 'dark' : 'light'}
      globalStyles={false}
      utilityClasses={false}
    >
      {children}
    </EuiProvider>
  );
};

/** The providers around each React root of the plugin. */
export const Root: FC<{ readonly services: Services; readonly children: ReactNode }> = ({
  services,
  children,
}) => {
  const { i18n, theme } = services.core;
  return (
    <i18n.Context>
      <Theme theme={theme}>
        <QueryClientProvider client={services.queryClient}>
          <ServicesProvider services={services}>{children}</ServicesProvider>
        </QueryClientProvider>
      </Theme>
    </i18n.Context>
  );
};

/** Shows a message in place of its children after an error in them, which React writes to the console. */
class ErrorMessage extends Component<
  { readonly children?: ReactNode },
  { readonly error?: unknown }
> {
  override state: { readonly error?: unknown } = {};
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (!('error' in this.state)) return this.props.children;
    return (
      <EuiEmptyPrompt
        color="danger"
        iconType="error"
        title={
          <h2>
            {i18n.translate('sentineloneResponse.renderFailure.title', {
              defaultMessage: '{plugin} cannot be shown',
              values: { plugin: PLUGIN_NAME },
            })}
          </h2>
        }
        body={
          <p>
            {i18n.translate('sentineloneResponse.renderFailure.text', {
              defaultMessage: 'Reload the page. If this happens again, report the error: {error}',
              values: { error: String(this.state.error) },
            })}
          </p>
        }
      />
    );
  }
}

/**
 * Renders `node` into `element`; returns a function that unmounts it. After an error in `node`, or in a contract of
 * Kibana that the root needs, a message stands in its place.
 */
export function renderRoot(element: HTMLElement, services: Services, node: ReactNode): () => void {
  ReactDOM.render(
    <ErrorMessage>
      <Root services={services}>
        <ErrorMessage>{node}</ErrorMessage>
      </Root>
    </ErrorMessage>,
    element
  );
  return () => {
    ReactDOM.unmountComponentAtNode(element);
  };
}

/** Provides the plugin's services to a component that Kibana renders into its own page. */
export function withServices<Props extends object>(
  services: Services,
  Component: ComponentType<Props>
): FC<Props> {
  return (props) => (
    <QueryClientProvider client={services.queryClient}>
      <ServicesProvider services={services}>
        <Component {...props} />
      </ServicesProvider>
    </QueryClientProvider>
  );
}
