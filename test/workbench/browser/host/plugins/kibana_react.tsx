import { createContext, useContext, type FC, type ReactElement, type ReactNode } from 'react';
import type { CoreStart } from '@kbn/core/public';

/** Kibana's own React context, as much of `@kbn/kibana-react-plugin/public` as is used. */

const Context = createContext<{ readonly services: Partial<CoreStart> }>({ services: {} });

export const KibanaContextProvider: FC<{
  readonly services?: Readonly<Record<string, unknown>>;
  readonly children?: ReactNode;
}> = ({ services = {}, children }) => {
  const { services: outer } = useContext(Context);
  return (
    <Context.Provider value={{ services: { ...outer, ...services } }}>{children}</Context.Provider>
  );
};

/** Kibana's flyouts of connectors read these at once, and throw where nobody provides them. */
export const NeedsKibana: FC<{ readonly children: ReactElement }> = ({ children }) => {
  const { services } = useContext(Context);
  if (services.application!.capabilities === undefined) return null;
  return children;
};
