import * as t from 'io-ts';
import { oneOf } from '../lib/validation';

/** The result of attaching an action to a case. */

/**
 * Why an action is not attached to a case.
 * - `nothing_sent`: every host was refused, so there is nothing to tell of.
 * - `unclear`: no answer in time, or Kibana failed: it may be attached.
 * - `not_shown`: the case holds it, its activity does not show it, and the person may not remove it.
 * - `refused`: Kibana says why, in `detail`.
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
