import type { SavedObjectsType } from '@kbn/core/server';
import { latestModelVersion } from './model_versions';

const NAMESPACE_TYPES = ['single', 'multiple', 'multiple-isolated', 'agnostic'];
/** The types of saved objects that plugins have registered. */
export class TypeRegistry {
  private readonly types = new Map<string, SavedObjectsType>();

  register(type: SavedObjectsType): void {
    const { name, namespaceType, mappings } = type;
    if (this.types.has(name)) throw new Error(`Type '${name}' is already registered`);
    if (!NAMESPACE_TYPES.includes(namespaceType)) {
      throw new Error(`Type '${name}' has an unknown namespaceType '${String(namespaceType)}'`);
    }
    if (typeof mappings?.properties !== 'object') throw new Error(`Type '${name}' has no mappings`);
    latestModelVersion(type);
    this.types.set(name, type);
  }

  get(name: string): SavedObjectsType | undefined {
    return this.types.get(name);
  }

  /** Names that a client may use: the visible ones, and those hidden ones that it named. */
  namesFor(includedHiddenTypes: readonly string[] = []): readonly string[] {
    const missing = includedHiddenTypes.filter((name) => !this.types.has(name));
    if (missing.length > 0) {
      throw new Error(`Missing mappings for saved objects types: '${missing.join(', ')}'`);
    }
    return [...this.types.values()]
      .filter(({ name, hidden }) => !hidden || includedHiddenTypes.includes(name))
      .map(({ name }) => name);
  }

  isSingleNamespace = (name: string): boolean =>
    (this.types.get(name)?.namespaceType ?? 'single') === 'single';
  isMultiNamespace = (name: string): boolean =>
    this.types.get(name)?.namespaceType.startsWith('multiple') ?? false;
  isAgnostic = (name: string): boolean => this.types.get(name)?.namespaceType === 'agnostic';
  isShareable = (name: string): boolean => this.types.get(name)?.namespaceType === 'multiple';

  /** `10.<model version>.0`. */
  typeMigrationVersion(name: string): string {
    const type = this.types.get(name);
    return `10.${type === undefined ? 0 : latestModelVersion(type)}.0`;
  }
}
