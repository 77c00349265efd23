import { type FC } from 'react';
import { EuiBadge, EuiBadgeGroup, EuiLoadingSpinner, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { shortReason } from '../../common/reason_text';
import type { RecordedHost, RecordedOutcome } from '../../common/record';
import { RESULT_STATUSES, statusOfOutcome, type ResultStatus } from '../../common/result_status';
import { outcomeMeaning, statusName } from './history_texts';

const COLOR: Readonly<Record<ResultStatus, string>> = {
  in_progress: 'warning',
  succeeded: 'success',
  failed: 'danger',
  refused: 'default',
  unchanged: 'hollow',
};

/** A status, with the number of hosts that it stands for where there are several. */
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

/** How it stands for one host. */
export const OutcomeBadge: FC<{ readonly outcome: RecordedOutcome }> = ({ outcome }) => (
  <StatusBadge status={statusOfOutcome(outcome)} meaning={outcomeMeaning(outcome)} />
);

/** How an action went: its only host's outcome with the reason, or how many hosts had which. */
export const ActionOutcome: FC<{ readonly hosts: readonly RecordedHost[] }> = ({ hosts }) => {
  const [only] = hosts;
  if (only !== undefined && hosts.length === 1) {
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
    const outcomes = hosts
      .map(({ outcome }) => outcome)
      .filter((outcome) => statusOfOutcome(outcome) === status);
    const meaning = [...new Set(outcomes)].map(outcomeMeaning).join(' ');
    return { status, count: outcomes.length, meaning };
  }).filter(({ count }) => count > 0);
  return (
    <EuiBadgeGroup gutterSize="xs">
      {counts.map((one) => (
        <StatusBadge key={one.status} {...one} />
      ))}
    </EuiBadgeGroup>
  );
};
