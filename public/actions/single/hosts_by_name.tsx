import { useEffect, useRef, useState, type FC } from 'react';
import {
  EuiButton,
  EuiCallOut,
  EuiEmptyPrompt,
  EuiFlexGroup,
  EuiFlexItem,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../../../common/hosts/agent';
import { referenceOfAgent } from '../../../common/hosts/host_identity';
import type { HostsFind } from '../../../common/api/routes';
import { visibleName } from '../../../common/lib/text';
import { describeError } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { useLastError } from '../../lib/use_last_error';
import { SearchAllHosts } from '../../action_history/alert_links';
import { nameInText } from '../../components/shown_name';
import { AgentList } from '../../host_status/agent_list';
import {
  HostStatusBadge,
  type ShownStatus,
  StatusSkeleton,
} from '../../host_status/network_status';
import { SlowAnswer } from '../../host_status/slow_answer';
import { StatusProblem } from '../../host_status/status_problem';
import { useManyHostsStatus } from '../../host_status/use_many_hosts_status';
import { refetchNow } from '../../host_status/status_store';
import { useServices } from '../../lib/services';

/** The status of an agent; a placeholder while it is loading. */
const statusOf = (
  { id, computerName }: Agent,
  shown: ShownStatus | undefined,
  isKnown: boolean
): JSX.Element => {
  if (shown !== undefined) return <HostStatusBadge status={shown} />;
  if (!isKnown) return <StatusSkeleton name={nameInText(computerName ?? id)} />;
  return (
    <>
      {i18n.translate('sentineloneResponse.finder.notAvailable', {
        defaultMessage: 'Not available',
      })}
    </>
  );
};

/** The agents to choose from, with their live status. */
const FoundAgents: FC<{
  readonly agents: readonly Agent[];
  readonly onChoose: (agent: Agent) => void;
}> = ({ agents, onChoose }) => {
  const live = useManyHostsStatus(agents.map(referenceOfAgent));
  return (
    <>
      <StatusProblem
        source={live}
        advice={i18n.translate('sentineloneResponse.finder.slowAdvice', {
          defaultMessage: 'You can choose an agent before its network status is known.',
        })}
      />
      <AgentList
        agents={agents}
        statusOf={(agent, n) => statusOf(agent, live.shown[n], live.statuses[n] !== undefined)}
        onChoose={onChoose}
      />
    </>
  );
};

const NoHostPrompt: FC<{ readonly name: string }> = ({ name }) => (
  <EuiEmptyPrompt
    iconType="search"
    titleSize="xs"
    title={
      <h3>
        {i18n.translate('sentineloneResponse.finder.nobody', {
          defaultMessage: 'SentinelOne has no host of this name',
        })}
      </h3>
    }
    body={
      <p>
        {i18n.translate('sentineloneResponse.finder.nobodyTodo', {
          defaultMessage:
            '{name} may have no SentinelOne agent, may have another name in SentinelOne, or may belong to a site that the API token cannot see. Look for it in the SentinelOne console.',
          values: { name: nameInText(name) },
        })}
      </p>
    }
    actions={<SearchAllHosts search={name} />}
  />
);

/**
 * The agents of hosts with this name in SentinelOne, from which the user chooses one. Requests may not contain invisible
 * characters, and names of agents contain them as escapes, so the name is sent with escapes, too.
 */
export const HostsByName: FC<{
  readonly name: string;
  readonly onChoose: (agent: Agent) => void;
}> = ({ name, onChoose }) => {
  const { api, queryClient } = useServices();
  const sentName = visibleName(name);
  const queryKey = ['sentineloneResponse.hostsOfName', sentName];
  const query = useQuery<HostsFind>({
    queryKey,
    queryFn: ({ signal }) => api.findHosts(sentName, signal),
  });
  const error = useLastError(queryKey, query);
  const found = query.data;
  return (
    <>
      <SlowAnswer
        isWaiting={error === null && found === undefined}
        onRefresh={() => void refetchNow(queryClient, queryKey)}
        refreshLabel={i18n.translate('sentineloneResponse.finder.searchAgain', {
          defaultMessage: 'Search again',
        })}
      />
      {error !== null ? (
        <ProblemCallout
          problem={describeError(error)}
          title={i18n.translate('sentineloneResponse.finder.unavailable', {
            defaultMessage: 'The search for hosts failed',
          })}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      ) : found === undefined ? (
        <EuiSkeletonText
          lines={5}
          contentAriaLabel={i18n.translate('sentineloneResponse.finder.loading', {
            defaultMessage: 'the hosts of this name',
          })}
        />
      ) : (
        <>
          {found.isComplete ? null : (
            <>
              <EuiCallOut
                size="s"
                color="warning"
                iconType="warning"
                title={i18n.translate('sentineloneResponse.finder.incomplete', {
                  defaultMessage:
                    'Too many host names contain this name. The list may be incomplete',
                })}
              />
              <EuiSpacer size="m" />
            </>
          )}
          {found.agents.length === 0 ? (
            <NoHostPrompt name={name} />
          ) : (
            <>
              <EuiText size="s">
                <p>
                  {i18n.translate('sentineloneResponse.finder.choose', {
                    defaultMessage:
                      'Several machines can share a name. Choose the agent by its id or UUID.',
                  })}
                </p>
              </EuiText>
              <EuiSpacer size="m" />
              <FoundAgents agents={found.agents} onChoose={onChoose} />
            </>
          )}
        </>
      )}
    </>
  );
};

/**
 * For an alert that contains only the name of its host: finds the agents of hosts with this name, from which the user
 * chooses one. With several names, the user searches for one at a time.
 */
export const FindByName: FC<{
  /** At least one. */
  readonly names: readonly string[];
  readonly onChoose: (agent: Agent) => void;
}> = ({ names, onChoose }) => {
  const [name, setName] = useState<string>();
  const results = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (name !== undefined) results.current?.focus();
  }, [name]);
  return (
    <>
      <EuiFlexGroup gutterSize="s" responsive={false} wrap>
        {names.map((one) => (
          <EuiFlexItem key={one} grow={false}>
            <EuiButton
              size="s"
              iconType="search"
              isSelected={one === name}
              onClick={() => setName(one)}
            >
              {names.length === 1
                ? i18n.translate('sentineloneResponse.host.findByName', {
                    defaultMessage: 'Find hosts of this name',
                  })
                : i18n.translate('sentineloneResponse.host.findByNameOf', {
                    defaultMessage: 'Find hosts named {name}',
                    values: { name: nameInText(one) },
                  })}
            </EuiButton>
          </EuiFlexItem>
        ))}
      </EuiFlexGroup>
      {name === undefined ? null : (
        <div ref={results} tabIndex={-1}>
          <EuiSpacer size="m" />
          <HostsByName key={name} name={name} onChoose={onChoose} />
        </div>
      )}
    </>
  );
};
