import { createContext, useContext } from 'react';
import type { CoreStart } from '@kbn/core/public';
import type { AnyActionTypeModel, TypeRegistry } from '@kbn/triggers-actions-ui-plugin/public';
import type { ConnectorsApi } from './connectors_api';

/** What the pages for connectors work with. */
interface ConnectorsServices {
  readonly core: CoreStart;
  readonly api: ConnectorsApi;
  readonly registry: TypeRegistry<AnyActionTypeModel>;
}

const Context = createContext<ConnectorsServices | undefined>(undefined);

export const ConnectorsProvider = Context.Provider;

export function useConnectors(): ConnectorsServices {
  const services = useContext(Context);
  if (services === undefined) throw new Error('There is no ConnectorsProvider');
  return services;
}

/** What the user may do with connectors, by the feature "Actions and Connectors". */
export function useRights(): Readonly<Record<'show' | 'save' | 'delete' | 'execute', boolean>> {
  const { actions = {} } = useConnectors().core.application.capabilities;
  const may = (what: string) => actions[what] === true;
  return {
    show: may('show'),
    save: may('save'),
    delete: may('delete'),
    execute: may('execute'),
  };
}
