import type { FC, MouseEvent } from 'react';
import { EuiButton, EuiCallOut, EuiEmptyPrompt, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Connection } from '../../../common/api/routes';
import { requiredPermissionsText } from '../../../common/actions/token_permissions';
import { listText } from '../../../common/lib/text';
import { describeError, type Problem } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { useReloadConnection } from '../../host_status/use_connection';
import { useServices } from '../../lib/services';
import { PLUGIN_ID } from '../../../common/lib/constants';
import { AppButton } from '../setup/step_parts';
import { isModifiedClick } from '../../lib/kibana_link';

/** A link to the Set up page. */
export const SetupButton: FC<{ readonly fill?: boolean }> = ({ fill }) => (
  <AppButton app={PLUGIN_ID} path="/setup" fill={fill}>
    {i18n.translate('sentineloneResponse.setup.open', { defaultMessage: 'Open Set up' })}
  </AppButton>
);

const CONNECTORS_PATH = '/insightsAndAlerting/triggersActionsConnectors/connectors';

const steps = (): readonly string[] => [
  i18n.translate('sentineloneResponse.setUp.step1', {
    defaultMessage: 'In SentinelOne, generate an API token whose role has {permissions}.',
    values: { permissions: requiredPermissionsText() },
  }),
  i18n.translate('sentineloneResponse.setUp.step2', {
    defaultMessage:
      'In Stack Management > Connectors, create a connector of type SentinelOne Response with the tenant URL and that token. Create only one per space.',
  }),
  i18n.translate('sentineloneResponse.setUp.step3', {
    defaultMessage: 'Test it in the Test tab, then return to this page.',
  }),
];

/** A link to Kibana's page of connectors. */
const ConnectorsButton: FC<{ readonly fill?: boolean }> = ({ fill = false }) => {
  const { core } = useServices();
  const { application } = core;
  const maySave = application.capabilities.actions?.save === true;
  if (!maySave) {
    return (
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.setUp.askAdministrator', {
            defaultMessage:
              'You do not have the privilege to create connectors. Ask an administrator with "Actions and Connectors: All".',
          })}
        </p>
      </EuiText>
    );
  }
  return (
    <EuiButton
      fill={fill}
      size="s"
      href={application.getUrlForApp('management', { path: CONNECTORS_PATH })}
      onClick={(event: MouseEvent) => {
        if (isModifiedClick(event)) return;
        event.preventDefault();
        void application.navigateToApp('management', { path: CONNECTORS_PATH });
      }}
    >
      {i18n.translate('sentineloneResponse.setUp.openConnectors', {
        defaultMessage: 'Open Connectors',
      })}
    </EuiButton>
  );
};

const noneTitle = (): string =>
  i18n.translate('sentineloneResponse.setUp.noConnector', {
    defaultMessage: 'There is no SentinelOne connector yet',
  });

const Steps: FC = () => (
  <EuiText size="s" textAlign="left">
    <ol>
      {steps().map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  </EuiText>
);

/** The content of the page if there is neither a connector nor an alert. */
export const NoConnectorPrompt: FC = () => (
  <EuiEmptyPrompt
    iconType="logoSecurity"
    title={<h2>{noneTitle()}</h2>}
    body={<Steps />}
    actions={[<SetupButton key="setUp" fill />, <ConnectorsButton key="connectors" />]}
  />
);

/** The problem of the connector, above the alerts; nothing if there is none. */
export const ConnectionCallout: FC<{ readonly connection: Connection | Problem | undefined }> = ({
  connection,
}) => {
  const { isLoading, reload } = useReloadConnection();
  if (connection === undefined) return null;
  if ('what' in connection) {
    const title = i18n.translate('sentineloneResponse.setUp.connectionUnknown', {
      defaultMessage: 'The SentinelOne connector could not be checked',
    });
    return (
      <>
        <ProblemCallout
          problem={connection}
          title={title}
          onRetry={reload}
          isRetrying={isLoading}
        />
        <EuiSpacer size="m" />
      </>
    );
  }
  if (connection.state === 'one') return null;
  const names = connection.state === 'several' ? connection.connectors : [];
  return (
    <>
      <EuiCallOut
        color="warning"
        iconType="warning"
        title={
          connection.state === 'none'
            ? noneTitle()
            : i18n.translate('sentineloneResponse.setUp.severalConnectors', {
                defaultMessage: 'There are several SentinelOne Response connectors: {names}',
                values: { names: listText(names.map(({ name }) => name)) },
              })
        }
      >
        {connection.state === 'none' ? (
          <Steps />
        ) : (
          <EuiText size="s">
            <p>
              {i18n.translate('sentineloneResponse.setUp.severalConnectorsTodo', {
                defaultMessage:
                  'No command is sent because the tenant is ambiguous. Delete all but one connector.',
              })}
            </p>
          </EuiText>
        )}
        <EuiSpacer size="s" />
        <SetupButton /> <ConnectorsButton />
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};

/** Shows that no alert matches, with buttons to clear the search and filters, and to show all time. */
export const NothingMatchesPrompt: FC<{
  /** Undefined without search and filters. */
  readonly onClear: (() => void) | undefined;
  /** Undefined if all time is shown. */
  readonly onAllTime: (() => void) | undefined;
}> = ({ onClear, onAllTime }) => (
  <EuiEmptyPrompt
    iconType={onClear === undefined ? 'clock' : 'search'}
    title={
      <h2>
        {onClear === undefined
          ? i18n.translate('sentineloneResponse.noMatch.inRange', {
              defaultMessage: 'No alerts in this time range',
            })
          : i18n.translate('sentineloneResponse.noMatch.title', {
              defaultMessage: 'No alerts match',
            })}
      </h2>
    }
    actions={[
      ...(onClear === undefined
        ? []
        : [
            <EuiButton key="clear" fill onClick={onClear}>
              {i18n.translate('sentineloneResponse.noMatch.clear', {
                defaultMessage: 'Clear search and filters',
              })}
            </EuiButton>,
          ]),
      ...(onAllTime === undefined
        ? []
        : [
            <EuiButton key="all" fill={onClear === undefined} onClick={onAllTime}>
              {i18n.translate('sentineloneResponse.noMatch.allTime', {
                defaultMessage: 'Show all time',
              })}
            </EuiButton>,
          ]),
    ]}
  />
);

/** Reading alerts requires two privileges. Either may be missing; Kibana does not report which. */
function problemOfAlerts(error: unknown): Problem {
  const problem = describeError(error);
  if (problem.status !== 403) return problem;
  return {
    ...problem,
    what: i18n.translate('sentineloneResponse.alerts.forbidden.what', {
      defaultMessage: 'You do not have the privilege to read the alerts of this space.',
    }),
    todo: i18n.translate('sentineloneResponse.alerts.forbidden.todo', {
      defaultMessage:
        'Ask an administrator for the Kibana privilege "SentinelOne Response" and for the index privilege read on {indices}.',
      values: { indices: '.alerts-security.alerts-*' },
    }),
  };
}

/** Shows why the alerts cannot be loaded. */
export const AlertsProblem: FC<{
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly isRetrying: boolean;
}> = ({ error, onRetry, isRetrying }) => (
  <ProblemCallout
    problem={problemOfAlerts(error)}
    title={i18n.translate('sentineloneResponse.alerts.unavailable', {
      defaultMessage: 'The alerts could not be loaded',
    })}
    onRetry={onRetry}
    isRetrying={isRetrying}
  />
);
