import { REQUIRED_ACTIONS } from '../../../common/actions/catalogue';
import { i18n } from '@kbn/i18n';
import type { ConnectionCheck } from '../../../common/api/connector';
import type {
  Checked,
  DocumentsFound,
  ProvenActions,
  SetupStatus,
} from '../../../common/api/setup';
import { describeError } from '../../lib/describe_error';
import { isWorkingSetupRule, type DetectionRule } from './rule';

/** The state of each step of the set-up, from the results of the checks. */

export const STEPS = ['tokens', 'data', 'connector', 'rule', 'try'] as const;
export type StepId = (typeof STEPS)[number];
export type StepState =
  | 'checking'
  | 'done'
  | 'action_required'
  /** All checks succeeded; the rest can only be proven by a confirmed action. */
  | 'not_proven'
  /** The user lacks the privilege to check it, so the state of the step is unknown. */
  | 'not_allowed'
  | 'unknown';

/** The result of a check; undefined while it is loading. */
export type CheckState<A> = Checked<A> | undefined;

/** A failed request as the result of a check. `right` is the privilege that is missing after a 403. */
export function unknownCheck(error: unknown, right: string): Checked<never> {
  const { status, errorText, what } = describeError(error);
  const missing = status === 401 || status === 403 ? { missing: right } : {};
  return { state: 'unknown', message: errorText ?? what, ...missing };
}

/** The privilege to view the plugin's pages. */
export const MAY_VIEW = '"SentinelOne Response: Read"';

/** The result of a query. `right` is the privilege that is missing after a 403. */
export function checkStateOf<A>(
  { data, error }: { readonly data: A | undefined; readonly error: unknown },
  right: string
): CheckState<A> {
  if (data !== undefined) return { state: 'answered', value: data };
  return error === null ? undefined : unknownCheck(error, right);
}

/** Why the state is unknown, for users. */
export function unknownReason({
  message,
  missing,
}: {
  readonly message: string;
  readonly missing?: string;
}): string {
  if (missing === undefined) return message;
  return i18n.translate('sentineloneResponse.check.missingRight', {
    defaultMessage: 'You do not have the required privilege: {missing}. ({message})',
    values: { missing, message },
  });
}

const of = <A>(asked: CheckState<A>, resolveOutcome: (value: A) => boolean): StepState => {
  if (asked === undefined) return 'checking';
  if (asked.state === 'unknown') return asked.missing === undefined ? 'unknown' : 'not_allowed';
  return resolveOutcome(asked.value) ? 'done' : 'action_required';
};

const isBroken = ({ status }: ConnectionCheck): boolean => status === 'failed';
const isUnreachable = (check: ConnectionCheck): boolean =>
  check.id === 'reachable' && isBroken(check);

/** The check of the connection that says that the connector's URL does not lead to SentinelOne, if there is one. */
export const unreachableCheck = (status: CheckState<SetupStatus>): ConnectionCheck | undefined =>
  status?.state === 'answered' && status.value.connection?.state === 'answered'
    ? status.value.connection.value.checks.find(isUnreachable)
    : undefined;

const isProven = (proven: ProvenActions): boolean =>
  REQUIRED_ACTIONS.every((action) => proven[action] != null);

export interface SetupChecks {
  /** The server's checks; undefined while they are running. */
  readonly status: CheckState<SetupStatus>;
  readonly rules: CheckState<readonly DetectionRule[]>;
}

const part = <A>(
  status: CheckState<SetupStatus>,
  pick: (value: SetupStatus) => Checked<A>
): CheckState<A> => (status?.state === 'answered' ? pick(status.value) : status);

function tokensState(status: CheckState<SetupStatus>): StepState {
  if (status?.state === 'answered' && status.value.connection === null) {
    const { connectors } = status.value;
    return of(connectors, () => false);
  }
  // If the URL cannot be reached, the token cannot be checked: that is the connector's problem.
  if (unreachableCheck(status) !== undefined) return 'unknown';
  return of(
    part(status, ({ connection }) => connection!),
    ({ checks }) => !checks.some(isBroken)
  );
}

/** Documents of either rule are sufficient; a tenant has one kind or the other. */
function dataState(status: CheckState<SetupStatus>): StepState {
  const namesAgents = ({ withAgent }: DocumentsFound) => withAgent > 0;
  const alerts = of(
    part(status, ({ documents }) => documents),
    namesAgents
  );
  const threats = of(
    part(status, (value) => value.threats),
    namesAgents
  );
  return threats === 'done' ? threats : alerts;
}

/** The last step: done once every action is proven for the connector. */
function tryState(status: CheckState<SetupStatus>): StepState {
  if (status?.state === 'answered' && status.value.proven === null) return 'action_required';
  const state = of(
    part(status, ({ proven }) => proven!),
    isProven
  );
  return state === 'action_required' ? 'not_proven' : state;
}

/** The state of every step. */
export function stepStates({ status, rules }: SetupChecks): Record<StepId, StepState> {
  return {
    tokens: tokensState(status),
    data: dataState(status),
    connector:
      unreachableCheck(status) !== undefined
        ? 'action_required'
        : of(
            part(status, ({ connectors }) => connectors),
            ({ own }) => own.length === 1
          ),
    rule: of(rules, (found) => found.some(isWorkingSetupRule)),
    try: tryState(status),
  };
}

/** How many steps are done. */
export const countDone = (states: Record<StepId, StepState>): number =>
  STEPS.filter((step) => states[step] === 'done').length;
