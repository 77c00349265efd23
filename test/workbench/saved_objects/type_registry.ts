import type { SavedObjectsType } from '@kbn/core/server';

const NAMESPACE_TYPES = ['single', 'multiple', 'multiple-isolated', 'agnostic'];
const OLDEST_MODEL_VERSION = 1;

/** Throws for model versions that Kibana refuses: they start at 1 and have no gaps. */
function latestModelVersion({ name, modelVersions = {} }: SavedObjectsType): number {
  const map = typeof modelVersions === 'function' ? modelVersions() : modelVersions;
  const versions = Object.keys(map).map(Number);
  for (const version of versions) {
    if (!Number.isInteger(version) || version < OLDEST_MODEL_VERSION) {
      throw new Error(`Type ${name}: invalid model version: ${version}`);
    }
  }
  const latest = Math.max(0, ...versions);
  if (versions.length !== latest) {
    throw new Error(
      `Type ${name}: model versions must start with version ${OLDEST_MODEL_VERSION} and have no gaps`
    );
  }
  return latest;
}

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
