import { useRef, useState, type FC } from 'react';
import { EuiButton, EuiFlexGroup, EuiFlexItem, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { DEFAULT_ACTION } from '../../../common/actions/action_name';
import { ACTION_DEFINITIONS, REQUIRED_ACTIONS } from '../../../common/actions/catalogue';
import type { AlertSummary } from '../../../common/hosts/alert';
import { PLUGIN_ID } from '../../../common/lib/constants';
import { listText } from '../../../common/lib/text';
import { reasonText } from '../../../common/actions/describe_reason';
import type { DryRunResult, ProvenActions, SetupStatus } from '../../../common/api/setup';
import { describeError, type Problem } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { DateText } from '../../components/date_text';
import { HostTest } from './host_test';
import type { SetupApi } from './setup_api';
import { Answer, AppButton, Note, StepText } from './step_parts';
import type { CheckState } from './steps';

const Outcome: FC<{ readonly result: DryRunResult }> = ({ result: { hosts } }) => {
  const [host] = hosts;
  if (host === undefined) return null;
  const name = host.name ?? host.agentId ?? host.uuid ?? '';
  if (host.outcome === 'would_be_sent') {
    return (
      <Note
        color="success"
        title={i18n.translate('sentineloneResponse.setup.try.wouldBeSent', {
          defaultMessage: 'The request to isolate {name} would be sent. No command was sent.',
          values: { name },
        })}
      />
    );
  }
  if (host.outcome === 'unchanged') {
    return (
      <Note
        color="primary"
        title={i18n.translate('sentineloneResponse.setup.try.unchanged', {
          defaultMessage: '{name} is already isolated or being isolated. No command would be sent.',
          values: { name },
        })}
      />
    );
  }
  const { what, todo } = reasonText(host.reason ?? 'unexpected_answer', DEFAULT_ACTION, {
    name,
    detail: host.detail,
  });
  return (
    <Note title={what}>
      <StepText>{todo}</StepText>
    </Note>
  );
};

const NewestAlert: FC<{ readonly alert: AlertSummary; readonly api: Pick<SetupApi, 'dryRun'> }> = ({
  alert,
  api,
}) => {
  const [isRunning, setIsRunning] = useState(false);
  const [end, setEnd] = useState<DryRunResult | Problem>();
  const { agentUuid, agentId, hostName } = alert;
  const run = async () => {
    setIsRunning(true);
    try {
      setEnd(
        await api.dryRun({
          ...(agentUuid === null ? {} : { uuid: agentUuid }),
          ...(agentId === null ? {} : { agentId }),
          ...(hostName === null ? {} : { name: hostName }),
        })
      );
    } catch (error) {
      setEnd(describeError(error));
    } finally {
      setIsRunning(false);
    }
  };
  return (
    <>
      <StepText>
        {i18n.translate('sentineloneResponse.setup.try.newest', {
          defaultMessage: 'Latest alert of the rule, for {host}:',
          values: { host: hostName ?? agentUuid ?? listText(alert.hostNames ?? ['?']) },
        })}{' '}
        <DateText iso={alert.timestamp} />
      </StepText>
      <EuiSpacer size="s" />
      <EuiFlexGroup gutterSize="s" wrap responsive={false}>
        <EuiFlexItem grow={false}>
          <AppButton app={PLUGIN_ID} path={`/alerts/${encodeURIComponent(alert.id)}`} fill>
            {i18n.translate('sentineloneResponse.setup.try.open', {
              defaultMessage: 'Open the alert',
            })}
          </AppButton>
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiButton
            size="s"
            isLoading={isRunning}
            isDisabled={agentUuid === null && agentId === null}
            onClick={() => void run()}
          >
            {i18n.translate('sentineloneResponse.setup.try.dryRun', {
              defaultMessage: 'Dry run',
            })}
          </EuiButton>
        </EuiFlexItem>
      </EuiFlexGroup>
      <div role="status" aria-live="polite">
        {end === undefined ? null : 'hosts' in end ? (
          <Outcome result={end} />
        ) : (
          <ProblemCallout
            problem={end}
            title={i18n.translate('sentineloneResponse.setup.try.failed', {
              defaultMessage: 'The dry run failed',
            })}
          />
        )}
      </div>
    </>
  );
};

/** The required actions that were confirmed through the connector, and when. */
const Proven: FC<{ readonly proven: ProvenActions }> = ({ proven }) => (
  <EuiText size="s">
    <ul>
      {REQUIRED_ACTIONS.map((action) => {
        const at = proven[action] ?? null;
        return (
          <li key={action}>
            {ACTION_DEFINITIONS[action].texts.setup?.proven(at !== null)}{' '}
            {at === null ? null : <DateText iso={at} />}
          </li>
        );
      })}
    </ul>
  </EuiText>
);

/** The last step: the confirmed actions, the newest alert of the rule, and a test with a host of the user's choice. */
export const TryStep: FC<{
  readonly status: CheckState<SetupStatus>;
  readonly alert: CheckState<AlertSummary | null>;
  readonly hasRule: boolean;
  readonly api: Pick<SetupApi, 'dryRun'>;
  readonly onTested: () => void;
}> = ({ status, alert, hasRule, api, onTested }) => {
  // While the checks run again, the test and its result stay on the page.
  const hasConnector = useRef(false);
  if (status !== undefined) {
    hasConnector.current = status.state === 'answered' && status.value.proven !== null;
  }
  return (
    <>
      <NewestAlertOfRule alert={alert} hasRule={hasRule} api={api} />
      <EuiSpacer size="m" />
      <Answer asked={status}>
        {({ proven }) =>
          proven === null ? null : (
            <Answer asked={proven}>{(value) => <Proven proven={value} />}</Answer>
          )
        }
      </Answer>
      {hasConnector.current ? (
        <>
          <EuiSpacer size="m" />
          <HostTest onEnded={onTested} />
        </>
      ) : null}
    </>
  );
};

const NewestAlertOfRule: FC<{
  readonly alert: CheckState<AlertSummary | null>;
  readonly hasRule: boolean;
  readonly api: Pick<SetupApi, 'dryRun'>;
}> = ({ alert, hasRule, api }) =>
  hasRule ? (
    <Answer asked={alert}>
      {(newest) =>
        newest === null ? (
          <StepText>
            {i18n.translate('sentineloneResponse.setup.try.none', {
              defaultMessage:
                'The rule has created no alert yet. You do not need to wait for one: test the connector with a host below. This page updates automatically.',
            })}
          </StepText>
        ) : (
          <NewestAlert alert={newest} api={api} />
        )
      }
    </Answer>
  ) : (
    <StepText>
      {i18n.translate('sentineloneResponse.setup.try.noRule', {
        defaultMessage:
          'Create the rule first to act on hosts from alerts. You can test the connector with a host before that.',
      })}
    </StepText>
  );
