import type { KibanaFeatureConfig } from '@kbn/features-plugin/server';
import type { LicenseType } from '@kbn/licensing-plugin/server';

type Privileged = NonNullable<KibanaFeatureConfig['privileges']>['all'];

const READ_SAVED_OBJECT = [
  'bulk_get',
  'get',
  'find',
  'open_point_in_time',
  'close_point_in_time',
] as const;
const ALL_SAVED_OBJECT = [
  ...READ_SAVED_OBJECT,
  'create',
  'bulk_create',
  'update',
  'bulk_update',
  'delete',
  'bulk_delete',
  'share_to_space',
] as const;

/** What may be done with an owner's cases (`feature_privilege_builder/cases.js`). */
const CASE_OPERATIONS = {
  create: ['createCase', 'createComment'],
  read: [
    'getCase',
    'getComment',
    'getTags',
    'getReporters',
    'getUserActions',
    'findConfigurations',
  ],
  update: ['updateCase', 'updateComment'],
  delete: ['deleteCase', 'deleteComment'],
  push: ['pushCase'],
} as const;

/** The names of Elasticsearch's application privileges that a privilege of a feature stands for. */
function actionsOf(featureId: string, privilege: Privileged): string[] {
  const { api = [], app = [], cases = {}, ui, savedObject, management = {} } = privilege;
  return [
    'login:',
    ...api.map((name) => `api:${name}`),
    ...Object.entries(CASE_OPERATIONS).flatMap(([granted, operations]) =>
      [...(cases[granted as keyof typeof CASE_OPERATIONS] ?? []), ...(cases.all ?? [])].flatMap(
        (owner) => operations.map((operation) => `cases:${owner}/${operation}`)
      )
    ),
    ...app.map((name) => `app:${name}`),
    ...app.map((name) => `ui:navLinks/${name}`),
    ...ui.map((name) => `ui:${featureId}/${name}`),
    ...Object.entries(management).flatMap(([section, apps]) =>
      apps.map((name) => `ui:management/${section}/${name}`)
    ),
    ...savedObject.all.flatMap((type) =>
      ALL_SAVED_OBJECT.map((op) => `saved_object:${type}/${op}`)
    ),
    ...savedObject.read.flatMap((type) =>
      READ_SAVED_OBJECT.map((op) => `saved_object:${type}/${op}`)
    ),
  ];
}

/**
 * What `privilegeIds` of a feature grant (`all`, `read`, ids of sub-feature privileges). Those of a
 * sub-feature come with `all` or `read` by their `includeIn`, and only under their licence.
 */
export function grantedActions(
  feature: KibanaFeatureConfig,
  privilegeIds: readonly string[],
  hasAtLeast: (license: LicenseType) => boolean
): string[] {
  const { id, privileges, subFeatures = [] } = feature;
  const main = privilegeIds.flatMap((name) =>
    privileges !== null && (name === 'all' || name === 'read') ? [privileges[name]] : []
  );
  const sub = subFeatures
    .flatMap(({ privilegeGroups }) => privilegeGroups.flatMap((group) => group.privileges))
    .filter(({ minimumLicense }) => hasAtLeast((minimumLicense ?? 'basic') as LicenseType))
    .filter(
      (privilege) =>
        privilegeIds.includes(privilege.id) ||
        (privilege.includeIn === 'all' && privilegeIds.includes('all')) ||
        (privilege.includeIn === 'read' &&
          (privilegeIds.includes('read') || privilegeIds.includes('all')))
    );
  return [...main, ...sub].flatMap((privilege) => actionsOf(id, privilege as Privileged));
}
