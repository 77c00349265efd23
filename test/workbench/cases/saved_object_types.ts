import type { SavedObjectsType } from '@kbn/core/server';

/** `CASE_SAVED_OBJECT`, `CASE_COMMENT_SAVED_OBJECT` and `CASE_USER_ACTION_SAVED_OBJECT` of Kibana 8.12.2. */
export const CASE_TYPE = 'cases';
export const COMMENT_TYPE = 'cases-comments';
export const USER_ACTION_TYPE = 'cases-user-actions';

const hiddenType = (name: string): SavedObjectsType => ({
  name,
  hidden: true,
  namespaceType: 'multiple-isolated',
  mappings: { dynamic: false, properties: { owner: { type: 'keyword' } } },
  modelVersions: { 1: { changes: [] } },
});

export const caseSavedObjectTypes: readonly SavedObjectsType[] = [
  hiddenType(CASE_TYPE),
  hiddenType(COMMENT_TYPE),
  hiddenType(USER_ACTION_TYPE),
];
