import { type FC } from 'react';
import { EuiBadge, EuiBadgeGroup, EuiLoadingSpinner, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { shortReason } from '../../common/actions/describe_reason';
import type { RecordedHost, RecordedOutcome } from '../../common/actions/record';
import {
  summaryOfHosts,
  type RecordSummary,
  outcomesOfStatus,
  RESULT_STATUSES,
  statusOfOutcome,
  type ResultStatus,
} from '../../common/actions/record_summary';
import { outcomeMeaning, statusName } from './history_texts';

const COLOR: Readonly<Record<ResultStatus, string>> = {
  awaiting_approval: 'accent',
  in_progress: 'warning',
  succeeded: 'success',
  failed: 'danger',
  refused: 'default',
  unchanged: 'hollow',
};

/** A status, with the number of hosts when there are several. */
const StatusBadge: FC<{
  readonly status: ResultStatus;
  readonly meaning: string;
  readonly count?: number;
}> = ({ status, meaning, count }) => (
  <EuiBadge color={COLOR[status]} title={meaning}>
    {status === 'in_progress' ? (
      <>
        <EuiLoadingSpinner size="s" aria-hidden="true" css={{ verticalAlign: 'middle' }} />{' '}
      </>
    ) : null}
    <span>
      {count === undefined
        ? statusName(status)
        : i18n.translate('sentineloneResponse.history.statusOfSeveral', {
            defaultMessage: '{status}: {count, number}',
            values: { status: statusName(status), count },
          })}
    </span>
  </EuiBadge>
);

/** The status of an action for one host. */
export const OutcomeBadge: FC<{ readonly outcome: RecordedOutcome }> = ({ outcome }) => (
  <StatusBadge status={statusOfOutcome(outcome)} meaning={outcomeMeaning(outcome)} />
);

const outcomesOf = (hosts: readonly RecordedHost[]) =>
  summaryOfHosts({ hosts, refusedRequest: undefined }).outcomes;

/**
 * The outcome of an action: with one host, its outcome and reason, otherwise the number of hosts for each status.
 * `outcomes` counts all hosts; `hosts` may contain only the first ones.
 */
export const ActionOutcome: FC<{
  readonly hosts: readonly RecordedHost[];
  readonly outcomes?: RecordSummary['outcomes'];
}> = ({ hosts, outcomes = outcomesOf(hosts) }) => {
  const [only] = hosts;
  const hostCount = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  if (only !== undefined && hostCount === 1) {
    return (
      <div>
        <OutcomeBadge outcome={only.outcome} />
        {only.reason === undefined ? null : (
          <EuiText size="xs" color="subdued">
            {shortReason(only.reason)}
          </EuiText>
        )}
      </div>
    );
  }
  const counts = RESULT_STATUSES.map((status) => {
    const own = outcomesOfStatus(status).filter((outcome) => outcomes[outcome] > 0);
    const count = own.reduce((sum, outcome) => sum + outcomes[outcome], 0);
    return { status, count, meaning: own.map(outcomeMeaning).join(' ') };
  }).filter(({ count }) => count > 0);
  return (
    <EuiBadgeGroup gutterSize="xs">
      {counts.map((one) => (
        <StatusBadge key={one.status} {...one} />
      ))}
    </EuiBadgeGroup>
  );
};
