import { useEffect, useRef, useState, type FC, type ReactNode } from 'react';
import {
  EuiButtonEmpty,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { changeSameProperty } from '../../../common/actions/catalogue';
import { foundAgent, type AgentReference } from '../../../common/hosts/agent';
import type { AlertContext } from '../../../common/hosts/alert';
import type { ActionName } from '../../../common/actions/action_name';
import { ProblemCallout } from '../../components/problem_callout';
import { CasesResult } from '../../cases/cases_result';
import { HostHistory } from '../../action_history/host_history';
import { DateText } from '../../components/date_text';
import type { Services } from '../../lib/services';
import { ActionStep } from '../action_step';
import { openFlyout, type FlyoutOptions, type OpenFlyout } from '../open_flyout';
import { TakeActionButton } from '../take_action_button';
import { offersWithoutStatus, withoutStatusAdvice } from '../without_status';
import { ActionProgress, HostAnnouncer } from './action_progress';
import { AlertDocument, AlertDetailsSection, SecurityAlertLink } from './alert_details';
import { useAgentChoice, hostNotChosen, useHostChoice, HostChoicePanel } from './host_choice';
import { HostPanel } from './host_panel';
import { hostsToChooseFrom, hostSubjectOf, referencesOf } from '../../host_status/host_subject';
import type { ViewQuestion } from '../../../common/api/view';
import { useFirstAnswers } from '../../lib/use_first_answers';
import { SeverityBadge } from '../../components/alert_badges';
import {
  isMissing,
  problemOfAlert,
  recordedWithout,
  useAlert,
  useHostAndActions,
  type HostAndActions,
} from './use_host_and_actions';
import { iconName } from '../../components/icon';

/** Why an action that was chosen cannot be used any more, or no other one on the same property. */
const blockedReasonOf = (
  action: ActionName,
  available: HostAndActions['available']
): string | undefined =>
  (available.find((one) => changeSameProperty(one.action, action)) ?? available[0]).disabledReason;

/** What the flyout needs first; undefined if it identifies neither an alert nor an agent. */
function firstQuestionOf(context: AlertContext): ViewQuestion | undefined {
  const { alertId } = context;
  if (alertId !== undefined) return { alertId };
  const subjects = hostsToChooseFrom(context, undefined) ?? [hostSubjectOf(context, undefined)];
  const agents = subjects.flatMap(referencesOf);
  return agents.length === 0 ? undefined : { agents };
}

export interface AlertFlyoutContentProps {
  readonly context: AlertContext;
  /** Opens the confirmation step of this action, if the user has chosen it already. */
  readonly action?: ActionName;
  /** Opens that step without the status of the host, because SentinelOne does not answer. */
  readonly isWithoutStatus?: boolean;
  /** Id of the heading, which labels the flyout. */
  readonly titleId: string;
  readonly onClose: () => void;
  /** More about the agent, once it is known, below the history. */
  readonly more?: (agent: AgentReference) => ReactNode;
  /** Returns to the list that the host was chosen from. */
  readonly onBack?: () => void;
}

/** The content of the flyout: the alert, its host and the actions. */
export const AlertFlyoutContent: FC<AlertFlyoutContentProps> = ({
  context,
  action,
  isWithoutStatus: startsWithoutStatus = false,
  titleId,
  onClose,
  more,
  onBack,
}) => {
  const { alertId } = context;
  const [step, setStep] = useState(action);
  const [isWithoutStatus, setIsWithoutStatus] = useState(startsWithoutStatus);
  useFirstAnswers(firstQuestionOf(context));
  const query = useAlert(alertId);
  const alert = query.data;
  const choice = useHostChoice(hostsToChooseFrom(context, alert), context.chosen);
  const isUnchosen = choice !== undefined && choice.chosen === undefined;
  const agentChoice = useAgentChoice(
    choice === undefined ? hostSubjectOf(context, alert) : (choice.chosen?.subject ?? {})
  );
  const { subject } = agentChoice;
  const host = useHostAndActions(subject, isUnchosen ? hostNotChosen() : undefined);
  const offers = offersWithoutStatus(subject, host.may, (chosen) => {
    setIsWithoutStatus(true);
    setStep(chosen);
  });
  const namesAgent = subject.uuid !== undefined || subject.agentId !== undefined;
  const takeAction = useRef<HTMLButtonElement>(null);
  const wasActing = useRef(false);
  useEffect(() => {
    if (step === undefined && wasActing.current) takeAction.current?.focus();
    wasActing.current = step !== undefined;
    if (step === undefined) setIsWithoutStatus(false);
  }, [step]);
  // The context may identify the host before the alert is loaded.
  const isReady =
    alertId === undefined ||
    namesAgent ||
    choice !== undefined ||
    alert !== undefined ||
    query.error !== null;
  // When a refresh of the alert fails, its last version stays.
  const isUnreadable = alert === undefined && query.error !== null;
  const isWithoutHost = isUnreadable && !namesAgent && choice === undefined;
  const isStepClosed = step === undefined || isWithoutHost || isUnchosen;
  // An open step stays, to explain why it can no longer send the action.
  const isStepOpen = useRef(false);
  isStepOpen.current = step !== undefined && (isStepOpen.current || !isStepClosed);
  // The record must not contain an alert that does not exist.
  const isLeftOut = isUnreadable && isMissing(query.error);
  const title =
    alert?.ruleName ??
    subject.name ??
    (alertId === undefined ? foundAgent(host.status)?.computerName : undefined) ??
    i18n.translate('sentineloneResponse.flyout.title', { defaultMessage: 'SentinelOne host' });

  return (
    <>
      <EuiFlyoutHeader hasBorder>
        {onBack === undefined ? null : (
          <EuiButtonEmpty size="xs" flush="left" iconType={iconName('arrowLeft')} onClick={onBack}>
            {i18n.translate('sentineloneResponse.flyout.back', {
              defaultMessage: 'All hosts of this name',
            })}
          </EuiButtonEmpty>
        )}
        <HostAnnouncer host={host} subject={subject} />
        <EuiTitle size="s">
          <h2 id={titleId}>{title}</h2>
        </EuiTitle>
        {alert === undefined ? null : (
          <EuiText size="s" color="subdued" css={{ marginTop: 8, overflowWrap: 'anywhere' }}>
            {alert.sentinelOneName === null ? null : <p>{alert.sentinelOneName}</p>}
            <EuiFlexGroup gutterSize="m" responsive={false} wrap alignItems="center">
              <EuiFlexItem grow={false}>
                <SeverityBadge severity={alert.severity} />
              </EuiFlexItem>
              <EuiFlexItem grow={false}>
                <span>
                  <DateText iso={alert.timestamp} />
                </span>
              </EuiFlexItem>
              <EuiFlexItem grow={false}>
                <SecurityAlertLink alert={alert} />
              </EuiFlexItem>
            </EuiFlexGroup>
          </EuiText>
        )}
      </EuiFlyoutHeader>
      {step === undefined || !isStepOpen.current ? (
        <>
          <EuiFlyoutBody>
            <ActionProgress host={host} />
            <CasesResult answer={host.last?.answer} />
            {host.last === undefined ? null : <EuiSpacer size="m" />}
            {query.error === null ? null : (
              <>
                <ProblemCallout
                  problem={problemOfAlert(query.error)}
                  title={
                    isUnreadable
                      ? i18n.translate('sentineloneResponse.flyout.alertUnavailable', {
                          defaultMessage: 'The alert could not be loaded',
                        })
                      : i18n.translate('sentineloneResponse.flyout.alertOutdated', {
                          defaultMessage:
                            'The alert could not be refreshed. Its details may be out of date',
                        })
                  }
                  onRetry={() => void query.refetch()}
                  isRetrying={query.isFetching}
                />
                <EuiSpacer size="m" />
              </>
            )}
            {!isReady ? (
              <EuiSkeletonText
                lines={8}
                contentAriaLabel={i18n.translate('sentineloneResponse.flyout.loading', {
                  defaultMessage: 'the alert',
                })}
              />
            ) : isWithoutHost ? null : (
              <>
                {choice === undefined ? null : <HostChoicePanel choice={choice} />}
                {isUnchosen ? null : (
                  <>
                    {choice === undefined ? null : <EuiSpacer size="m" />}
                    <HostPanel
                      subject={subject}
                      live={host.live}
                      shown={host.shown}
                      choice={agentChoice}
                      {...(offers.length === 0 ? {} : { advice: withoutStatusAdvice(), offers })}
                      isPendingExplained={host.last !== undefined}
                      isLinked={more === undefined}
                    />
                  </>
                )}
              </>
            )}
            {alert === undefined ? null : (
              <>
                <EuiSpacer size="m" />
                <AlertDetailsSection alert={alert} />
              </>
            )}
            {isReady && !isUnchosen ? (
              <>
                <EuiSpacer size="m" />
                <HostHistory subject={subject} alertId={alertId} />
                {more === undefined ? null : (
                  <>
                    <EuiSpacer size="m" />
                    {more({
                      agentId: subject.agentId,
                      uuid: subject.uuid ?? foundAgent(host.status)?.uuid ?? undefined,
                    })}
                  </>
                )}
              </>
            ) : null}
            {alert === undefined ? null : (
              <>
                <EuiSpacer size="m" />
                <AlertDocument alert={alert} />
              </>
            )}
          </EuiFlyoutBody>
          <EuiFlyoutFooter>
            <EuiFlexGroup justifyContent="spaceBetween" responsive={false}>
              <EuiFlexItem grow={false}>
                <EuiButtonEmpty iconType="cross" onClick={onClose} flush="left">
                  {i18n.translate('sentineloneResponse.flyout.close', { defaultMessage: 'Close' })}
                </EuiButtonEmpty>
              </EuiFlexItem>
              <EuiFlexItem grow={false}>
                {isReady ? (
                  <TakeActionButton
                    available={host.available}
                    onSelect={setStep}
                    buttonRef={takeAction}
                  />
                ) : null}
              </EuiFlexItem>
            </EuiFlexGroup>
          </EuiFlyoutFooter>
        </>
      ) : (
        <ActionStep
          action={step}
          subject={subject}
          status={host.status}
          shownOn={host.shownOn}
          isWithoutStatus={isWithoutStatus}
          source={host.live}
          blockedReason={blockedReasonOf(step, host.available)}
          alertId={isLeftOut ? undefined : alertId}
          notice={isLeftOut ? recordedWithout() : undefined}
          onCancel={() => setStep(undefined)}
          onDone={(result, before) => {
            host.noteAction(step, result, before);
            setStep(undefined);
          }}
        />
      )}
    </>
  );
};

const TITLE_ID = 'sentineloneResponseFlyoutTitle';

export type AlertFlyoutOptions = Pick<FlyoutOptions, 'onClose' | 'focusAfter'> &
  Pick<AlertFlyoutContentProps, 'action' | 'isWithoutStatus'>;

/** Opens the flyout of an alert, or of a host without an alert. */
export function openAlertFlyout(
  services: Services,
  context: AlertContext,
  { action, isWithoutStatus, ...options }: AlertFlyoutOptions = {}
): OpenFlyout {
  return openFlyout(
    services,
    { ...options, titleId: TITLE_ID, testSubject: 'sentineloneResponseFlyout' },
    (close) => (
      <AlertFlyoutContent
        context={context}
        action={action}
        isWithoutStatus={isWithoutStatus}
        titleId={TITLE_ID}
        onClose={close}
      />
    )
  );
}
