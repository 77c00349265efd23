import type {
  SavedObject,
  SavedObjectsModelChange,
  SavedObjectsModelVersion,
  SavedObjectsType,
} from '@kbn/core/server';
import { merge } from 'lodash';
import { jsonCopy } from '../json_copy';
import { notInTheWorkbench } from '../not_in_the_workbench';
import type { DocumentStore, RawSource } from './document_store';
import type { TypeRegistry } from './type_registry';

/**
 * Model versions as Kibana 8.12.2 has them (`core-saved-objects-migration-server-internal`,
 * `core-saved-objects-base-server-internal`): documents of an earlier version are brought up to date when
 * Kibana starts and whenever one is read; those of a later one are read as this version knows them.
 */

const OLDEST = 1;
/** Kibana's own "virtual version" of a model version. */
const VIRTUAL = /^10\.(\d+)\.0$/;
const KNOWN_CHANGES: readonly string[] = [
  'mappings_addition',
  'mappings_deprecation',
  'data_backfill',
];

type Mappings = Readonly<Record<string, unknown>>;

const modelVersionsOf = ({ modelVersions = {} }: SavedObjectsType) =>
  typeof modelVersions === 'function' ? modelVersions() : modelVersions;

/** Every leaf of a tree by its path, joined with dots. */
function leavesOf(tree: Mappings, path = ''): ReadonlyArray<readonly [string, unknown]> {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leavesOf(value as Mappings, `${path}${name}.`)
      : [[`${path}${name}`, value] as const]
  );
}

function assertAddedMappings({ name, mappings }: SavedObjectsType, changes: Changes): void {
  const known = new Map(leavesOf(mappings.properties as Mappings));
  const added = changes.flatMap((change) =>
    change.type === 'mappings_addition' ? leavesOf(change.addedMappings as Mappings) : []
  );
  const missing = added.filter(([path]) => !known.has(path)).map(([path]) => path);
  if (missing.length > 0) {
    throw new Error(
      `Type ${name}: mappings added on model versions not present on the global mappings definition: ${missing.join(',')}`
    );
  }
  const other = added.filter(([path, value]) => known.get(path) !== value).map(([path]) => path);
  if (other.length > 0) {
    throw new Error(
      `Type ${name}: mappings added on model versions differs from the global mappings definition: ${other.join(',')}`
    );
  }
}
type Changes = readonly SavedObjectsModelChange[];

function checkedModelVersion(type: SavedObjectsType): number {
  const map = modelVersionsOf(type);
  const versions = Object.keys(map).map(Number);
  for (const version of versions) {
    if (!Number.isInteger(version) || version < OLDEST) {
      throw new Error(`Type ${type.name}: invalid model version: ${version}`);
    }
  }
  const latest = Math.max(0, ...versions);
  if (versions.length > 0 && !versions.includes(OLDEST)) {
    throw new Error(`Type ${type.name}: model versioning must start with version ${OLDEST}`);
  }
  const all = Array.from({ length: latest }, (_, n) => n + OLDEST);
  const missing = all.filter((version) => !versions.includes(version));
  if (missing.length > 0) {
    throw new Error(
      `Type ${type.name}: gaps between model versions aren't allowed (missing versions: ${missing.join(',')})`
    );
  }
  const changes = Object.values(map).flatMap((version) => version.changes);
  for (const { type: kind } of changes) {
    if (!KNOWN_CHANGES.includes(kind)) notInTheWorkbench(`model version changes of type ${kind}`);
  }
  assertAddedMappings(type, changes);
  return latest;
}

/** Asked for with each document that is read. */
const checked = new WeakMap<SavedObjectsType, number>();

/** The latest model version, 0 for none. Throws for what Kibana refuses to start with. */
export function latestModelVersion(type: SavedObjectsType): number {
  const latest = checked.get(type) ?? checkedModelVersion(type);
  checked.set(type, latest);
  return latest;
}

const versionIn = ({ typeMigrationVersion }: RawSource): number | undefined => {
  const match = VIRTUAL.exec(String(typeMigrationVersion ?? ''));
  return match === null ? undefined : Number(match[1]);
};

type Document = Pick<SavedObject, 'id' | 'type' | 'attributes' | 'references'>;

function withBackfills(document: Document, { changes }: SavedObjectsModelVersion): Document {
  return changes.reduce<Document>((before, change) => {
    if (change.type !== 'data_backfill') return before;
    const filled = change.backfillFn(before as SavedObject, {}).attributes;
    return { ...before, attributes: merge({}, before.attributes, filled) };
  }, document);
}

function keptBy({ schemas }: SavedObjectsModelVersion, attributes: Record<string, unknown>) {
  const schema = schemas?.forwardCompatibility;
  if (schema === undefined) return attributes;
  if (typeof schema === 'function') return schema(attributes);
  return (
    schema as unknown as { validate(value: unknown, context: object): Record<string, unknown> }
  ).validate(attributes, {});
}

/**
 * A stored document as this Kibana's version of its type has it. One without a version is taken to be up to
 * date, as Kibana does.
 */
export function asLatest(registry: TypeRegistry, id: string, source: RawSource): RawSource {
  const type = registry.get(source.type);
  const stored = versionIn(source);
  if (type === undefined || stored === undefined) return source;
  const latest = latestModelVersion(type);
  if (stored === latest) return source;
  const map = modelVersionsOf(type);
  const typeMigrationVersion = registry.typeMigrationVersion(type.name);
  const attributes = jsonCopy(source[type.name] ?? {}) as Record<string, unknown>;
  if (stored > latest) {
    const known = map[String(latest)];
    const kept = known === undefined ? attributes : keptBy(known, attributes);
    return { ...source, [type.name]: kept, typeMigrationVersion };
  }
  const steps = Array.from({ length: latest - stored }, (_, n) => map[String(stored + n + 1)]!);
  const document = { id, type: type.name, attributes, references: [...source.references] };
  const migrated = steps.reduce<Document>(withBackfills, document);
  return { ...source, [type.name]: migrated.attributes, typeMigrationVersion };
}

/** Brings up to date what earlier versions stored, as Kibana does before its plugins start. */
export function migrateStored(store: DocumentStore, registry: TypeRegistry): void {
  for (const document of store.all()) {
    const { id, source } = document;
    const type = registry.get(source.type);
    const stored = versionIn(source);
    if (type === undefined || stored === undefined || stored >= latestModelVersion(type)) continue;
    // Whoever wrote it meanwhile runs this version, or leaves it to be brought up to date when it is read.
    store.put(id, asLatest(registry, id, source), { expect: document }, true);
  }
}
