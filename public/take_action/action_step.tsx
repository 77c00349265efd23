import { useEffect, useRef, useState, type FC } from 'react';
import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFieldText,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiForm,
  EuiFormRow,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { HostStatus } from '../../common/agent';
import type { ActionName, ActionResult, HostResult } from '../../common/outcome';
import { reasonText } from '../../common/reason_text';
import type { Problem } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { shownStatusOf } from '../hosts/network_status';
import type { HostSubject } from '../alert_flyout/host_subject';
import { CommentField, commentProblem } from './comment_field';
import { HostIdentity } from './host_identity';
import { actionEffect, actionLabel, namelessHost } from './texts';
import { useActionSender, wentWell } from './use_action_sender';

export interface ActionStepProps {
  readonly action: ActionName;
  readonly subject: HostSubject;
  /** What SentinelOne says of the host; undefined while it is asked. */
  readonly status: HostStatus | undefined;
  readonly alertId: string | undefined;
  readonly onCancel: () => void;
  readonly onDone: (result: ActionResult) => void;
}

/** Why it did not go well: of the host, or of the request as a whole. */
function problemOf(end: ActionResult | Problem, action: ActionName): Problem {
  if (!('hosts' in end)) return end;
  const { name, reason, detail } = end.hosts[0] as HostResult;
  return reason === undefined
    ? reasonText('unexpected_answer', action, { name, detail })
    : { ...reasonText(reason, action, { name, detail }), reason };
}

const failedTitle = (action: ActionName): string =>
  action === 'isolate'
    ? i18n.translate('sentineloneResponse.step.isolateFailed', {
        defaultMessage: 'The host was not isolated',
      })
    : i18n.translate('sentineloneResponse.step.releaseFailed', {
        defaultMessage: 'The host was not released',
      });

/** With these nobody knows whether SentinelOne took it. */
const unclearTitle = (action: ActionName): string =>
  action === 'isolate'
    ? i18n.translate('sentineloneResponse.step.isolateUnclear', {
        defaultMessage: 'The isolation is not confirmed',
      })
    : i18n.translate('sentineloneResponse.step.releaseUnclear', {
        defaultMessage: 'The release is not confirmed',
      });
const UNCLEAR: readonly unknown[] = ['unreachable', 'unexpected_answer', undefined];

/** Isolating or releasing one host: which machine, what it will do, why, and Confirm. */
export const ActionStep: FC<ActionStepProps> = ({
  action,
  subject,
  status,
  alertId,
  onCancel,
  onDone,
}) => {
  const [comment, setComment] = useState('');
  const [confirmedName, setConfirmedName] = useState('');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { isSending, send } = useActionSender();
  const heading = useRef<HTMLHeadingElement>(null);
  const commentInput = useRef<HTMLTextAreaElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const agent = status?.state === 'known' ? status.agent : undefined;
  const name = agent?.computerName ?? undefined;
  const differs = subject.hostName !== undefined && name !== undefined && name !== subject.hostName;
  const nameIsRight = !differs || confirmedName === name;
  const label = actionLabel(action);

  const confirm = async () => {
    setTried(true);
    if (agent === undefined) return;
    if (!nameIsRight) return nameInput.current?.focus();
    if (commentProblem(comment) !== undefined) return commentInput.current?.focus();
    setProblem(undefined);
    const end = await send(action, {
      hosts: [
        {
          ...(subject.uuid === undefined ? {} : { uuid: subject.uuid }),
          ...(subject.agentId === undefined ? {} : { agentId: subject.agentId }),
          ...(subject.hostName === undefined ? {} : { name: subject.hostName }),
          ...(differs ? { confirmedName } : {}),
        },
      ],
      comment,
      ...(alertId === undefined ? {} : { alertIds: [alertId] }),
    });
    if (end === undefined) return;
    if (wentWell(end)) onDone(end);
    else setProblem(problemOf(end, action));
  };

  return (
    <>
      <EuiFlyoutBody data-test-subj="sentineloneResponseStep">
        <EuiTitle size="s">
          <h3 ref={heading} tabIndex={-1}>
            {label}
          </h3>
        </EuiTitle>
        <EuiSpacer size="m" />
        {agent === undefined || status === undefined ? (
          <EuiSkeletonText lines={5} />
        ) : (
          <HostIdentity agent={agent} status={shownStatusOf(status)} />
        )}
        <EuiSpacer size="m" />
        <EuiText size="s">
          <p>{actionEffect(action, name ?? namelessHost())}</p>
        </EuiText>
        <EuiSpacer size="m" />
        <EuiForm
          component="form"
          id="sentineloneResponseStepForm"
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          {differs ? (
            <>
              <EuiCallOut
                color="warning"
                iconType="warning"
                size="s"
                title={i18n.translate('sentineloneResponse.step.nameDiffers', {
                  defaultMessage:
                    'The alert calls this host {alertName}, SentinelOne calls it {name}',
                  values: { alertName: subject.hostName, name },
                })}
              >
                <EuiFormRow
                  label={i18n.translate('sentineloneResponse.step.typeName', {
                    defaultMessage: 'Type the name that SentinelOne has, to confirm the machine',
                  })}
                  isInvalid={tried && !nameIsRight}
                  error={
                    tried && !nameIsRight
                      ? i18n.translate('sentineloneResponse.step.nameWrong', {
                          defaultMessage: 'Type exactly: {name}',
                          values: { name },
                        })
                      : undefined
                  }
                >
                  <EuiFieldText
                    value={confirmedName}
                    isInvalid={tried && !nameIsRight}
                    disabled={isSending}
                    autoComplete="off"
                    spellCheck={false}
                    inputRef={nameInput}
                    data-test-subj="sentineloneResponseConfirmedName"
                    onChange={({ target }) => setConfirmedName(target.value)}
                  />
                </EuiFormRow>
              </EuiCallOut>
              <EuiSpacer size="m" />
            </>
          ) : null}
          <CommentField
            value={comment}
            onChange={setComment}
            showProblem={tried}
            disabled={isSending}
            inputRef={commentInput}
          />
        </EuiForm>
        {problem === undefined ? null : (
          <>
            <EuiSpacer size="m" />
            <ProblemCallout
              problem={problem}
              title={UNCLEAR.includes(problem.reason) ? unclearTitle(action) : failedTitle(action)}
            />
          </>
        )}
      </EuiFlyoutBody>
      <EuiFlyoutFooter>
        <EuiFlexGroup justifyContent="spaceBetween" responsive={false}>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty onClick={onCancel} isDisabled={isSending}>
              {i18n.translate('sentineloneResponse.step.cancel', { defaultMessage: 'Cancel' })}
            </EuiButtonEmpty>
          </EuiFlexItem>
          <EuiFlexItem grow={false}>
            <EuiButton
              fill
              type="submit"
              form="sentineloneResponseStepForm"
              color={action === 'isolate' ? 'danger' : 'primary'}
              isLoading={isSending}
              isDisabled={agent === undefined}
              data-test-subj="sentineloneResponseConfirm"
            >
              {problem === undefined
                ? i18n.translate('sentineloneResponse.step.confirm', { defaultMessage: 'Confirm' })
                : i18n.translate('sentineloneResponse.step.tryAgain', {
                    defaultMessage: 'Try again',
                  })}
            </EuiButton>
          </EuiFlexItem>
        </EuiFlexGroup>
      </EuiFlyoutFooter>
    </>
  );
};
