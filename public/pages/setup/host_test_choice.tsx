import { useState, type FC, type FormEvent } from 'react';
import {
  EuiButton,
  EuiFieldText,
  EuiFlexGroup,
  EuiFlexItem,
  EuiForm,
  EuiFormRow,
  EuiRadioGroup,
  EuiSpacer,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { networkLabelOf, type Agent } from '../../../common/hosts/agent';
import { hostNameCodec } from '../../../common/api/connector';
import { SearchAllHosts } from '../../action_history/alert_links';
import type { HostsFind } from '../../../common/api/routes';
import { describeError, type Problem } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { statusText } from '../../host_status/network_status';
import { useServices } from '../../lib/services';
import { Note, StepText } from './step_parts';

/** Why a host cannot be used for the test; undefined when it can. */
export function unsuitableBecause(agent: Agent): string | undefined {
  if (agent.isDecommissioned || agent.isUninstalled) {
    return i18n.translate('sentineloneResponse.hostTest.gone', {
      defaultMessage: 'its agent is decommissioned or uninstalled',
    });
  }
  if (agent.protectedBy !== undefined) {
    return i18n.translate('sentineloneResponse.hostTest.protected', {
      defaultMessage: 'it is a protected host',
    });
  }
  const label = networkLabelOf(agent);
  if (label === 'connected') return undefined;
  return i18n.translate('sentineloneResponse.hostTest.notConnected', {
    defaultMessage: 'its network status is {status}',
    values: { status: statusText(label) },
  });
}

/** An agent in one line: what distinguishes it from others with the same name, and why it cannot be chosen. */
const describeAgent = (agent: Agent): string => {
  const parts = [
    agent.computerName ?? agent.id,
    i18n.translate('sentineloneResponse.hostTest.agentId', {
      defaultMessage: 'agent id {id}',
      values: { id: agent.id },
    }),
    ...[agent.siteName, agent.osName].filter((one): one is string => one !== null),
  ];
  const why = unsuitableBecause(agent);
  const line = [...new Set(parts)].join(', ');
  return why === undefined
    ? line
    : i18n.translate('sentineloneResponse.hostTest.unsuitable', {
        defaultMessage: '{host} (not available: {why})',
        values: { host: line, why },
      });
};

/** Finds hosts by name, from which the user chooses one that the test can use. */
export const HostChoice: FC<{
  readonly isDisabled: boolean;
  readonly chosen: Agent | undefined;
  readonly onChoose: (agent: Agent | undefined) => void;
}> = ({ isDisabled, chosen, onChoose }) => {
  const { api } = useServices();
  const [name, setName] = useState('');
  const [found, setFound] = useState<HostsFind>();
  const [problem, setProblem] = useState<Problem>();
  const [isSearching, setIsSearching] = useState(false);
  const search = async (event: FormEvent) => {
    event.preventDefault();
    setIsSearching(true);
    setProblem(undefined);
    setFound(undefined);
    onChoose(undefined);
    try {
      setFound(await api.findHosts(name.trim()));
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setIsSearching(false);
    }
  };
  return (
    <>
      <EuiForm component="form" onSubmit={(event) => void search(event)}>
        <EuiFormRow
          fullWidth
          label={i18n.translate('sentineloneResponse.hostTest.name', {
            defaultMessage: 'Host name',
          })}
          helpText={i18n.translate('sentineloneResponse.hostTest.nameHelp', {
            defaultMessage: 'The full name of a host that can be offline for a few minutes.',
          })}
        >
          <EuiFlexGroup gutterSize="s" responsive={false}>
            <EuiFlexItem>
              <EuiFieldText
                fullWidth
                compressed
                disabled={isDisabled}
                aria-label={i18n.translate('sentineloneResponse.hostTest.name', {
                  defaultMessage: 'Host name',
                })}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            </EuiFlexItem>
            <EuiFlexItem grow={false}>
              <EuiButton
                type="submit"
                size="s"
                isLoading={isSearching}
                isDisabled={isDisabled || !hostNameCodec.is(name)}
              >
                {i18n.translate('sentineloneResponse.hostTest.find', {
                  defaultMessage: 'Find host',
                })}
              </EuiButton>
            </EuiFlexItem>
          </EuiFlexGroup>
        </EuiFormRow>
      </EuiForm>
      <div role="status" aria-live="polite">
        {problem === undefined ? null : (
          <ProblemCallout
            problem={problem}
            title={i18n.translate('sentineloneResponse.hostTest.findFailed', {
              defaultMessage: 'The host search failed',
            })}
          />
        )}
        {found?.agents.length === 0 ? (
          <Note
            title={i18n.translate('sentineloneResponse.hostTest.none', {
              defaultMessage: 'SentinelOne has no host with this name',
            })}
          >
            <StepText>
              {i18n.translate('sentineloneResponse.hostTest.noneTodo', {
                defaultMessage:
                  "Check the spelling, and check that the connector's token has access to the host's site.",
              })}
            </StepText>
            <SearchAllHosts search={name.trim()} />
          </Note>
        ) : null}
      </div>
      {found === undefined || found.agents.length === 0 ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiRadioGroup
            legend={{
              children: i18n.translate('sentineloneResponse.hostTest.choose', {
                defaultMessage: 'Choose the host',
              }),
            }}
            options={found.agents.map((agent) => ({
              id: `hostTest-${agent.id}`,
              label: describeAgent(agent),
              disabled: unsuitableBecause(agent) !== undefined,
            }))}
            idSelected={chosen === undefined ? undefined : `hostTest-${chosen.id}`}
            disabled={isDisabled}
            onChange={(id) => onChoose(found.agents.find((agent) => id === `hostTest-${agent.id}`))}
          />
        </>
      )}
    </>
  );
};
