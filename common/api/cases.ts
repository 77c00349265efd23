import * as t from 'io-ts';
import { caseAttachmentCodec } from '../actions/case_attachment';
import { alertIdCodec, caseIdCodec } from './connector';
import { LIMITS } from '../lib/constants';
import { actionCodec } from '../actions/action_name';
import { actionResultCodec } from '../actions/outcome';
import { recordedActionCodec } from '../actions/record';
import { serverMomentCodec } from '../lib/moment';
import { closedObject, listOf, oneOf, stringThat, wholeNumber } from '../lib/validation';

/** An action in Kibana's cases: what is attached, and what there is to choose from. */

/**
 * What the attachment itself holds, for programs that read cases. Our pages show the record instead: everybody who
 * may add to cases can write an attachment.
 */
export const caseMetadataCodec = t.type({
  action: actionCodec,
  /** The first hosts that were not refused. */
  hosts: t.readonlyArray(
    t.type({ name: t.union([t.string, t.null]), agentId: t.union([t.string, t.null]) })
  ),
  hostCount: t.number,
});
export type CaseMetadata = Readonly<t.TypeOf<typeof caseMetadataCodec>>;

export const CASE_STATUSES = ['open', 'in-progress', 'closed'] as const;

export const caseSummaryCodec = t.type({
  id: t.string,
  title: t.string,
  status: oneOf(CASE_STATUSES),
});
export type CaseSummary = Readonly<t.TypeOf<typeof caseSummaryCodec>>;

/** Cases of alerts, or found by their titles; or why there are none to choose from. */
export const casesCodec = t.union([
  t.type({
    state: t.literal('available'),
    cases: t.readonlyArray(caseSummaryCodec),
    /** How many there are, on all pages. */
    total: t.number,
  }),
  /** Kibana runs without cases. */
  t.type({ state: t.literal('unavailable') }),
  /** The person may not read cases, or not add anything to them. */
  t.type({ state: t.literal('forbidden') }),
]);
export type Cases = t.TypeOf<typeof casesCodec>;

export const casesQueryCodec = closedObject(
  'the query of the cases',
  {},
  {
    search: stringThat('a text of at most 256 characters', (value) => value.length <= 256),
    page: wholeNumber(1, LIMITS.resultWindow / LIMITS.casesPerPage, { fromText: true }),
    perPage: wholeNumber(1, LIMITS.casesPerPage, { fromText: true }),
  }
);
export type CasesQuery = t.TypeOf<typeof casesQueryCodec>;

export const casesOfAlertsBodyCodec = closedObject('the body', {
  alertIds: listOf(alertIdCodec, 1, LIMITS.alertsForCases, 'alert ids'),
});

export const attachBodyCodec = closedObject('the body', {
  caseIds: listOf(caseIdCodec, 1, LIMITS.casesPerAction, 'case ids'),
});

export const casesByIdBodyCodec = closedObject('the body', {
  caseIds: listOf(caseIdCodec, 1, LIMITS.casesPerAction, 'case ids'),
});

/** Cases by their ids, as the person may see them; `unavailable` where Kibana runs without cases. */
export const casesByIdCodec = t.union([
  t.type({
    state: t.literal('available'),
    cases: t.readonlyArray(caseSummaryCodec),
    /** Deleted, or in another space. */
    notFound: t.readonlyArray(t.string),
    /** The person may not see them. */
    forbidden: t.readonlyArray(t.string),
  }),
  t.type({ state: t.literal('unavailable') }),
]);
export type CasesById = t.TypeOf<typeof casesByIdCodec>;

const caseAttachments = { caseAttachments: t.readonlyArray(caseAttachmentCodec) };

/** One entry per case that was named. */
export const caseAttachmentsCodec = t.type(caseAttachments);
export type CaseAttachments = Readonly<t.TypeOf<typeof caseAttachmentsCodec>>;

/** What our route answers to an action; `caseAttachments` where it named cases. */
export const actionAnswerCodec = t.intersection([
  actionResultCodec,
  t.type({
    /** ISO 8601, when Kibana received the request. */
    requestedAt: t.string,
    /** Accepted commands were accepted by then, so a status that is read later reflects them. */
    acceptedAt: serverMomentCodec,
  }),
  t.partial({
    ...caseAttachments,
    /** ISO 8601: when the hosts for which it was accepted are released automatically; absent where they never are. */
    releaseAt: t.string,
  }),
]);
export type ActionAnswer = Readonly<t.TypeOf<typeof actionAnswerCodec>>;

/** The same for the public API. */
export const recordedAnswerCodec = t.intersection([
  recordedActionCodec,
  t.partial(caseAttachments),
]);
