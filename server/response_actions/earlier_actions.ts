import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { phrase } from '../kibana/saved_object_filter';
import { recordPages } from './record_pages';
import type { EarlierActions, RecordOfRequest } from './once_per_alert';

const FIELD = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;
/** A record may have a thousand hosts. */
const PER_PAGE = 20;
const FIELDS: ReadonlyArray<keyof RecordOfRequest> = [
  'actionId',
  'sortKey',
  'requestedAt',
  'hosts',
  'refusedRequest',
];

/** The records of one space, for requests that may have been carried out before. */
export function savedObjectEarlierActions(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): Pick<EarlierActions, 'ofRequest'> {
  return {
    async ofRequest(fingerprint) {
      const records: RecordOfRequest[] = [];
      const pages = recordPages<RecordOfRequest>(repository, {
        namespaces: [namespace ?? 'default'],
        filter: `${FIELD}.requestFingerprint: ${phrase(fingerprint)}`,
        fields: FIELDS,
        sortOrder: 'desc',
        perPage: PER_PAGE,
      });
      for await (const page of pages) records.push(...page.map(({ attributes }) => attributes));
      return records;
    },
  };
}
