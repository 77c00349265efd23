import * as t from 'io-ts';
import { listedRecordCodec } from '../actions/record_summary';
import { agentIdCodec } from '../hosts/agent';
import { LIMITS } from '../lib/constants';
import { closedObject, wholeNumber } from '../lib/validation';
import { actionIdCodec, commentCodec } from './connector';

/** Approval by a second person: parameters and results of the routes, the public API and the connector. */

/** The decisions on a request, by the last part of the path. */
export const REQUEST_DECISIONS = ['approve', 'decline', 'withdraw'] as const;
export type RequestDecision = (typeof REQUEST_DECISIONS)[number];

export const approvalsQueryCodec = closedObject(
  'the query of requests',
  {},
  {
    /** Only requests about this host. */
    agentId: agentIdCodec,
    page: wholeNumber(1, LIMITS.resultWindow, { fromText: true }),
    /** Default: 25. */
    perPage: wholeNumber(1, LIMITS.actionsPerPage, { fromText: true }),
  }
);
export type ApprovalsQuery = t.TypeOf<typeof approvalsQueryCodec>;

export const requestFields = {
  /** Whether the request was made with the caller's user name, so that they cannot approve or decline it. */
  isOwn: t.boolean,
  /** Whether it has expired and can no longer be approved. */
  isExpired: t.boolean,
};

/** An action that awaits approval, in a list. */
export const approvalRequestCodec = t.intersection([listedRecordCodec, t.type(requestFields)]);
export type ApprovalRequest = Readonly<t.TypeOf<typeof approvalRequestCodec>>;

export const approvalsPageFields = {
  /** The number of matching requests, on all pages. */
  total: t.number,
  page: t.number,
  perPage: t.number,
  /** ISO 8601: the time of Kibana's clock, for comparison with `approval.expiresAt`. */
  asOf: t.string,
};

/** Requests that await approval, oldest first. */
export const approvalsPageCodec = t.type({
  requests: t.readonlyArray(approvalRequestCodec),
  ...approvalsPageFields,
});
export type ApprovalsPage = Readonly<t.TypeOf<typeof approvalsPageCodec>>;

/** The body of approving and declining. */
export const decisionBodyCodec = closedObject('the body', { comment: commentCodec });
export type DecisionBody = t.TypeOf<typeof decisionBodyCodec>;

export const approveParamsCodec = closedObject('the parameters of approveRequest', {
  actionId: actionIdCodec,
  comment: commentCodec,
});
export type ApproveParams = t.TypeOf<typeof approveParamsCodec>;
