import { useEffect, useRef, useState, type FC } from 'react';
import {
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiForm,
  EuiScreenReaderLive,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
  EuiTitle,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { foundAgent, type HostStatus } from '../../common/hosts/agent';
import type { HostProperty } from '../../common/hosts/host_property';
import type { ActionAnswer } from '../../common/api/cases';
import type { ActionName } from '../../common/actions/action_name';
import { identityOfSubject, type HostSubject } from '../host_status/host_subject';
import type { Problem } from '../lib/describe_error';
import { ProblemCallout, Attention } from '../components/problem_callout';
import { CasesResult } from '../cases/cases_result';
import { focusField } from '../components/focus_field';
import { nameInText } from '../components/shown_name';
import { openRequestsOn, useRequests } from '../lib/use_approval_requests';
import { useFormatTime } from '../lib/format_date';
import { shownStatusOf, type ShownStatus } from '../host_status/network_status';
import { StatusProblem, type StatusSource } from '../host_status/status_problem';
import { ActionFields, useActionFields, SendButton, TypedConfirmation } from './action_fields';
import {
  isUnclear,
  problemOf,
  problemTitle,
  actionEffect,
  actionLabel,
  namelessHost,
  sendLabel,
} from './texts';
import { actionTarget } from './action_target';
import { cannotBeConfirmed, isConfirmed } from './confirmation_reason';
import { HostIdentity } from '../host_status/agent_details';
import {
  canOverrideProtection,
  protectionIn,
  protectionOf,
  isolationPolicyIn,
  isolationPolicyOf,
  useMayOverride,
} from './protection';
import { StepStopped, useStepTarget } from './step_target';
import { useActionSender, allSucceeded } from './use_action_sender';
import {
  canActWithoutStatus,
  ContinueButton,
  HostWithoutStatus,
  withoutStatusAdvice,
} from './without_status';
import { iconName } from '../components/icon';

export interface ActionStepProps {
  readonly action: ActionName;
  readonly subject: HostSubject;
  /** SentinelOne's answer about the host; undefined while it is loading. */
  readonly status: HostStatus | undefined;
  /** The status of a property to show, if it differs from SentinelOne's: directly after an action. */
  readonly shownOn?: (property: HostProperty) => ShownStatus | undefined;
  /** Whether the user chose to act before the status is known. */
  readonly isWithoutStatus?: boolean;
  /** The source of the status, to report when it may be out of date. */
  readonly source?: StatusSource;
  /** Why the action is not possible, if the host has changed in SentinelOne. */
  readonly blockedReason?: string;
  readonly alertId: string | undefined;
  /** More information for the user before they confirm. */
  readonly notice?: string;
  readonly onCancel: () => void;
  /** `before` is the status that was shown when the user confirmed the action. */
  readonly onDone: (result: ActionAnswer, before: ShownStatus | undefined) => void;
}

/** The confirmation step of an action on one host: the host, the effect, the form and the button that sends it. */
export const ActionStep: FC<ActionStepProps> = ({
  action,
  subject,
  status,
  shownOn,
  isWithoutStatus = false,
  source,
  blockedReason,
  alertId,
  notice,
  onCancel,
  onDone,
}) => {
  const fields = useActionFields(action, alertId === undefined ? [] : [alertId]);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<ActionAnswer>();
  const [refused, setRefused] = useState<ActionAnswer['hosts'][number]>();
  const mayOverride = useMayOverride();
  const formatTime = useFormatTime();
  const { isSending, send } = useActionSender();
  const [named, setNamed] = useState(isWithoutStatus ? subject : undefined);
  const { openedFor, change } = useStepTarget(action, subject, status, named);
  // SentinelOne's answer, once there is one, takes precedence over the alert.
  const shownHost = openedFor ?? (named && status === undefined ? { subject: named } : undefined);
  const formId = useGeneratedHtmlId({ prefix: 'sentineloneResponseStep' });
  const headingId = useGeneratedHtmlId({ prefix: 'sentineloneResponseStepHeading' });
  const heading = useRef<HTMLHeadingElement>(null);
  const typedInput = useRef<HTMLInputElement>(null);
  const isShown = useRef(true);
  useEffect(() => {
    heading.current?.focus();
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const isStopped = change !== undefined && !isSending;
  const { clear } = fields;
  // For another host, the user enters another reason.
  useEffect(() => {
    if (isStopped) clear();
  }, [isStopped, clear]);

  const agent = foundAgent(status);
  const name = openedFor === undefined ? named?.name : openedFor.agent.computerName;
  const confirmationReason = openedFor?.doubt;
  const label = actionLabel(action);
  // If the host was protected after its status was read, only the refusal contains the protection.
  const protection = protectionOf(action, agent) ?? protectionIn(refused);
  const way = isolationPolicyOf(action, agent) ?? isolationPolicyIn(refused);
  const needs = { override: way === 'with_comment', approval: way === 'with_approval' };
  const { page: requests } = useRequests(
    (read) => openRequestsOn(read, agent?.id, action).length > 0,
    { enabled: needs.approval }
  );
  const openRequests = needs.approval
    ? openRequestsOn(requests, agent?.id ?? refused?.agentId ?? undefined, action)
        .slice(0, 1)
        .map((request) => ({ host: nameInText(name ?? namelessHost()), request }))
    : [];
  const isBlocked =
    shownHost === undefined ||
    openRequests.length > 0 ||
    (openedFor !== undefined &&
      confirmationReason !== undefined &&
      cannotBeConfirmed(confirmationReason, openedFor.agent)) ||
    (way !== undefined && !canOverrideProtection(way, mayOverride));

  const shownNow = (property: HostProperty) =>
    shownOn?.(property) ?? (status && shownStatusOf(status, property));

  const confirm = async () => {
    const isComplete = fields.check(needs);
    if (isBlocked || isStopped) return;
    if (
      openedFor &&
      confirmationReason &&
      !isConfirmed(confirmationReason, typed, openedFor.agent)
    ) {
      return focusField(typedInput.current);
    }
    if (!isComplete) return;
    setProblem(undefined);
    setAnswer(undefined);
    const target = actionTarget(action, [
      {
        reference: identityOfSubject(shownHost.subject),
        ...(openedFor === undefined ? {} : { agent: openedFor.agent }),
        ...(confirmationReason === undefined || confirmationReason.kind === 'chosen'
          ? {}
          : { confirmedName: typed }),
      },
    ]);
    const before = shownNow(ACTION_DEFINITIONS[action].property);
    const values = {
      ...fields.params(needs),
      ...(alertId === undefined ? {} : { alertIds: [alertId] }),
    };
    const end = await send(target, values, before);
    if (end === undefined || !isShown.current) return;
    setAnswer('hosts' in end ? end : undefined);
    const [result] = 'hosts' in end ? end.hosts : [];
    const { isBlockedByProtection } = ACTION_DEFINITIONS[action];
    if (allSucceeded(end)) onDone(end, before);
    else {
      setRefused(isBlockedByProtection ? result : undefined);
      setProblem(problemOf(end, action, formatTime));
      fields.hideProblems();
    }
  };

  const shownName = nameInText(name ?? namelessHost());
  const mayGoOn = named === undefined && canActWithoutStatus(action, subject);
  return (
    <>
      <EuiFlyoutBody data-test-subj="sentineloneResponseStep">
        <EuiTitle size="s">
          <h3 ref={heading} id={headingId} tabIndex={-1}>
            {label}
          </h3>
        </EuiTitle>
        <EuiScreenReaderLive>
          {isSending
            ? i18n.translate('sentineloneResponse.step.sending', {
                defaultMessage: 'Sending the request to SentinelOne…',
              })
            : ''}
        </EuiScreenReaderLive>
        <EuiSpacer size="m" />
        <Attention about={isStopped ? change : problem}>
          {isStopped ? <StepStopped change={change} /> : null}
          {problem === undefined ? null : (
            <ProblemCallout
              problem={problem}
              title={problemTitle(problem, action)}
              color={isUnclear(problem) ? 'warning' : 'danger'}
            />
          )}
          <CasesResult answer={answer} />
          <EuiSpacer size="m" />
        </Attention>
        {source === undefined || problem !== undefined || isStopped ? null : (
          <StatusProblem
            source={source}
            advice={mayGoOn ? withoutStatusAdvice() : undefined}
            offers={
              mayGoOn ? [<ContinueButton key="goOn" onClick={() => setNamed(subject)} />] : []
            }
          />
        )}
        {isStopped ? null : (
          <>
            {change !== undefined ? null : agent !== undefined ? (
              <HostIdentity agent={agent} shownOn={shownNow} />
            ) : status !== undefined && blockedReason !== undefined ? (
              <EuiCallOut
                size="s"
                color="warning"
                iconType="warning"
                title={blockedReason}
                role="alert"
                data-test-subj="sentineloneResponseObstacle"
              />
            ) : named !== undefined && shownHost !== undefined ? (
              <HostWithoutStatus subject={named} />
            ) : source?.problem !== undefined ? null : (
              <EuiSkeletonText
                lines={5}
                contentAriaLabel={i18n.translate('sentineloneResponse.step.loading', {
                  defaultMessage: 'the host status',
                })}
              />
            )}
            <EuiSpacer size="m" />
            <EuiText size="s">
              <p>
                {actionEffect(
                  action,
                  shownName,
                  shownNow(ACTION_DEFINITIONS[action].property),
                  agent
                )}
              </p>
            </EuiText>
            <EuiSpacer size="m" />
            {notice === undefined ? null : (
              <>
                <EuiCallOut
                  size="s"
                  iconType={iconName('iInCircle')}
                  title={notice}
                  role="status"
                />
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
              {confirmationReason === undefined || openedFor === undefined ? null : (
                <TypedConfirmation
                  reason={confirmationReason}
                  agent={openedFor.agent}
                  value={typed}
                  onChange={setTyped}
                  showProblem={fields.showProblems}
                  disabled={isSending}
                  inputRef={typedInput}
                />
              )}
              <ActionFields
                fields={fields}
                protection={needs.approval ? undefined : protection}
                approval={needs.approval ? protection : undefined}
                openRequests={openRequests}
                mayOverride={mayOverride}
                isNever={way === 'never'}
                disabled={isSending}
              />
            </EuiForm>
          </>
        )}
      </EuiFlyoutBody>
      <EuiFlyoutFooter>
        <EuiFlexGroup justifyContent="spaceBetween" responsive={false}>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty onClick={onCancel} isDisabled={isSending}>
              {isStopped
                ? i18n.translate('sentineloneResponse.step.back', {
                    defaultMessage: 'Back to the host',
                  })
                : i18n.translate('sentineloneResponse.step.cancel', { defaultMessage: 'Cancel' })}
            </EuiButtonEmpty>
          </EuiFlexItem>
          {isStopped ? null : (
            <EuiFlexItem grow={false}>
              <SendButton
                action={action}
                formId={formId}
                isSending={isSending}
                isDisabled={isBlocked}
                data-test-subj="sentineloneResponseConfirm"
              >
                {sendLabel(action, shownName, {
                  isProtected: needs.override,
                  needsApproval: needs.approval,
                  isAgain: problem !== undefined,
                })}
              </SendButton>
            </EuiFlexItem>
          )}
        </EuiFlexGroup>
      </EuiFlyoutFooter>
    </>
  );
};
