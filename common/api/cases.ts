import * as t from 'io-ts';
import { caseAttachmentCodec } from '../actions/case_attachment';
import { alertIdCodec, caseIdCodec } from './connector';
import { LIMITS } from '../lib/constants';
import { actionCodec } from '../actions/action_name';
import { actionResultCodec } from '../actions/outcome';
import { recordedActionCodec } from '../actions/record';
import { serverMomentCodec } from '../lib/moment';
import { closedObject, listOf, oneOf, stringThat, wholeNumber } from '../lib/validation';

/** Actions in Kibana's cases: the attachment, and the cases that can be chosen. */

/**
 * The content of the attachment, for programs that read cases. The plugin's pages show the record instead, because
 * every user who may add to cases can write an attachment.
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

/** The cases of alerts, or cases found by title; or why there are none. */
export const casesCodec = t.union([
  t.type({
    state: t.literal('available'),
    cases: t.readonlyArray(caseSummaryCodec),
    /** The number of cases, on all pages. */
    total: t.number,
  }),
  /** Kibana runs without cases. */
  t.type({ state: t.literal('unavailable') }),
  /** The user may not read cases, or may not add to them. */
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

/** The cases with these ids, as far as the user may see them; `unavailable` if Kibana runs without cases. */
export const casesByIdCodec = t.union([
  t.type({
    state: t.literal('available'),
    cases: t.readonlyArray(caseSummaryCodec),
    /** Deleted, or in another space. */
    notFound: t.readonlyArray(t.string),
    /** The user may not see them. */
    forbidden: t.readonlyArray(t.string),
  }),
  t.type({ state: t.literal('unavailable') }),
]);
export type CasesById = t.TypeOf<typeof casesByIdCodec>;

const caseAttachments = { caseAttachments: t.readonlyArray(caseAttachmentCodec) };

/** One entry per case that was named. */
export const caseAttachmentsCodec = t.type(caseAttachments);
export type CaseAttachments = Readonly<t.TypeOf<typeof caseAttachmentsCodec>>;

/** The response of an action's internal route. It has `caseAttachments` if the request named cases. */
export const actionAnswerCodec = t.intersection([
  actionResultCodec,
  t.type({
    /** ISO 8601, when Kibana received the request. */
    requestedAt: t.string,
    /**
     * When Kibana sent the response. SentinelOne accepted the commands before that, so a status that is read later
     * reflects them.
     */
    acceptedAt: serverMomentCodec,
  }),
  t.partial({
    ...caseAttachments,
    /**
     * ISO 8601: when the hosts for which the request was accepted are released automatically; absent if they are not.
     */
    releaseAt: t.string,
  }),
]);
export type ActionAnswer = Readonly<t.TypeOf<typeof actionAnswerCodec>>;

/** The same for the public API. */
export const recordedAnswerCodec = t.intersection([
  recordedActionCodec,
  t.partial(caseAttachments),
]);
