/**
 * The catalogue of reasons: why an action did not happen, has not happened yet, or why hosts could not be read. A new
 * reason is one row here and its texts; the compiler asks for the texts (`refusal_texts.ts`,
 * `failure_texts.ts`). The public API lists them in this order.
 */

export interface ReasonDefinition {
  /**
   * `refusal`: nothing was sent. `failure`: sent or tried without effect. `delay`: not happened yet.
   * `read_failure`: the status of hosts was not read; no action ends with it.
   */
  readonly kind: 'refusal' | 'failure' | 'delay' | 'read_failure';
  /**
   * Whether SentinelOne accepted the command for a host that failed for this reason. A host can be refused for
   * a reason with `yes` too: then nothing was sent.
   */
  readonly sent: 'yes' | 'no' | 'unknown';
  /** Whether the same request can succeed later: `soon`, or `after_fix`, when the cause is fixed. */
  readonly retryHelps: 'soon' | 'after_fix' | 'no';
  /**
   * Status of the answer to a request that fails as a whole for this reason; null for reasons of single hosts.
   * SentinelOne's own 401 and 403 become 502, because a 401 would log the user out of Kibana.
   */
  readonly httpStatus: number | null;
  /** Set if the reason concerns only this caller, or if the space does not have exactly one connector. */
  readonly concerns?: 'caller' | 'connectors';
  /** Whether the connection test gives this reason's own advice instead of advice about what answered. */
  readonly hasOwnAdvice?: true;
}

const ROWS = {
  not_found: { kind: 'refusal', sent: 'yes', retryHelps: 'no', httpStatus: null },
  ambiguous: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  mismatch: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  /** A rule or API key identified the host by one value only. */
  named_once: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  /** The agent id in the alert cannot be trusted. */
  unusable_id: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  decommissioned: { kind: 'refusal', sent: 'yes', retryHelps: 'no', httpStatus: null },
  uninstalled: { kind: 'refusal', sent: 'yes', retryHelps: 'no', httpStatus: null },
  protected: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  in_flight: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 409 },
  too_many: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  space_not_found: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 404 },
  no_connector: {
    kind: 'refusal',
    sent: 'no',
    retryHelps: 'no',
    httpStatus: 409,
    concerns: 'connectors',
  },
  several_connectors: {
    kind: 'refusal',
    sent: 'no',
    retryHelps: 'no',
    httpStatus: 409,
    concerns: 'connectors',
  },
  no_privilege: {
    kind: 'refusal',
    sent: 'no',
    retryHelps: 'no',
    httpStatus: 403,
    concerns: 'caller',
  },
  /** A request for approval of the same action on the host is open, so that a second one would say nothing more. */
  already_requested: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  /** Another user declined to approve it. */
  declined: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  /** The user who requested approval withdrew the request. */
  withdrawn: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: null },
  /** Nobody approved it in time. */
  approval_expired: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 409 },
  /** The connector or its tenant has changed since approval was requested. */
  connector_changed: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 409 },
  /** It was approved, declined or withdrawn before. */
  already_decided: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 409 },
  /** Users cannot approve or decline their own requests. */
  own_request: {
    kind: 'refusal',
    sent: 'no',
    retryHelps: 'no',
    httpStatus: 403,
    concerns: 'caller',
  },
  /** The automatic release has begun, has ended or was cancelled, so that its time cannot be changed. */
  release_not_pending: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 409 },
  /** The time of the automatic release was changed since the caller read it. */
  release_changed: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 409 },
  automation_off: { kind: 'refusal', sent: 'no', retryHelps: 'no', httpStatus: 409 },
  unauthorized: {
    kind: 'failure',
    sent: 'no',
    retryHelps: 'after_fix',
    httpStatus: 502,
    hasOwnAdvice: true,
  },
  forbidden: {
    kind: 'failure',
    sent: 'no',
    retryHelps: 'after_fix',
    httpStatus: 502,
    hasOwnAdvice: true,
  },
  throttled: {
    kind: 'failure',
    sent: 'no',
    retryHelps: 'soon',
    httpStatus: 503,
    hasOwnAdvice: true,
  },
  unreachable: { kind: 'failure', sent: 'unknown', retryHelps: 'soon', httpStatus: 502 },
  not_affected: { kind: 'failure', sent: 'no', retryHelps: 'no', httpStatus: null },
  unexpected_answer: { kind: 'failure', sent: 'unknown', retryHelps: 'no', httpStatus: 502 },
  /** SentinelOne's activity 2010: the agent received the command and could not disconnect. */
  unable_to_disconnect: { kind: 'failure', sent: 'yes', retryHelps: 'no', httpStatus: null },
  /** The agent reports that the scan was aborted, for any reason. */
  scan_aborted: { kind: 'failure', sent: 'yes', retryHelps: 'no', httpStatus: null },
  /** Another user reverted it, in SentinelOne's console or through its API. */
  undone: { kind: 'failure', sent: 'yes', retryHelps: 'no', httpStatus: null },
  /** A later action of this plugin requested the opposite. */
  superseded: { kind: 'failure', sent: 'yes', retryHelps: 'no', httpStatus: null },
  /** Kibana stopped during the action, and SentinelOne has no evidence of the command. */
  interrupted: { kind: 'failure', sent: 'no', retryHelps: 'soon', httpStatus: null },
  offline: { kind: 'delay', sent: 'yes', retryHelps: 'no', httpStatus: null },
  waiting: { kind: 'delay', sent: 'yes', retryHelps: 'no', httpStatus: null },
  /** SentinelOne did not answer in time. */
  timed_out: { kind: 'read_failure', sent: 'no', retryHelps: 'soon', httpStatus: 504 },
  /** The user requested more statuses than Kibana reads for one user at a time. */
  too_many_reads: {
    kind: 'read_failure',
    sent: 'no',
    retryHelps: 'soon',
    httpStatus: 429,
    concerns: 'caller',
  },
} as const satisfies Readonly<Record<string, ReasonDefinition>>;

