import { useRef, useState, type FC } from 'react';
import { EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { RecordedAction } from '../../common/actions/record';
import type { ApprovalRequest } from '../../common/api/approvals';
import { commentProblem } from '../actions/comment_field';
import { CommentModal } from '../actions/comment_modal';
import { ExpandableText } from '../components/expandable_text';
import { focusField } from '../components/focus_field';
import { describeError, type Problem } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { decide } from './decide';
import { requestedHostsText, requestText } from './request_texts';

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
        'Kibana checks the hosts again and sends the request to SentinelOne at once. The action is recorded with the user who requested it, and with you.',
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
