import type { ISavedObjectsRepository } from '@kbn/core/server';
import { phrase } from '../kibana/saved_object_filter';
import { recordPages } from './record_pages';
import type { EarlierActions, RecordOfRequest } from './once_per_alert';
import { RECORD_ATTRIBUTES } from './saved_object_types';

/** A record may have a thousand hosts. */
const PER_PAGE = 20;
const FIELDS: ReadonlyArray<keyof RecordOfRequest> = [
  'actionId',
  'sortKey',
  'requestedAt',
  'hosts',
  'refusedRequest',
];

/** Finds the records of earlier identical requests in one space. */
export function savedObjectEarlierActions(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): Pick<EarlierActions, 'ofRequest'> {
  return {
    async ofRequest(fingerprint) {
      const records: RecordOfRequest[] = [];
      const pages = recordPages<RecordOfRequest>(repository, {
        namespaces: [namespace ?? 'default'],
        filter: `${RECORD_ATTRIBUTES}.requestFingerprint: ${phrase(fingerprint)}`,
        fields: FIELDS,
        sortOrder: 'desc',
        perPage: PER_PAGE,
      });
      for await (const page of pages) records.push(...page.map(({ attributes }) => attributes));
      return records;
    },
  };
}
