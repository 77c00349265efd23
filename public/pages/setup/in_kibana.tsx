import { type FC, type ReactNode } from 'react';
import { KibanaContextProvider } from '@kbn/kibana-react-plugin/public';
import { useServices } from '../../lib/services';

/**
 * What Kibana's own flyouts need around them: they take the user's capabilities, HTTP and toasts from it, and
 * without it they throw and take the page with them (8.12).
 */
export const InKibana: FC<{ readonly children: ReactNode }> = ({ children }) => {
  const { core } = useServices();
  return <KibanaContextProvider services={{ ...core }}>{children}</KibanaContextProvider>;
};
