import { type FC } from 'react';
import { EuiBadge, EuiBadgeGroup, EuiLoadingSpinner, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { shortReason } from '../../common/reason_text';
import {
  isOpen,
  RECORDED_OUTCOMES,
  type RecordedHost,
  type RecordedOutcome,
} from '../../common/record';
import { outcomeMeaning, outcomeName } from './history_texts';

const COLOR: Readonly<Record<RecordedOutcome, string>> = {
  done: 'success',
  requested: 'warning',
  unchanged: 'hollow',
  refused: 'default',
  failed: 'danger',
  pending: 'warning',
};

/** An outcome, with the number of hosts that it stands for where there are several. */
export const OutcomeBadge: FC<{ readonly outcome: RecordedOutcome; readonly count?: number }> = ({
  outcome,
  count,
}) => (
  <EuiBadge color={COLOR[outcome]} title={outcomeMeaning(outcome)}>
    {isOpen({ outcome }) ? (
      <>
        <EuiLoadingSpinner size="s" aria-hidden="true" css={{ verticalAlign: 'middle' }} />{' '}
      </>
    ) : null}
    <span>
      {count === undefined
        ? outcomeName(outcome)
        : i18n.translate('sentineloneResponse.history.outcomeOfSeveral', {
            defaultMessage: '{outcome}: {count, number}',
            values: { outcome: outcomeName(outcome), count },
          })}
    </span>
  </EuiBadge>
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
  const counts = RECORDED_OUTCOMES.map((outcome) => ({
    outcome,
    count: hosts.filter((host) => host.outcome === outcome).length,
  })).filter(({ count }) => count > 0);
  return (
    <EuiBadgeGroup gutterSize="xs">
      {counts.map((one) => (
        <OutcomeBadge key={one.outcome} {...one} />
      ))}
    </EuiBadgeGroup>
  );
};
