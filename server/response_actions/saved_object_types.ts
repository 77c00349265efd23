import type { SavedObjectsType } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE, HOST_LOCK_SAVED_OBJECT_TYPE } from '../../common/lib/constants';

/** The attributes of records in filters of saved objects (KQL). */
export const RECORD_ATTRIBUTES = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;

/**
 * Longer values are stored but cannot be searched. Without this limit, Elasticsearch rejects the
 * whole document if a text has more than 32,766 bytes (Lucene's longest term).
 */
const ignore_above = 1_024;
const keyword = { type: 'keyword', ignore_above } as const;
const date = { type: 'date' } as const;
/** Filtered as a whole, searched by its words. */
const searchedKeyword = {
  type: 'keyword',
  ignore_above,
  fields: { text: { type: 'text' } },
} as const;

/** Fields by which the automatic release task and the Hosts page search. */
const automaticReleaseMappings = {
  releaseAt: date,
  automaticRelease: { properties: { state: keyword, nextCheckAt: date } },
  endsAction: { properties: { actionId: keyword } },
} as const;

/** Fields by which the list of requests and the search of the history search. */
const approvalMapping = {
  properties: {
    expiresAt: date,
    hosts: { properties: { agentId: keyword } },
    decision: {
      properties: {
        kind: keyword,
        by: { properties: { username: searchedKeyword } },
        comment: { type: 'text' },
      },
    },
  },
} as const;

/**
 * Reads a record of a later version without change. An update writes back what was read, and a node of an older version
 * must not remove attributes of a newer one.
 */
const keepEverything = (attributes: Record<string, unknown>): Record<string, unknown> => attributes;

/**
 * The record. Hidden: only this plugin reads and writes it; each is in one space. (Kibana reads an object of a type that
 * can be in several spaces before each write: see `joinedWrites`.) Changes before the release of a version
 * are made in its model version. After that, add a further model version that converts documents of the previous
 * version (`data_backfill`), and add its mappings here as well.
 */
export const actionSavedObjectType: SavedObjectsType = {
  name: ACTION_SAVED_OBJECT_TYPE,
  hidden: true,
  namespaceType: 'single',
  mappings: {
    dynamic: false,
    properties: {
      actionId: keyword,
      group: { type: 'long' },
      action: keyword,
      connectorId: keyword,
      state: keyword,
      tenant: keyword,
      sortKey: { type: 'long' },
      requestedAt: date,
      updatedAt: date,
      endedAt: date,
      tookMs: { type: 'long' },
      durationSortKey: { type: 'long' },
      actor: { properties: { username: searchedKeyword } },
      comment: { type: 'text' },
      alertIds: keyword,
      caseIds: keyword,
      override: {
        properties: { comment: { type: 'text' }, hosts: { properties: { agentId: keyword } } },
      },
      approval: approvalMapping,
      requestFingerprint: keyword,
      ...automaticReleaseMappings,
      hosts: {
        properties: {
          uuid: keyword,
          agentId: keyword,
          name: searchedKeyword,
          outcome: keyword,
          reason: keyword,
        },
      },
    },
  },
  modelVersions: { 1: { changes: [], schemas: { forwardCompatibility: keepEverything } } },
};

/**
 * The host lock: one document per agent of a tenant for all spaces, because an agent does not
 * belong to a space.
 */
export const hostLockSavedObjectType: SavedObjectsType = {
  name: HOST_LOCK_SAVED_OBJECT_TYPE,
  hidden: true,
  namespaceType: 'agnostic',
  mappings: { dynamic: false, properties: {} },
  modelVersions: { 1: { changes: [] } },
};
