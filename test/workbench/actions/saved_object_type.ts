import type { SavedObjectsType } from '@kbn/core/server';

export const ACTION_SAVED_OBJECT_TYPE = 'action';

/** Connectors that people create (`actions-plugin/server/saved_objects`, 8.12.2). */
export const connectorSavedObjectType: SavedObjectsType = {
  name: ACTION_SAVED_OBJECT_TYPE,
  hidden: true,
  namespaceType: 'multiple-isolated',
  mappings: {
    dynamic: false,
    properties: {
      name: { type: 'text', fields: { keyword: { type: 'keyword' } } },
      actionTypeId: { type: 'keyword' },
    },
  },
};

export const connectorEncryption = {
  type: ACTION_SAVED_OBJECT_TYPE,
  attributesToEncrypt: new Set(['secrets']),
  attributesToExcludeFromAAD: new Set(['name']),
};