type ReasonOf<Kind extends ReasonDefinition['kind']> = {
  [R in keyof typeof ROWS]: (typeof ROWS)[R]['kind'] extends Kind ? R : never;
}[keyof typeof ROWS];

/** Why nothing was sent. */
export type Refusal = ReasonOf<'refusal'>;
/** Why it did not happen although it was sent, or an attempt was made. */
export type Failure = ReasonOf<'failure'>;
/** Why it has not happened yet. */
export type Delay = ReasonOf<'delay'>;
/** Why the status of hosts was not read. */
export type ReadFailure = ReasonOf<'read_failure'>;
/** The reasons that the result of an action for a host can have. */
export type Reason = Refusal | Failure | Delay;
export type AnyReason = keyof typeof ROWS;

/** The properties of each reason, apart from its texts. */
export const REASON_CATALOG: Readonly<Record<AnyReason, ReasonDefinition>> = ROWS;

const ALL = Object.keys(ROWS) as readonly AnyReason[];
const ofKind = <Kind extends ReasonDefinition['kind']>(kind: Kind) =>
  ALL.filter((reason): reason is ReasonOf<Kind> => ROWS[reason].kind === kind);

export const REFUSALS = ofKind('refusal');
export const FAILURES = ofKind('failure');
export const READ_FAILURES = ofKind('read_failure');
export const REASONS: readonly Reason[] = [...REFUSALS, ...FAILURES, ...ofKind('delay')];

/** Whether a value from outside is the code of a reason. */
export const isAnyReason = (value: unknown): value is AnyReason =>
  typeof value === 'string' && Object.prototype.hasOwnProperty.call(ROWS, value);

export const isRefusal = (reason: string | undefined): reason is Refusal =>
  isAnyReason(reason) && ROWS[reason].kind === 'refusal';

export const isReadFailure = (reason: AnyReason): reason is ReadFailure =>
  ROWS[reason].kind === 'read_failure';
