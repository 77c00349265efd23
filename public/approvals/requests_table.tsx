import { useState, type FC } from 'react';
import {
  EuiBasicTable,
  EuiEmptyPrompt,
  EuiSkeletonText,
  EuiSpacer,
  type Criteria,
  type EuiBasicTableColumn,
  EuiCallOut,
  EuiText,
  EuiButton,
  EuiButtonEmpty,
  EuiFlexGroup,
  EuiFlexItem,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ApprovalRequest } from '../../common/api/approvals';
import { protectionText } from '../../common/actions/protection_override';
import { ActionBadge } from '../action_history/actions_table';
import { ActorText } from '../action_history/actor_text';
import { AppLink } from '../action_history/alert_links';
import { historyPath } from '../action_history/history_state';
import { DateText } from '../components/date_text';
import { ExpandableText } from '../components/expandable_text';
import { ProblemCallout } from '../components/problem_callout';
import { openRequestsOn, useRequests } from '../lib/use_approval_requests';
import {
  requestedHostsText,
  requestText,
  decide,
  DECISION_LABEL,
  DecisionModal,
} from './decision_modal';
import type { RecordedAction } from '../../common/actions/record';
import { useMayOverride } from '../actions/protection';
import { nameInText } from '../components/shown_name';
import { describeError } from '../lib/describe_error';
import { useServices } from '../lib/services';

/** The buttons for a request: withdraw for the user's own, approve and decline for those of other users. */
const RequestActions: FC<{ readonly request: ApprovalRequest }> = ({ request }) => {
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

/** The requests for approval of actions on one host, with the buttons for them. */
export const HostRequests: FC<{ readonly agentId: string | undefined }> = ({ agentId }) => {
  const { page } = useRequests((read) => openRequestsOn(read, agentId).length > 0);
  const requests = openRequestsOn(page, agentId);
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

const PAGE_SIZE = 25;

const columns = (): Array<EuiBasicTableColumn<ApprovalRequest>> => [
  {
    name: i18n.translate('sentineloneResponse.approval.column.hosts', { defaultMessage: 'Hosts' }),
    render: (request: ApprovalRequest) => (
      <div css={{ overflowWrap: 'anywhere' }}>
        <AppLink path={historyPath({ actionId: request.actionId })}>
          {requestedHostsText(request)}
        </AppLink>
        <div css={{ fontSize: '0.85em' }}>
          {request.approval?.hosts[0] === undefined
            ? null
            : i18n.translate('sentineloneResponse.approval.protected', {
                defaultMessage: 'Protected: {pattern}',
                values: { pattern: protectionText(request.approval.hosts[0]) },
              })}
        </div>
      </div>
    ),
  },
  {
    name: i18n.translate('sentineloneResponse.history.action', { defaultMessage: 'Action' }),
    width: '110px',
    render: ({ action }: ApprovalRequest) => <ActionBadge action={action} />,
  },
  {
    name: i18n.translate('sentineloneResponse.approval.column.user', {
      defaultMessage: 'Requested by',
    }),
    width: '140px',
    render: ({ actor }: ApprovalRequest) => <ActorText actor={actor} />,
  },
  {
    name: i18n.translate('sentineloneResponse.history.comment', { defaultMessage: 'Comment' }),
    render: ({ comment }: ApprovalRequest) => <ExpandableText text={comment} />,
  },
  {
    name: i18n.translate('sentineloneResponse.history.asked', { defaultMessage: 'Requested' }),
    width: '165px',
    render: ({ approval }: ApprovalRequest) => <DateText iso={approval?.requestedAt ?? null} />,
  },
  {
    name: i18n.translate('sentineloneResponse.approval.column.expires', {
      defaultMessage: 'Expires',
    }),
    width: '165px',
    render: ({ approval }: ApprovalRequest) => <DateText iso={approval?.expiresAt ?? null} />,
  },
  {
    name: i18n.translate('sentineloneResponse.approval.column.decision', {
      defaultMessage: 'Decision',
    }),
    width: '230px',
    render: (request: ApprovalRequest) => <RequestActions request={request} />,
  },
];

/** All requests of the space that await approval, oldest first. */
export const RequestsTable: FC = () => {
  const { page, problem, isFetching, refresh } = useRequests(() => true, {
    isNew: true,
  });
  const [index, setIndex] = useState(0);
  const requests = page?.requests ?? [];
  const from = Math.min(index, Math.max(0, Math.ceil(requests.length / PAGE_SIZE) - 1)) * PAGE_SIZE;
  return (
    <div data-test-subj="sentineloneResponseRequests">
      {problem === undefined ? null : (
        <>
          <ProblemCallout
            title={i18n.translate('sentineloneResponse.approval.notRead', {
              defaultMessage: 'The requests could not be loaded',
            })}
            problem={problem}
            isRetrying={isFetching}
            onRetry={refresh}
          />
          <EuiSpacer size="m" />
        </>
      )}
      {page === undefined ? (
        problem === undefined ? (
          <EuiSkeletonText
            lines={5}
            contentAriaLabel={i18n.translate('sentineloneResponse.approval.loading', {
              defaultMessage: 'the requests',
            })}
          />
        ) : null
      ) : requests.length === 0 ? (
        <EuiEmptyPrompt
          iconType="check"
          titleSize="s"
          title={
            <h2>
              {i18n.translate('sentineloneResponse.approval.none', {
                defaultMessage: 'No request awaits approval',
              })}
            </h2>
          }
          body={
            <p>
              {i18n.translate('sentineloneResponse.approval.noneText', {
                defaultMessage:
                  'Requests appear here if the protection settings require approval by a second person.',
              })}
            </p>
          }
        />
      ) : (
        <EuiBasicTable<ApprovalRequest>
          tableCaption={i18n.translate('sentineloneResponse.approval.caption', {
            defaultMessage: 'Requests that await approval',
          })}
          items={requests.slice(from, from + PAGE_SIZE)}
          itemId="actionId"
          columns={columns()}
          rowProps={() => ({ 'data-test-subj': 'sentineloneResponseRequest' })}
          pagination={
            requests.length <= PAGE_SIZE
              ? undefined
              : {
                  pageIndex: from / PAGE_SIZE,
                  pageSize: PAGE_SIZE,
                  totalItemCount: requests.length,
                  showPerPageOptions: false,
                }
          }
          onChange={({ page: next }: Criteria<ApprovalRequest>) => {
            if (next !== undefined) setIndex(next.index);
          }}
        />
      )}
    </div>
  );
};
