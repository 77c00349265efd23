import type { SavedObjectsType } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE, CLAIM_SAVED_OBJECT_TYPE } from '../../common/constants';

const keyword = { type: 'keyword' } as const;
const date = { type: 'date' } as const;

/** The record. Hidden: only this plugin reads and writes it; isolated by space. */
export const actionSavedObjectType: SavedObjectsType = {
  name: ACTION_SAVED_OBJECT_TYPE,
  hidden: true,
  namespaceType: 'multiple-isolated',
  mappings: {
    dynamic: false,
    properties: {
      actionId: keyword,
      action: keyword,
      state: keyword,
      requestedAt: date,
      updatedAt: date,
      actor: { properties: { username: keyword } },
      alertIds: keyword,
      hosts: {
        properties: {
          uuid: keyword,
          agentId: keyword,
          name: keyword,
          outcome: keyword,
          reason: keyword,
        },
      },
    },
  },
  modelVersions: { 1: { changes: [] } },
};

/** The claim: one document per agent for all spaces, because an agent belongs to none. */
export const claimSavedObjectType: SavedObjectsType = {
  name: CLAIM_SAVED_OBJECT_TYPE,
  hidden: true,
  namespaceType: 'agnostic',
  mappings: { dynamic: false, properties: {} },
  modelVersions: { 1: { changes: [] } },
};
