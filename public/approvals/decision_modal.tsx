import { useRef, useState, type FC, useEffect } from 'react';
import { EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { RecordedAction, ActionRecord } from '../../common/actions/record';
import type { ApprovalRequest, RequestDecision } from '../../common/api/approvals';
import { commentProblem, CommentModal } from '../actions/comment_field';
import { ExpandableText } from '../components/expandable_text';
import { focusField } from '../components/focus_field';
import { describeError, type Problem } from '../lib/describe_error';
import { useServices, type Services } from '../lib/services';
import { noteRecentAction } from '../action_history/recent_actions';
import { refreshAllStatuses } from '../host_status/status_store';
import { refreshRequests, useRequests } from '../lib/use_approval_requests';
import { nameInText } from '../components/shown_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { summaryIn, type ListedRecord } from '../../common/actions/record_summary';
import { hostName } from '../action_history/history_texts';

type Request = Pick<ListedRecord, 'hosts' | 'summary'> & ActionRecord;

/** The hosts that need approval: "dc-1", "dc-1 and 2 other hosts". */
export function requestedHostsText(request: Request): string {
  const ids = new Set(request.approval?.hosts.map(({ agentId }) => agentId));
  const [first] = request.hosts.filter(({ agentId }) => agentId !== null && ids.has(agentId));
  const name = nameInText(hostName(first ?? request.hosts[0]!));
  const waiting = summaryIn(request).outcomes.awaiting_approval;
  const count = Math.max(waiting, ids.size, 1);
  return i18n.translate('sentineloneResponse.approval.hosts', {
    defaultMessage:
      '{others, plural, =0 {{name}} one {{name} and # other host} other {{name} and # other hosts}}',
    values: { name, others: count - 1 },
  });
}

/** Who requested what, as a sentence that the comment follows. */
export const requestText = (request: Request): string =>
  ACTION_DEFINITIONS[request.action].texts.approvalRequest({
    user: nameInText(request.actor.username),
    hosts: requestedHostsText(request),
  });

/** Notifies users of the result of their requests, while a page of the app is open. */
export const DecisionToasts: FC = () => {
  const { api, core } = useServices();
  const { page } = useRequests((read) => read?.requests.some(({ isOwn }) => isOwn) === true);
  const awaiting = useRef<readonly string[]>([]);
  const { toasts } = core.notifications;

  useEffect(() => {
    if (page === undefined) return;
    const own = page.requests.filter(({ isOwn }) => isOwn).map(({ actionId }) => actionId);
    const gone = awaiting.current.filter((actionId) => !own.includes(actionId));
    awaiting.current = own;
    for (const actionId of gone) {
      // If it cannot be read, the history still shows it.
      api.action(actionId).then(
        (record) => showDecision(toasts, record),
        () => undefined
      );
    }
  }, [page, api, toasts]);
  return null;
};

type Toasts = ReturnType<typeof useServices>['core']['notifications']['toasts'];

function showDecision(toasts: Toasts, record: RecordedAction): void {
  const { decision } = record.approval ?? {};
  if (decision === undefined || decision.kind === 'withdrawn') return;
  const values = {
    user: nameInText(decision.by?.username ?? ''),
    hosts: requestedHostsText({ ...record, group: 0, groups: 1, sortKey: 0 }),
  };
  const { comment: text } = decision;
  switch (decision.kind) {
    case 'approved':
      return void toasts.addSuccess({
        title: i18n.translate('sentineloneResponse.approval.toast.approved', {
          defaultMessage: '{user} approved your request for {hosts}',
          values,
        }),
        text,
      });
    case 'declined':
      return void toasts.addWarning({
        title: i18n.translate('sentineloneResponse.approval.toast.declined', {
          defaultMessage: '{user} declined your request for {hosts}',
          values,
        }),
        text,
      });
    case 'expired':
      return void toasts.addWarning({
        title: i18n.translate('sentineloneResponse.approval.toast.expired', {
          defaultMessage: 'Your request for {hosts} expired',
          values,
        }),
      });
  }
}

/**
 * Approves, declines or withdraws a request, and refreshes the requests, the history and the status of hosts. Rejects
 * with the route's error.
 */
export async function decide(
  { api, queryClient }: Pick<Services, 'api' | 'queryClient'>,
  actionId: string,
  decision: RequestDecision,
  comment: string
): Promise<RecordedAction> {
  try {
    const record = await api.decide(actionId, decision, comment);
    noteRecentAction(queryClient, {
      at: Date.now(),
      hosts: record.hosts.flatMap(({ agentId }) => (agentId === null ? [] : [{ agentId }])),
    });
    return record;
  } finally {
    // Another user may have decided it.
    void refreshRequests(queryClient);
    void refreshAllStatuses(queryClient);
  }
}

type Decision = 'approve' | 'decline';

const TITLE: Readonly<Record<Decision, (hosts: string) => string>> = {
  approve: (hosts) =>
    i18n.translate('sentineloneResponse.approval.approveTitle', {
      defaultMessage: 'Approve the action on {hosts}',
      values: { hosts },
    }),
  decline: (hosts) =>
    i18n.translate('sentineloneResponse.approval.declineTitle', {
      defaultMessage: 'Decline the action on {hosts}',
      values: { hosts },
    }),
};
export const DECISION_LABEL: Readonly<Record<Decision, () => string>> = {
  approve: () =>
    i18n.translate('sentineloneResponse.approval.approve', { defaultMessage: 'Approve' }),
  decline: () =>
    i18n.translate('sentineloneResponse.approval.decline', { defaultMessage: 'Decline' }),
};
const EFFECT: Readonly<Record<Decision, () => string>> = {
  approve: () =>
    i18n.translate('sentineloneResponse.approval.approveEffect', {
      defaultMessage:
        'Kibana repeats all checks and sends the request to SentinelOne at once. The action is recorded with the user who requested it, and with you.',
    }),
  decline: () =>
    i18n.translate('sentineloneResponse.approval.declineEffect', {
      defaultMessage:
        'Nothing is sent to SentinelOne. The user who requested it sees your comment.',
    }),
};

/** The dialog in which a user approves or declines a request, with a comment. */
export const DecisionModal: FC<{
  readonly request: ApprovalRequest;
  readonly decision: Decision;
  readonly onClose: () => void;
  readonly onDecided: (record: RecordedAction) => void;
}> = ({ request, decision, onClose, onDecided }) => {
  const services = useServices();
  const [comment, setComment] = useState('');
  const [showProblem, setShowProblem] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setIsSending] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);

  const send = async () => {
    setShowProblem(true);
    if (commentProblem(comment, true) !== undefined) return focusField(input.current);
    setProblem(undefined);
    setIsSending(true);
    try {
      onDecided(await decide(services, request.actionId, decision, comment));
    } catch (error) {
      setProblem(describeError(error, request.action));
      setIsSending(false);
    }
  };
  return (
    <CommentModal
      title={TITLE[decision](requestedHostsText(request))}
      problem={problem}
      problemTitle={i18n.translate('sentineloneResponse.approval.failed', {
        defaultMessage: 'The request is unchanged',
      })}
      comment={comment}
      onComment={setComment}
      commentRef={input}
      showProblem={showProblem}
      isSending={isSending}
      onSend={() => void send()}
      onClose={onClose}
      closeLabel={i18n.translate('sentineloneResponse.step.cancel', { defaultMessage: 'Cancel' })}
      sendLabel={DECISION_LABEL[decision]()}
      sendColor={decision === 'approve' ? 'danger' : 'primary'}
      initialFocus="textarea"
      subjects={{ dialog: 'sentineloneResponseDecision', send: 'sentineloneResponseDecide' }}
    >
      <EuiText size="s">
        <p>{requestText(request)}</p>
      </EuiText>
      <ExpandableText text={request.comment} />
      <EuiSpacer size="m" />
      <EuiText size="s">
        <p>{EFFECT[decision]()}</p>
      </EuiText>
    </CommentModal>
  );
};
