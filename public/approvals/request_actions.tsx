import { useState, type FC } from 'react';
import { EuiButton, EuiButtonEmpty, EuiFlexGroup, EuiFlexItem, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { RecordedAction } from '../../common/actions/record';
import type { ApprovalRequest } from '../../common/api/approvals';
import { useMayOverride } from '../actions/protection';
import { nameInText } from '../components/shown_name';
import { describeError } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { decide, DECISION_LABEL, DecisionModal, requestedHostsText } from './decision_modal';

/** The buttons for a request: withdraw for the user's own, approve and decline for those of other users. */
export const RequestActions: FC<{ readonly request: ApprovalRequest }> = ({ request }) => {
  const services = useServices();
  const mayDecide = useMayOverride();
  const [decision, setDecision] = useState<'approve' | 'decline'>();
  const [isWithdrawing, setIsWithdrawing] = useState(false);
  const { toasts } = services.core.notifications;
  const hosts = requestedHostsText(request);

  const withdraw = async () => {
    setIsWithdrawing(true);
    try {
      await decide(services, request.actionId, 'withdraw', '');
      toasts.addSuccess(
        i18n.translate('sentineloneResponse.approval.withdrawn', {
          defaultMessage: 'Request for {hosts} withdrawn',
          values: { hosts },
        })
      );
    } catch (error) {
      const { what, todo } = describeError(error, request.action);
      toasts.addDanger({
        title: i18n.translate('sentineloneResponse.approval.notWithdrawn', {
          defaultMessage: 'The request for {hosts} was not withdrawn',
          values: { hosts },
        }),
        text: `${what} ${todo}`,
      });
      setIsWithdrawing(false);
    }
  };
  const decided = ({ approval }: RecordedAction) => {
    setDecision(undefined);
    const user = nameInText(request.actor.username);
    toasts.addSuccess(
      approval?.decision?.kind === 'approved'
        ? i18n.translate('sentineloneResponse.approval.youApproved', {
            defaultMessage: 'You approved the request of {user} for {hosts}',
            values: { user, hosts },
          })
        : i18n.translate('sentineloneResponse.approval.youDeclined', {
            defaultMessage: 'You declined the request of {user} for {hosts}',
            values: { user, hosts },
          })
    );
  };

  if (request.isExpired) {
    return (
      <EuiText size="s" color="subdued">
        {i18n.translate('sentineloneResponse.approval.expired', { defaultMessage: 'Expired' })}
      </EuiText>
    );
  }
  if (request.isOwn) {
    return (
      <EuiButtonEmpty
        size="s"
        flush="left"
        isLoading={isWithdrawing}
        onClick={() => void withdraw()}
        aria-label={i18n.translate('sentineloneResponse.approval.withdrawLabel', {
          defaultMessage: 'Withdraw the request for {hosts}',
          values: { hosts },
        })}
        data-test-subj="sentineloneResponseWithdraw"
      >
        {i18n.translate('sentineloneResponse.approval.withdraw', { defaultMessage: 'Withdraw' })}
      </EuiButtonEmpty>
    );
  }
  if (!mayDecide) return null;
  return (
    <>
      <EuiFlexGroup gutterSize="s" responsive={false} wrap>
        <EuiFlexItem grow={false}>
          <EuiButton
            size="s"
            onClick={() => setDecision('approve')}
            data-test-subj="sentineloneResponseApprove"
          >
            {DECISION_LABEL.approve()}
          </EuiButton>
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiButtonEmpty
            size="s"
            onClick={() => setDecision('decline')}
            data-test-subj="sentineloneResponseDecline"
          >
            {DECISION_LABEL.decline()}
          </EuiButtonEmpty>
        </EuiFlexItem>
      </EuiFlexGroup>
      {decision === undefined ? null : (
        <DecisionModal
          request={request}
          decision={decision}
          onClose={() => setDecision(undefined)}
          onDecided={decided}
        />
      )}
    </>
  );
};
