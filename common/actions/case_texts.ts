import { i18n } from '@kbn/i18n';
import type { CaseProblem } from './case_attachment';
import type { ReasonText } from './reason_texts';

/** Whom the text is for: the person whose request it was, or whoever reads the record of it. */
export type Reader = 'requester' | 'other';

const TEXT: Readonly<Record<CaseProblem, (reader: Reader) => ReasonText>> = {
  unavailable: () => ({
    what: i18n.translate('sentineloneResponse.cases.unavailable.what', {
      defaultMessage: 'Cases are not available in this Kibana.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.unavailable.todo', {
      defaultMessage: 'The action is in the history.',
    }),
  }),
  forbidden: (reader) => ({
    what:
      reader === 'requester'
        ? i18n.translate('sentineloneResponse.cases.forbidden.what', {
            defaultMessage: 'You do not have the privilege to add to cases in this space.',
          })
        : i18n.translate('sentineloneResponse.cases.forbidden.whatOfOther', {
            defaultMessage: 'The user did not have the privilege to add to cases in this space.',
          }),
    todo: i18n.translate('sentineloneResponse.cases.forbidden.todo', {
      defaultMessage: 'A user with the Kibana privilege "Security > Cases: All" can attach it.',
    }),
  }),
  not_found: () => ({
    what: i18n.translate('sentineloneResponse.cases.notFound.what', {
      defaultMessage: 'There is no such case in this space.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.notFound.todo', {
      defaultMessage: 'It may have been deleted.',
    }),
  }),
  nothing_sent: () => ({
    what: i18n.translate('sentineloneResponse.cases.nothingSent.what', {
      defaultMessage: 'Nothing was sent to SentinelOne.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.nothingSent.todo', {
      defaultMessage: 'An action is attached only if a request was sent.',
    }),
  }),
  not_shown: () => ({
    what: i18n.translate('sentineloneResponse.cases.notShown.what', {
      defaultMessage:
        'The case contains the attachment but does not show it, because somebody changed the case at the same time.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.notShown.todo', {
      defaultMessage:
        'A user who may delete case attachments can attach it again, which fixes this.',
    }),
  }),
  refused: () => ({
    what: i18n.translate('sentineloneResponse.cases.refused.what', {
      defaultMessage: 'Kibana refused the attachment.',
    }),
    todo: '',
  }),
  unclear: () => ({
    what: i18n.translate('sentineloneResponse.cases.unclear.what', {
      defaultMessage: 'Cases did not answer as expected. The action may or may not be attached.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.unclear.todo', {
      defaultMessage: 'Try again: it is attached only where it is missing.',
    }),
  }),
};

/** Why something is not attached to a case, and what to do. */
export const caseProblemText = (problem: CaseProblem, reader: Reader = 'requester'): ReasonText =>
  TEXT[problem](reader);
