import { DEFAULT_SPACE_ID } from '../http/base_path';
import type { RawSource } from './document_store';
import { SavedObjectsErrorHelpers } from './errors';
import type { TypeRegistry } from './type_registry';

export const ALL_NAMESPACES = '*';

/** The default space is no namespace at all. */
export const namespaceOf = (spaceId: string | undefined): string | undefined =>
  spaceId === DEFAULT_SPACE_ID ? undefined : spaceId;
export const spaceIdOf = (namespace: string | undefined): string => namespace ?? DEFAULT_SPACE_ID;

/** Undefined for the default space; throws Kibana's 400 for `*`. */
export function normalizeNamespace(namespace: string | undefined): string | undefined {
  if (namespace === ALL_NAMESPACES) {
    throw SavedObjectsErrorHelpers.createBadRequestError('"options.namespace" cannot be "*"');
  }
  return namespaceOf(namespace);
}

/** A document's id in the index. */
export function rawIdOf(
  registry: TypeRegistry,
  namespace: string | undefined,
  type: string,
  id: string
): string {
  const prefix = namespace !== undefined && registry.isSingleNamespace(type) ? `${namespace}:` : '';
  return `${prefix}${type}:${id}`;
}

/** Whether a document is in one of these spaces. */
export function isInSpaces(
  registry: TypeRegistry,
  source: RawSource,
  spaceIds: readonly string[]
): boolean {
  if (registry.isAgnostic(source.type) || spaceIds.includes(ALL_NAMESPACES)) return true;
  const own = registry.isSingleNamespace(source.type)
    ? [spaceIdOf(source.namespace)]
    : (source.namespaces ?? []);
  return own.includes(ALL_NAMESPACES) || own.some((spaceId) => spaceIds.includes(spaceId));
}

/** The spaces of a document, as an answer shows them. */
export function namespacesShown(registry: TypeRegistry, source: RawSource): string[] {
  if (registry.isAgnostic(source.type)) return [];
  return [...(source.namespaces ?? [spaceIdOf(source.namespace)])];
}
