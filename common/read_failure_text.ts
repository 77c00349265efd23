import { i18n } from '@kbn/i18n';
import type { ReadFailure } from './outcome';
import type { ReasonText } from './reason_text';

/** Why the status of hosts could not be read, in words, and what to do next. */

export interface ReadFailureDetails {
  /** How long SentinelOne was waited for, or when to ask again. */
  readonly seconds?: number;
}

const TEXTS: Readonly<Record<ReadFailure, (values: { readonly seconds: number }) => ReasonText>> = {
  timed_out: (values) => ({
    what: i18n.translate('sentineloneResponse.readFailure.timed_out.what', {
      defaultMessage: 'SentinelOne did not answer within {seconds} seconds.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.readFailure.timed_out.todo', {
      defaultMessage:
        'Refresh the status in a moment. If this persists, an administrator checks the connection with the Test tab of the connector.',
    }),
  }),
  too_many_reads: (values) => ({
    what: i18n.translate('sentineloneResponse.readFailure.too_many_reads.what', {
      defaultMessage: 'You asked for the status of too many hosts in a short time.',
    }),
    todo: i18n.translate('sentineloneResponse.readFailure.too_many_reads.todo', {
      defaultMessage:
        'The status is read again in {seconds, plural, one {# second} other {# seconds}}. Close other tabs that show many hosts.',
      values,
    }),
  }),
};

/** How long a status is waited for unless said otherwise (s). */
const USUAL_WAIT = 15;

/** The text of a failed read. */
export const readFailureText = (
  failure: ReadFailure,
  { seconds = USUAL_WAIT }: ReadFailureDetails = {}
): ReasonText => TEXTS[failure]({ seconds });
