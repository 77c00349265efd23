import * as t from 'io-ts';
import { oneOf } from '../lib/validation';
import { i18n } from '@kbn/i18n';
import type { ReasonText } from './reason_text_types';

/** The result of attaching an action to a case. */

/** The reader of the text: the user who sent the request, or another user who reads its record. */
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
      defaultMessage: 'No command was sent to SentinelOne.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.nothingSent.todo', {
      defaultMessage: 'An action is attached only if a command was sent.',
    }),
  }),
  not_shown: () => ({
    what: i18n.translate('sentineloneResponse.cases.notShown.what', {
      defaultMessage:
        'The case contains the attachment but does not show it, because another user changed the case at the same time.',
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
      defaultMessage: 'Kibana gave an unexpected answer. The action may or may not be attached.',
    }),
    todo: i18n.translate('sentineloneResponse.cases.unclear.todo', {
      defaultMessage: 'Try again. Cases that already contain the action are not changed.',
    }),
  }),
};

/** Why an action is not attached to a case, and what to do. */
export const caseProblemText = (problem: CaseProblem, reader: Reader = 'requester'): ReasonText =>
  TEXT[problem](reader);

/**
 * Why an action is not attached to a case.
 * - `nothing_sent`: every host was refused, so there is nothing to attach.
 * - `unclear`: no answer in time, or Kibana failed: it may be attached.
 * - `not_shown`: the case contains it, its activity does not show it, and the user may not remove it.
 * - `refused`: `detail` has Kibana's reason.
 */
export const CASE_PROBLEMS = [
  'unavailable',
  'forbidden',
  'not_found',
  'nothing_sent',
  'not_shown',
  'refused',
  'unclear',
] as const;
export type CaseProblem = (typeof CASE_PROBLEMS)[number];

/** The result for one case. */
export const caseAttachmentCodec = t.intersection([
  t.type({ caseId: t.string, attached: t.boolean }),
  t.partial({
    /** For the user who attached it; never recorded, because some users who see records may not see cases. */
    title: t.string,
    reason: oneOf(CASE_PROBLEMS),
    /** Kibana's own words. */
    detail: t.string,
  }),
]);
export type CaseAttachment = Readonly<t.TypeOf<typeof caseAttachmentCodec>>;

/** The results before, with newer ones in their places, and without titles. */
export function recordedAttachments(
  before: readonly CaseAttachment[],
  newer: readonly CaseAttachment[]
): readonly CaseAttachment[] {
  const results = new Map(before.map((one) => [one.caseId, one]));
  for (const { title: _title, ...result } of newer) results.set(result.caseId, result);
  return [...results.values()];
}
