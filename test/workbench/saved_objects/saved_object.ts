import type { SavedObject } from '@kbn/core/server';
import { jsonCopy } from '../json_copy';
import type { RawSource, StoredDocument } from './document_store';
import type { Encryption } from './encryption';
import { namespacesShown } from './namespaces';
import type { TypeRegistry } from './type_registry';
import { encodeVersion } from './version';

type Attributes = Record<string, unknown>;

/** The object's own id, without the space and type in front. */
function objectIdOf({ id, source: { type, namespace } }: StoredDocument): string {
  const prefix = namespace !== undefined && id.startsWith(`${namespace}:`) ? `${namespace}:` : '';
  return id.slice(prefix.length + type.length + 1);
}

/** The attributes as they are stored, secret ones encrypted. */
export const attributesOf = (source: RawSource): Attributes =>
  jsonCopy(source[source.type] ?? {}) as Attributes;

/** What a client gets: a copy, without secret attributes. */
export function savedObjectOf(
  document: StoredDocument,
  registry: TypeRegistry,
  encryption: Encryption
): SavedObject<Attributes> & { readonly managed: boolean } {
  const { source } = document;
  const { type } = source;
  return {
    id: objectIdOf(document),
    type,
    namespaces: namespacesShown(registry, source),
    coreMigrationVersion: source.coreMigrationVersion,
    typeMigrationVersion: source.typeMigrationVersion,
    ...(source.originId !== undefined && { originId: source.originId }),
    ...(source.updated_at !== undefined && { updated_at: source.updated_at }),
    ...(source.created_at !== undefined && { created_at: source.created_at }),
    version: encodeVersion(document),
    attributes: encryption.strip(type, attributesOf(source)),
    references: jsonCopy([...source.references]),
    managed: false,
  } as SavedObject<Attributes> & { readonly managed: boolean };
}
