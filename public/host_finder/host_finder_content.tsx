import { useState, type FC } from 'react';
import {
  EuiButtonEmpty,
  EuiCallOut,
  EuiEmptyPrompt,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiListGroup,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../../common/agent';
import type { HostsFind } from '../../common/routes';
import { visibleName } from '../../common/visible_text';
import { AlertFlyoutContent } from '../alert_flyout/alert_flyout_content';
import { describeError } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { useLastError } from '../api/use_last_error';
import { useServices } from '../services';
import { FoundAgents } from './found_agents';

export interface HostFinderContentProps {
  /** At least one. With several a person chooses one first. */
  readonly names: readonly string[];
  /** Id of the heading, which names the flyout. */
  readonly titleId: string;
  readonly onClose: () => void;
}

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
          values: { name },
        })}
      </p>
    }
  />
);

/** Several names in one place: which host is meant. */
const NameChoice: FC<HostFinderContentProps & { readonly onChoose: (name: string) => void }> = ({
  names,
  titleId,
  onClose,
  onChoose,
}) => (
  <>
    <EuiFlyoutHeader hasBorder>
      <EuiTitle size="s">
        <h2 id={titleId}>
          {i18n.translate('sentineloneResponse.finder.chooseName', {
            defaultMessage: 'Choose a host',
          })}
        </h2>
      </EuiTitle>
    </EuiFlyoutHeader>
    <EuiFlyoutBody>
      <EuiListGroup
        bordered
        listItems={names.map((name) => ({
          label: visibleName(name),
          onClick: () => onChoose(name),
          wrapText: true,
        }))}
        maxWidth={false}
      />
    </EuiFlyoutBody>
    <EuiFlyoutFooter>
      <EuiButtonEmpty iconType="cross" onClick={onClose} flush="left">
        {i18n.translate('sentineloneResponse.flyout.close', { defaultMessage: 'Close' })}
      </EuiButtonEmpty>
    </EuiFlyoutFooter>
  </>
);

/** The hosts that have one of these names, in SentinelOne. */
export const HostFinderContent: FC<HostFinderContentProps> = (props) => {
  const { names } = props;
  const [chosen, setChosen] = useState<string>();
  const name = names.length === 1 ? names[0] : chosen;
  if (name === undefined) return <NameChoice {...props} onChoose={setChosen} />;
  return <HostsOfName {...props} name={name} />;
};

/** Who has this name in SentinelOne; a name says too little to act on, so a person chooses the agent. */
const HostsOfName: FC<Omit<HostFinderContentProps, 'names'> & { readonly name: string }> = ({
  name,
  titleId,
  onClose,
}) => {
  const { api } = useServices();
  const [chosen, setChosen] = useState<Agent>();
  const queryKey = ['sentineloneResponse.hostsOfName', name];
  const query = useQuery<HostsFind>({
    queryKey,
    queryFn: ({ signal }) => api.findHosts(name, signal),
  });
  const error = useLastError(queryKey, query);
  if (chosen !== undefined) {
    return (
      <AlertFlyoutContent
        context={{
          agentId: chosen.id,
          agentUuid: chosen.uuid ?? undefined,
          hostName: chosen.computerName ?? undefined,
        }}
        titleId={titleId}
        onClose={onClose}
        onBack={() => setChosen(undefined)}
      />
    );
  }
  const found = query.data;
  return (
    <>
      <EuiFlyoutHeader hasBorder>
        <EuiTitle size="s">
          <h2 id={titleId}>
            {i18n.translate('sentineloneResponse.finder.title', {
              defaultMessage: 'SentinelOne hosts called {name}',
              values: { name },
            })}
          </h2>
        </EuiTitle>
      </EuiFlyoutHeader>
      <EuiFlyoutBody>
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
          <EuiSkeletonText lines={5} />
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
                <FoundAgents agents={found.agents} onChoose={setChosen} />
              </>
            )}
          </>
        )}
      </EuiFlyoutBody>
      <EuiFlyoutFooter>
        <EuiButtonEmpty iconType="cross" onClick={onClose} flush="left">
          {i18n.translate('sentineloneResponse.flyout.close', { defaultMessage: 'Close' })}
        </EuiButtonEmpty>
      </EuiFlyoutFooter>
    </>
  );
};
