import { type FC, useState } from 'react';
import {
  EuiCallOut,
  EuiFormFieldset,
  EuiPanel,
  EuiRadioGroup,
  EuiSpacer,
  EuiText,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import {
  foundAgent,
  type AgentReference,
  type HostStatus,
  type Agent,
} from '../../../common/hosts/agent';
import { listText } from '../../../common/lib/text';
import { shortReason } from '../../../common/actions/describe_reason';
import { nameInText, ShownName } from '../../components/shown_name';
import { HostStatusBadge, type ShownStatus } from '../../host_status/network_status';
import { StatusProblem } from '../../host_status/status_problem';
import { namelessHost } from '../texts';
import { namesOf, referenceKey } from '../../../common/hosts/host_identity';
import { isSameHostName } from '../../../common/hosts/host_name';
import { useHostsStatus, type LiveStatus } from '../../host_status/use_hosts_status';
import type { MissingAgent } from '../available_action';
import { referencesOf, type HostSubject } from '../../host_status/host_subject';

/**
 * The chosen agent, identified by its id. The UUID is kept only if the agent has it: the UUID of another agent would
 * contradict the choice.
 */
export function chosenSubject(
  { uuid, agentId: _, ...names }: HostSubject,
  agent: Pick<Agent, 'id' | 'uuid'>
): HostSubject {
  return {
    ...names,
    ...(uuid === undefined || uuid !== agent.uuid ? {} : { uuid }),
    agentId: agent.id,
    isChosen: true,
  };
}

/** The agents to choose from; none if SentinelOne has one or no agent for the host. */
export const choicesIn = (status: HostStatus | undefined): readonly Agent[] =>
  status?.state === 'ambiguous' || status?.state === 'mismatch' ? status.agents : [];

export interface AgentChoice {
  /** The host as the alert identifies it, or the chosen agent. */
  readonly subject: HostSubject;
  readonly choose: (agent: Agent) => void;
  /** Undefined if no agent is chosen. */
  readonly undo?: () => void;
}

/** The choice of one of several agents. `named` is the host as the alert identifies it. */
export function useAgentChoice(named: HostSubject): AgentChoice {
  // A choice applies only to the host for which it was made.
  const key = referenceKey(named);
  const [chosen, setChosen] = useState<{ readonly key: string; readonly agent: Agent }>();
  const choose = (agent: Agent) => setChosen({ key, agent });
  return chosen?.key !== key
    ? { subject: named, choose }
    : { subject: chosenSubject(named, chosen.agent), choose, undo: () => setChosen(undefined) };
}

/** One of the hosts of an alert with several hosts. */
interface HostOption {
  readonly key: string;
  readonly subject: HostSubject;
  /** SentinelOne's answer about the host; undefined while it is loading. */
  readonly status: HostStatus | undefined;
  readonly shown: ShownStatus | undefined;
}

interface HostChoice {
  readonly options: readonly HostOption[];
  readonly chosen: HostOption | undefined;
  /** Names in the alert that none of these hosts has; empty until SentinelOne has answered for all. */
  readonly otherNames: readonly string[];
  readonly live: LiveStatus;
  choose(key: string): void;
}

/** Reports that the user has to choose a host before an action. */
const chooseHostFirst = (): string =>
  i18n.translate('sentineloneResponse.choice.first', {
    defaultMessage: 'This alert contains several hosts. Choose one first.',
  });

/** The same, as the reason why there is no host for actions. */
export const hostNotChosen = (): MissingAgent => ({ text: chooseHostFirst(), needsChoice: true });

const NOTHING: readonly HostSubject[] = [];

/** Merges a host that is identified by UUID and one that is identified by id if they are the same agent. */
function optionsOf(subjects: readonly HostSubject[], { hosts, shown }: LiveStatus) {
  const options = new Map<string, HostOption>();
  subjects.forEach((subject, n) => {
    const status = hosts?.[n];
    const key = referenceKey(subject);
    const agentKey = foundAgent(status)?.id ?? key;
    const known = options.get(agentKey);
    options.set(
      agentKey,
      known === undefined
        ? { key, subject, status, shown: shown?.[n] }
        : { ...known, subject: { ...known.subject, ...subject } }
    );
  });
  return [...options.values()];
}

/**
 * The hosts of an alert with several hosts, and which of them the user has chosen; undefined if there is nothing to
 * choose. `initial` is the host that they have chosen elsewhere.
 */
export function useHostChoice(
  subjects: readonly HostSubject[] | undefined,
  initial?: AgentReference
): HostChoice | undefined {
  const [wanted, setWanted] = useState(initial);
  const live = useHostsStatus((subjects ?? NOTHING).flatMap(referencesOf));
  if (subjects === undefined) return undefined;
  const options = optionsOf(subjects, live);
  // Until SentinelOne has answered, one agent can be two options.
  const isChosen = ({ subject: { uuid, agentId } }: HostOption) =>
    (uuid !== undefined && uuid === wanted?.uuid) ||
    (agentId !== undefined && agentId === wanted?.agentId);
  const called = options.map(({ status }) => foundAgent(status)?.computerName ?? null);
  const names = [...new Set(subjects.flatMap(namesOf))];
  return {
    options,
    chosen: options.find(isChosen),
    otherNames: options.every(({ status }) => status !== undefined)
      ? names.filter((name) => !called.some((one) => isSameHostName(name, one)))
      : [],
    live,
    choose: (key) => setWanted(options.find((option) => option.key === key)?.subject),
  };
}

/** The ids by which the alert identifies the agent. */
const identifiedBy = ({ subject: { uuid, agentId } }: HostOption): string =>
  [
    ...(uuid === undefined
      ? []
      : [
          i18n.translate('sentineloneResponse.choice.uuid', {
            defaultMessage: 'UUID {uuid}',
            values: { uuid },
          }),
        ]),
    ...(agentId === undefined
      ? []
      : [
          i18n.translate('sentineloneResponse.choice.agentId', {
            defaultMessage: 'Agent id {agentId}',
            values: { agentId },
          }),
        ]),
  ].join(' · ');

/** The host's name in SentinelOne; while it is loading, the name in the alert if there is only one. */
function nameOf({ subject, status }: HostOption): string | undefined {
  const agent = foundAgent(status);
  if (agent !== undefined) return agent.computerName ?? namelessHost();
  const names = namesOf(subject);
  return names.length === 1 ? names[0] : undefined;
}

const Option: FC<{ readonly option: HostOption }> = ({ option }) => {
  const name = nameOf(option);
  const { status, shown } = option;
  return (
    <span css={{ overflowWrap: 'anywhere' }}>
      {name === undefined ? null : (
        <strong>
          <ShownName name={name} />{' '}
        </strong>
      )}
      {shown === undefined ? null : <HostStatusBadge status={shown} />}
      <EuiText size="xs" color="subdued">
        <div>{identifiedBy(option)}</div>
        {status?.state === 'unknown' ? <div>{shortReason('not_found')}</div> : null}
      </EuiText>
    </span>
  );
};

/** The hosts of an alert with several hosts, from which the user chooses one. */
export const HostChoicePanel: FC<{ readonly choice: HostChoice }> = ({
  choice: { options, chosen, otherNames, live, choose },
}) => {
  // A page can contain this panel twice: in Discover's tab and in the flyout that it opens.
  const prefix = useGeneratedHtmlId({ prefix: 'sentineloneResponseHost' });
  const idOf = ({ key }: HostOption): string => `${prefix}-${key}`;
  return (
    <EuiPanel
      hasBorder
      hasShadow={false}
      paddingSize="m"
      data-test-subj="sentineloneResponseChoice"
    >
      <EuiFormFieldset
        legend={{
          children: i18n.translate('sentineloneResponse.choice.title', {
            defaultMessage: 'Hosts of this alert',
          }),
        }}
      >
        {chosen === undefined ? (
          <>
            <EuiCallOut size="s" color="warning" iconType="warning" title={chooseHostFirst()} />
            <EuiSpacer size="s" />
          </>
        ) : null}
        <StatusProblem source={live} />
        <EuiRadioGroup
          name={prefix}
          idSelected={chosen === undefined ? undefined : idOf(chosen)}
          onChange={(id) => choose(id.slice(prefix.length + 1))}
          options={options.map((option) => ({
            id: idOf(option),
            label: <Option option={option} />,
          }))}
        />
        {otherNames.length === 0 ? null : (
          <>
            <EuiSpacer size="s" />
            <EuiText size="s" color="subdued">
              <p>
                {i18n.translate('sentineloneResponse.choice.otherNames', {
                  defaultMessage:
                    'The alert also contains the {count, plural, one {name} other {names}} {names}. None of these agents has {count, plural, one {this name} other {these names}}.',
                  values: {
                    count: otherNames.length,
                    names: listText(otherNames.map(nameInText)),
                  },
                })}
              </p>
            </EuiText>
          </>
        )}
      </EuiFormFieldset>
    </EuiPanel>
  );
};
