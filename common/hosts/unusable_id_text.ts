import { i18n } from '@kbn/i18n';
import type { UnusableId } from './document_hosts';
import { listText } from '../lib/list_text';

const TEXTS: Readonly<
  Record<UnusableId['problem'], (values: Omit<UnusableId, 'problem'>) => string>
> = {
  number: (values) =>
    i18n.translate('sentineloneResponse.unusableId.number', {
      defaultMessage:
        '{field} is a JSON number, read as {value}: numbers of this size are rounded, so it may be the id of another agent',
      values,
    }),
  malformed: (values) =>
    i18n.translate('sentineloneResponse.unusableId.malformed', {
      defaultMessage: '{field} is "{value}", which is no agent id or UUID',
      values,
    }),
  too_many: (values) =>
    i18n.translate('sentineloneResponse.unusableId.tooMany', {
      defaultMessage: '{field} has {value} values, which is too many for an alert about hosts',
      values,
    }),
};

/**
 * Why a document identifies no agent although it has values in agent fields: distinct sentences without a full stop
 * at the end.
 */
export const unusableIdsText = (unusableIds: readonly UnusableId[]): string =>
  listText(
    unusableIds.map(({ problem, ...values }) => TEXTS[problem](values)),
    '; '
  );
