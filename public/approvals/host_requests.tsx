import { type FC } from 'react';
import { EuiCallOut, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { DateText } from '../components/date_text';
import { ExpandableText } from '../components/expandable_text';
import { useRequests } from '../lib/use_requests';
import { RequestActions } from './request_actions';
import { requestText } from './request_texts';

/** The requests for approval of actions on one host, with what the user can do about them. */
export const HostRequests: FC<{ readonly agentId: string | undefined }> = ({ agentId }) => {
  const { page } = useRequests();
  const requests = (page?.requests ?? []).filter(
    ({ approval, isExpired }) =>
      !isExpired && approval?.hosts.some((host) => host.agentId === agentId)
  );
  return (
    <>
      {requests.map((request) => (
        <div key={request.actionId}>
          <EuiCallOut
            size="s"
            color="warning"
            iconType="clock"
            role="status"
            data-test-subj="sentineloneResponseAwaitingApproval"
            title={
              <>
                {i18n.translate('sentineloneResponse.approval.awaitingTitle', {
                  defaultMessage: 'Awaiting approval by another user, expires',
                })}{' '}
                <DateText iso={request.approval?.expiresAt ?? null} />
              </>
            }
          >
            <EuiText size="s">
              <p>{requestText(request)}</p>
            </EuiText>
            <ExpandableText text={request.comment} />
            <EuiSpacer size="s" />
            <RequestActions request={request} />
          </EuiCallOut>
          <EuiSpacer size="s" />
        </div>
      ))}
    </>
  );
};
