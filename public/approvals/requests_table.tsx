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
import { RequestActions } from './request_actions';
import { requestedHostsText, requestText } from './decision_modal';

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
