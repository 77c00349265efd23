import { useEffect, useRef, useState, type FC } from 'react';
import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiForm,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
  EuiTitle,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { foundAgent, type HostStatus } from '../../common/agent';
import type { ActionAnswer } from '../../common/cases';
import { isSameHostName } from '../../common/host_name';
import type { ActionName } from '../../common/outcome';
import { hostReferenceOf, type HostSubject } from '../alert_flyout/host_subject';
import type { Problem } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { CasesResult } from '../cases/cases_result';
import { useFormatTime } from '../history/use_format_time';
import { shownStatusOf, type ShownStatus } from '../hosts/network_status';
import { StatusProblem, type StatusSource } from '../hosts/status_problem';
import { ActionFields, useActionFields } from './action_fields';
import { problemOf, problemTitle } from './action_problem';
import { confirmationReason } from './confirmation_reason';
import { HostIdentity } from './host_identity';
import { NameConfirmation } from './name_confirmation';
import { protectionIn, protectionOf, useMayOverride } from './protection';
import { actionEffect, actionLabel, confirmLabel, namelessHost } from './texts';
import { useActionSender, wentWell } from './use_action_sender';

export interface ActionStepProps {
  readonly action: ActionName;
  readonly subject: HostSubject;
  /** What SentinelOne says of the host; undefined while it is asked. */
  readonly status: HostStatus | undefined;
  /** The status to show, where it is ahead of SentinelOne's: right after an action. */
  readonly shown?: ShownStatus;
  /** Where the status comes from, to say when it may be old. */
  readonly source?: StatusSource;
  /** Why nothing can be done, when SentinelOne came to know the host otherwise than before. */
  readonly obstacle?: string;
  readonly alertId: string | undefined;
  /** What else the person should know before confirming. */
  readonly notice?: string;
  readonly onCancel: () => void;
  readonly onDone: (result: ActionAnswer) => void;
}

/** Isolating or releasing one host: which machine, what it will do, why, and Confirm. */
export const ActionStep: FC<ActionStepProps> = ({
  action,
  subject,
  status,
  shown,
  source,
  obstacle,
  alertId,
  notice,
  onCancel,
  onDone,
}) => {
  const fields = useActionFields(alertId === undefined ? [] : [alertId]);
  const [confirmedName, setConfirmedName] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<ActionAnswer>();
  const [refusedFor, setRefusedFor] = useState<string>();
  const mayOverride = useMayOverride();
  const formatTime = useFormatTime();
  const { isSending, send } = useActionSender();
  const formId = useGeneratedHtmlId({ prefix: 'sentineloneResponseStep' });
  const headingId = useGeneratedHtmlId({ prefix: 'sentineloneResponseStepHeading' });
  const { inputRef: overrideInput } = fields.override;
  const heading = useRef<HTMLHeadingElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const confirmButton = useRef<HTMLButtonElement>(null);
  const isShown = useRef(true);
  useEffect(() => {
    heading.current?.focus();
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  // The button lost the focus when it was disabled for sending.
  useEffect(() => {
    if (problem === undefined) return;
    const next = refusedFor === undefined ? confirmButton : overrideInput;
    (next.current ?? heading.current)?.focus();
  }, [problem, refusedFor, overrideInput]);

  const agent = foundAgent(status);
  const name = agent?.computerName ?? null;
  const doubt = confirmationReason(subject, status);
  const isNameless = doubt !== undefined && name === null;
  const label = actionLabel(action);
  // It may have come to be protected since the host was looked at: then the refusal tells.
  const protection = protectionOf(action, agent) ?? refusedFor;
  const isProtected = protection !== undefined;
  const isBlocked = agent === undefined || isNameless || (isProtected && !mayOverride);

  const confirm = async () => {
    const isComplete = fields.check(isProtected);
    if (isBlocked) return;
    if (doubt !== undefined && !isSameHostName(confirmedName, name))
      return nameInput.current?.focus();
    if (!isComplete) return;
    setProblem(undefined);
    setAnswer(undefined);
    const end = await send(action, {
      hosts: [
        {
          ...hostReferenceOf(subject),
          ...(doubt === undefined ? {} : { confirmedName }),
        },
      ],
      ...fields.params(isProtected),
      ...(alertId === undefined ? {} : { alertIds: [alertId] }),
    });
    if (end === undefined || !isShown.current) return;
    setAnswer('hosts' in end ? end : undefined);
    const protectedBy =
      action === 'isolate' && 'hosts' in end ? protectionIn(end.hosts[0]) : undefined;
    if (wentWell(end)) onDone(end);
    else {
      setRefusedFor(protectedBy);
      setProblem(problemOf(end, action, formatTime));
      fields.forget();
    }
  };

  return (
    <>
      <EuiFlyoutBody data-test-subj="sentineloneResponseStep">
        <EuiTitle size="s">
          <h3 ref={heading} id={headingId} tabIndex={-1}>
            {label}
          </h3>
        </EuiTitle>
        <EuiSpacer size="m" />
        {source === undefined ? null : <StatusProblem source={source} />}
        {agent !== undefined && status !== undefined ? (
          <HostIdentity agent={agent} status={shown ?? shownStatusOf(status)} />
        ) : status !== undefined && obstacle !== undefined ? (
          <EuiCallOut
            size="s"
            color="warning"
            iconType="warning"
            title={obstacle}
            role="alert"
            data-test-subj="sentineloneResponseObstacle"
          />
        ) : source?.problem !== undefined ? null : (
          <EuiSkeletonText
            lines={5}
            contentAriaLabel={i18n.translate('sentineloneResponse.step.loading', {
              defaultMessage: 'what SentinelOne says of the host',
            })}
          />
        )}
        <EuiSpacer size="m" />
        <EuiText size="s">
          <p>{actionEffect(action, name ?? namelessHost())}</p>
        </EuiText>
        <EuiSpacer size="m" />
        {notice === undefined ? null : (
          <>
            <EuiCallOut size="s" iconType="iInCircle" title={notice} role="status" />
            <EuiSpacer size="m" />
          </>
        )}
        <EuiForm
          component="form"
          id={formId}
          aria-labelledby={headingId}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          {doubt === undefined ? null : (
            <NameConfirmation
              reason={doubt}
              name={name}
              value={confirmedName}
              onChange={setConfirmedName}
              showProblem={fields.showProblems}
              disabled={isSending}
              inputRef={nameInput}
            />
          )}
          <ActionFields
            fields={fields}
            protection={protection}
            mayOverride={mayOverride}
            disabled={isSending}
          />
        </EuiForm>
        {problem === undefined ? null : (
          <>
            <EuiSpacer size="m" />
            <ProblemCallout problem={problem} title={problemTitle(problem, action)} />
          </>
        )}
        <CasesResult answer={answer} />
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
              form={formId}
              color={action === 'isolate' ? 'danger' : 'primary'}
              isLoading={isSending}
              isDisabled={isBlocked}
              buttonRef={confirmButton}
              data-test-subj="sentineloneResponseConfirm"
            >
              {confirmLabel({ isProtected, isAgain: problem !== undefined })}
            </EuiButton>
          </EuiFlexItem>
        </EuiFlexGroup>
      </EuiFlyoutFooter>
    </>
  );
};
