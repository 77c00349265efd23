import { useEffect, useRef, type FC } from 'react';
import {
  EuiButtonEmpty,
  EuiButtonIcon,
  EuiCallOut,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
  EuiToolTip,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import {
  foundAgent,
  networkLabelOf,
  type Agent,
  type HostStatus,
} from '../../../common/hosts/agent';
import { listText } from '../../../common/lib/text';
import { ACTIONS } from '../../../common/actions/action_name';
import { reasonText } from '../../../common/actions/describe_reason';
import {
  agentDetails,
  ALL_FIELDS,
  nameAndStatusDetails,
  networkStatusFact,
  propertyDetails,
  type AgentDetail,
} from '../../host_status/agent_details';
import { AgentList } from '../../host_status/agent_list';
import { inProgressOf, HostStatusBadge, type ShownStatus } from '../../host_status/network_status';
import { StatusProblem } from '../../host_status/status_problem';
import { useIsReadingStatus, type LiveStatus } from '../../host_status/use_hosts_status';
import { confirmationReason, confirmationText, confirmationTodo } from '../confirmation_reason';
import { HostLink } from '../../action_history/alert_links';
import { HostBadges } from '../host_badges';
import { PendingRelease } from '../pending_release';
import { conflictingAgents } from '../texts';
import { choicesIn, type AgentChoice } from './host_choice';
import { HostRequests } from '../../approvals/requests_table';
import { DetailsList, type ShownField } from '../../components/details_list';
import { FindByName } from './hosts_by_name';
import { namesOf } from '../../../common/hosts/host_identity';
import { referencesOf, type HostSubject } from '../../host_status/host_subject';
import { noAgentTitle, unusableAgent } from './unusable_agent';

export interface HostPanelProps {
  readonly subject: HostSubject;
  readonly live: LiveStatus;
  readonly shown: ShownStatus | undefined;
  /** The choice of one of several agents; left out if the user chooses elsewhere. */
  readonly choice?: Omit<AgentChoice, 'subject'>;
  /** What the user can do without the status, in one sentence, and buttons for it. */
  readonly advice?: string;
  readonly offers?: readonly JSX.Element[];
  /** Whether the page already explains why a command for an offline host is pending. */
  readonly isPendingExplained?: boolean;
  /** Whether the name leads to the host's own flyout. */
  readonly isLinked?: boolean;
}

function alertDetails(subject: HostSubject): ShownField[] {
  const { uuid, agentId } = subject;
  const names = namesOf(subject);
  const facts = [
    [
      i18n.translate('sentineloneResponse.host.name', { defaultMessage: 'Name' }),
      names.length === 0 ? undefined : listText(names),
    ],
    [i18n.translate('sentineloneResponse.host.uuid', { defaultMessage: 'Agent UUID' }), uuid],
    [i18n.translate('sentineloneResponse.host.agentId', { defaultMessage: 'Agent id' }), agentId],
  ] as const;
  return facts.flatMap(([title, description]) =>
    description === undefined ? [] : [{ title, description }]
  );
}

const Note: FC<{ readonly what: string; readonly todo: string }> = ({ what, todo }) => (
  <>
    <EuiCallOut size="s" color="warning" iconType="warning" title={what}>
      <EuiText size="s">
        <p>{todo}</p>
      </EuiText>
    </EuiCallOut>
    <EuiSpacer size="s" />
  </>
);

const ChosenAgent: FC<{ readonly agentId: string | undefined; readonly onUndo: () => void }> = ({
  agentId,
  onUndo,
}) => (
  <>
    <EuiCallOut
      size="s"
      iconType="user"
      title={i18n.translate('sentineloneResponse.host.chosen', {
        defaultMessage: 'You chose the agent {agentId}',
        values: { agentId },
      })}
    >
      <EuiButtonEmpty size="xs" flush="left" onClick={onUndo}>
        {i18n.translate('sentineloneResponse.host.chooseAnother', {
          defaultMessage: 'Choose another agent',
        })}
      </EuiButtonEmpty>
    </EuiCallOut>
    <EuiSpacer size="s" />
  </>
);

/** The value of the alert that the agent was found by, if UUID and agent id belong to different agents. */
function foundByDetails({ uuid, agentId }: HostSubject, agent: Agent): AgentDetail[] {
  if (uuid === undefined || agentId === undefined) return [];
  const description =
    agent.id === agentId
      ? i18n.translate('sentineloneResponse.host.foundById', {
          defaultMessage: 'Agent id in the alert',
        })
      : i18n.translate('sentineloneResponse.host.foundByUuid', {
          defaultMessage: 'UUID in the alert',
        });
  const title = i18n.translate('sentineloneResponse.host.foundBy', { defaultMessage: 'Found by' });
  return [{ title, description }];
}

/** Why actions on the host are not possible, or what its state means. */
function noteOf(
  subject: HostSubject,
  status: HostStatus,
  shown: ShownStatus,
  isPendingExplained: boolean
) {
  if (status.state === 'unknown') return reasonText('not_found', 'read');
  if (status.state === 'ambiguous') return reasonText('ambiguous', 'read');
  if (status.state === 'mismatch') return conflictingAgents();
  const { agent } = status;
  const name = agent.computerName;
  if (agent.isDecommissioned) return reasonText('decommissioned', 'read', { name });
  if (agent.isUninstalled) return reasonText('uninstalled', 'read', { name });
  const doubt = confirmationReason(subject, status);
  if (doubt !== undefined && doubt.kind !== 'chosen') {
    return { what: `${confirmationText(doubt, name)}.`, todo: confirmationTodo(name) };
  }
  if (isPendingExplained) return undefined;
  const waiting = ACTIONS.find((action) => inProgressOf(action, 'offline') === shown);
  return waiting === undefined ? undefined : reasonText('offline', waiting, { name });
}

/** Renders by itself at the start and the end of every request, without the rest of the flyout. */
const RefreshButton: FC<{ readonly subject: HostSubject; readonly onClick: () => void }> = ({
  subject,
  onClick,
}) => {
  const isReading = useIsReadingStatus(referencesOf(subject));
  const label = i18n.translate('sentineloneResponse.host.refresh', {
    defaultMessage: 'Refresh the network status',
  });
  return (
    <EuiToolTip content={label}>
      <EuiButtonIcon
        iconType="refresh"
        aria-label={label}
        isLoading={isReading}
        onClick={onClick}
      />
    </EuiToolTip>
  );
};

/** The host with its data from SentinelOne and its live network status. */
export const HostPanel: FC<HostPanelProps> = ({
  subject,
  live,
  shown,
  choice,
  advice,
  offers,
  isPendingExplained = false,
  isLinked = false,
}) => {
  const { hosts, problem, refresh } = live;
  const status = hosts?.[0];
  const agent = foundAgent(status);
  const namesAgent = subject.uuid !== undefined || subject.agentId !== undefined;
  const names = namesOf(subject);
  const unusable = unusableAgent(subject);
  const note =
    status === undefined || shown === undefined
      ? undefined
      : noteOf(subject, status, shown, isPendingExplained);
  const facts: ShownField[] =
    agent !== undefined && shown !== undefined
      ? [
          ...nameAndStatusDetails(
            agent,
            <>
              <HostStatusBadge status={shown} />
              <HostBadges subject={subject} status={status} />
            </>,
            isLinked && agent.computerName !== null ? (
              <strong>
                <HostLink name={agent.computerName} agentId={agent.id} />
              </strong>
            ) : undefined
          ),
          ...propertyDetails(agent, (property) => live.shownOn(property)[0]),
          ...agentDetails(agent, ALL_FIELDS),
        ]
      : [
          ...(shown === undefined ? [] : [networkStatusFact(<HostStatusBadge status={shown} />)]),
          ...alertDetails(subject),
        ];
  const agents = choicesIn(status);
  const isChosen = choice?.undo !== undefined;
  const panel = useRef<HTMLDivElement>(null);
  const wasChosen = useRef(isChosen);
  // The button that had the focus was removed.
  useEffect(() => {
    if (isChosen !== wasChosen.current) panel.current?.focus();
    wasChosen.current = isChosen;
  }, [isChosen]);
  return (
    <div ref={panel} tabIndex={-1}>
      <DetailsList
        title={i18n.translate('sentineloneResponse.host.title', { defaultMessage: 'Host' })}
        facts={facts}
        aside={namesAgent ? <RefreshButton subject={subject} onClick={refresh} /> : null}
      >
        {choice?.undo === undefined ? null : (
          <ChosenAgent agentId={subject.agentId} onUndo={choice.undo} />
        )}
        <HostRequests agentId={agent?.id ?? subject.agentId} />
        <PendingRelease agent={agent} subject={subject} />
        {namesAgent ? <StatusProblem source={live} advice={advice} offers={offers} /> : null}
        {!namesAgent && unusable !== undefined ? (
          <Note {...unusable} />
        ) : !namesAgent ? (
          <Note
            what={noAgentTitle()}
            todo={
              names.length === 0
                ? i18n.translate('sentineloneResponse.host.noAgentTodo', {
                    defaultMessage:
                      'It contains no agent UUID, agent id, or host name, so actions are not possible.',
                  })
                : i18n.translate('sentineloneResponse.host.onlyNameTodo', {
                    defaultMessage:
                      'It contains only the name of the host. Find the hosts of this name and choose the agent.',
                  })
            }
          />
        ) : problem !== undefined ? null : status === undefined ? (
          <EuiSkeletonText
            lines={4}
            contentAriaLabel={i18n.translate('sentineloneResponse.host.loading', {
              defaultMessage: 'the host status',
            })}
          />
        ) : note === undefined ? null : (
          <Note {...note} />
        )}
      </DetailsList>
      {choice === undefined || namesAgent || names.length === 0 ? null : (
        <>
          <EuiSpacer size="s" />
          <FindByName names={names} onChoose={choice.choose} />
        </>
      )}
      {choice === undefined || agents.length === 0 ? null : (
        <>
          <EuiSpacer size="s" />
          <AgentList
            agents={agents}
            statusOf={(one) => <HostStatusBadge status={networkLabelOf(one)} />}
            moreOf={(one) => foundByDetails(subject, one)}
            onChoose={choice.choose}
          />
        </>
      )}
    </div>
  );
};
