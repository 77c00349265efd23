import { useEffect, useState, type ComponentType, type FC, type ReactNode } from 'react';
import ReactDOM from 'react-dom';
import { EuiProvider } from '@elastic/eui';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ThemeServiceStart } from '@kbn/core/public';
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

/** Renders `node` into `element`; returns a function that unmounts it. */
export function renderRoot(element: HTMLElement, services: Services, node: ReactNode): () => void {
  ReactDOM.render(<Root services={services}>{node}</Root>, element);
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
