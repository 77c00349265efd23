import type { TypeRegistry } from '@kbn/triggers-actions-ui-plugin/public';
import { onlyThese } from '../../../not_in_the_workbench';

/** A registry by id; a second type of one id and an unknown id throw, in Kibana's words. */
export function createTypeRegistry<T extends { readonly id: string }>(
  name: string
): TypeRegistry<T> {
  const types = new Map<string, T>();
  return onlyThese(name, {
    has: (id: string) => types.has(id),
    register(type: T) {
      if (types.has(type.id)) throw new Error(`Object type "${type.id}" is already registered.`);
      types.set(type.id, type);
    },
    get(id: string): T {
      const type = types.get(id);
      if (type === undefined) throw new Error(`Object type "${id}" is not registered.`);
      return type;
    },
    list: () => [...types.values()],
  });
}
