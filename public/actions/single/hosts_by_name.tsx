import { type FC } from 'react';
import { EuiCallOut, EuiEmptyPrompt, EuiSkeletonText, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../../../common/hosts/agent';
import type { HostsFind } from '../../../common/api/routes';
import { visibleName } from '../../../common/lib/visible_text';
import { describeError } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { useLastError } from '../../lib/use_last_error';
import { nameInText } from '../../components/shown_name';
import { SlowAnswer } from '../../host_status/slow_answer';
import { refetchNow } from '../../host_status/status_store';
import { useServices } from '../../lib/services';
import { FoundAgents } from './found_agents';

const NobodyPrompt: FC<{ readonly name: string }> = ({ name }) => (
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
            '{name} may have no SentinelOne agent, may be called otherwise there, or may belong to a site that the API token cannot see. Look for it in the SentinelOne console.',
          values: { name: nameInText(name) },
        })}
      </p>
    }
  />
);

/**
 * The agents whose host has this name in SentinelOne, to choose from. Agents' names are read with hidden characters
 * as escapes, and requests may not contain such characters, so the name is sent like that too.
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
            defaultMessage: 'The hosts could not be looked up',
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
                    'Too many names contain this one: there may be more hosts than are listed here',
                })}
              />
              <EuiSpacer size="m" />
            </>
          )}
          {found.agents.length === 0 ? (
            <NobodyPrompt name={name} />
          ) : (
            <>
              <EuiText size="s">
                <p>
                  {i18n.translate('sentineloneResponse.finder.choose', {
                    defaultMessage:
                      'Several machines can share a name. Choose the agent that you mean; its id and UUID say which machine it is.',
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
