import type { SavedObjectsType } from '@kbn/core/server';
import { latestModelVersion } from '../test/workbench/saved_objects/model_versions';
import { protectionSettingsSavedObjectType } from './protection/protection_of_space';
import {
  actionSavedObjectType,
  hostLockSavedObjectType,
} from './response_actions/saved_object_types';
import { retentionSettingsSavedObjectType } from './retention/retention_settings_store';

/**
 * The rules by which Kibana refuses a saved object type when it starts, as published: `validate_migrations.ts` (8.12.2,
 * and commit 3104669, which refuses `schemas` after the switch to model versions), `apply_type_defaults.js` (8.12.2) and
 * `saved_objects_type_registry.ts` (commit 0f49911). `switchToModelVersionAt` left the API in 9.1.
 */

const TYPES: readonly SavedObjectsType[] = [
  actionSavedObjectType,
  hostLockSavedObjectType,
  protectionSettingsSavedObjectType,
  retentionSettingsSavedObjectType,
];

/** Members that one of the versions does not know, refuses, or would need to migrate documents. */
const NOT_IN_ALL_VERSIONS = [
  'switchToModelVersionAt',
  'migrations',
  'schemas',
  'convertToMultiNamespaceTypeVersion',
  'convertToAliasScript',
  'indexPattern',
  'management',
  'hiddenFromHttpApis',
] as const;

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
}

it.each(TYPES.map((type) => [type.name, type] as const))(
  '%s is accepted by every version',
  (_, type) => {
    const members = Object.keys(type);
    expect(NOT_IN_ALL_VERSIONS.filter((name) => members.includes(name))).toEqual([]);
    expect(type.hidden).toBe(true);
    expect(['agnostic', 'multiple-isolated', 'single']).toContain(type.namespaceType);
    // Throws for gaps, a first version other than 1, and added mappings that differ from those of the type.
    expect(latestModelVersion(type)).toBeGreaterThanOrEqual(1);
    // What is stored by one version is read unchanged by the next one.
    const versions = Object.values(
      typeof type.modelVersions === 'function' ? type.modelVersions() : type.modelVersions!
    );
    expect(versions.flatMap(({ changes }) => changes)).toEqual([]);
  }
);

it('does not depend on types that can be changed: later versions freeze them', () => {
  TYPES.forEach(deepFreeze);
  const { 1: first } = actionSavedObjectType.modelVersions as unknown as Record<
    1,
    { readonly schemas: { forwardCompatibility(attributes: object): object } }
  >;
  const later = { actionId: 'a', ofALaterVersion: [1] };
  expect(first.schemas.forwardCompatibility(later)).toEqual(later);
});
