import type { FC } from 'react';
import { i18n } from '@kbn/i18n';
import type { Approval, ApprovalDecisionKind } from '../../common/actions/approval';
import { protectionText } from '../../common/actions/protection_override';
import type { RecordedAction, ActionRecord } from '../../common/actions/record';
import { listText } from '../../common/lib/text';
import { DateText } from '../components/date_text';
import { ExpandableText } from '../components/expandable_text';
import { nameInText } from '../components/shown_name';
import { hostName } from './history_texts';
import { EuiBadge } from '@elastic/eui';

/** The protected hosts that were isolated by an override, and the reason. */
export const OverrideText: FC<{ readonly record: Pick<ActionRecord, 'override' | 'hosts'> }> = ({
  record: { override, hosts },
}) => {
  if (override === undefined) return null;
  const named = override.hosts.map((one) => {
    const host = hosts.find(({ agentId }) => agentId === one.agentId);
    return `${host === undefined ? one.agentId : hostName(host)} (${protectionText(one)})`;
  });
  return (
    <>
      <ExpandableText text={override.comment} />
      <div>{listText(named)}</div>
    </>
  );
};

/** Marks an action, or a host of it, with an override of the protection. */
export const OverrideBadge: FC = () => (
  <EuiBadge color="warning" iconType="lockOpen">
    {i18n.translate('sentineloneResponse.history.overrideBadge', {
      defaultMessage: 'Was protected',
    })}
  </EuiBadge>
);

const DECISION: Readonly<Record<ApprovalDecisionKind, (user: string) => string>> = {
  approved: (user) =>
    i18n.translate('sentineloneResponse.approval.approvedBy', {
      defaultMessage: 'Approved by {user}',
      values: { user },
    }),
  declined: (user) =>
    i18n.translate('sentineloneResponse.approval.declinedBy', {
      defaultMessage: 'Declined by {user}',
      values: { user },
    }),
  withdrawn: (user) =>
    i18n.translate('sentineloneResponse.approval.withdrawnBy', {
      defaultMessage: 'Withdrawn by {user}',
      values: { user },
    }),
  expired: () =>
    i18n.translate('sentineloneResponse.approval.expiredText', {
      defaultMessage: 'Expired: nobody approved it in time',
    }),
};

/** Who approved or declined a request, or until when a user has to, without the comment. */
export const approvalSummary = ({ decision }: Approval): string =>
  decision === undefined
    ? i18n.translate('sentineloneResponse.approval.awaitingShort', {
        defaultMessage: 'Awaiting approval by another user',
      })
    : DECISION[decision.kind](nameInText(decision.by?.username ?? ''));

/** The approval of an action: when it was requested, how it was decided, by whom and why, and for which hosts. */
export const ApprovalText: FC<{
  readonly record: Pick<RecordedAction, 'approval' | 'hosts'>;
}> = ({ record: { approval, hosts } }) => {
  if (approval === undefined) return null;
  const { requestedAt, expiresAt, decision } = approval;
  const named = approval.hosts.map((one) => {
    const host = hosts.find(({ agentId }) => agentId === one.agentId);
    return `${host === undefined ? one.agentId : hostName(host)} (${protectionText(one)})`;
  });
  return (
    <>
      <div>
        {approvalSummary(approval)}
        {decision === undefined ? null : (
          <>
            , <DateText iso={decision.at} />
          </>
        )}
      </div>
      {decision?.comment === undefined ? null : <ExpandableText text={decision.comment} />}
      <div>
        {i18n.translate('sentineloneResponse.approval.requestedAt', {
          defaultMessage: 'Approval requested',
        })}{' '}
        <DateText iso={requestedAt} />
        {decision === undefined ? (
          <>
            {', '}
            {i18n.translate('sentineloneResponse.approval.expires', {
              defaultMessage: 'expires',
            })}{' '}
            <DateText iso={expiresAt} />
          </>
        ) : null}
      </div>
      <div>{listText(named)}</div>
    </>
  );
};
