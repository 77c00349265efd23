import type { FC } from 'react';
import { EuiCallOut, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_VERSION, TESTED_KIBANA_VERSIONS } from '../../../common/lib/constants';
import type { ServerIntegration, SetupStatus } from '../../../common/api/setup';
import type { BrowserIntegration, UnavailableInBrowser } from '../../lib/browser_integrations';
import type { CheckState } from './steps';

/** Whether the plugin was tested in the official distribution of this version of Kibana. */
export const isTestedVersion = (kibanaVersion: string): boolean =>
  TESTED_KIBANA_VERSIONS.includes(kibanaVersion);

/** What is missing without each integration, for users. */
const CONSEQUENCES: Readonly<Record<ServerIntegration | BrowserIntegration, () => string>> = {
  saved_objects: () =>
    i18n.translate('sentineloneResponse.setup.kibana.savedObjects', {
      defaultMessage: 'Saved objects: actions cannot be recorded, so no action is possible',
    }),
  privileges: () =>
    i18n.translate('sentineloneResponse.setup.kibana.privileges', {
      defaultMessage: 'Privileges: they cannot be checked, so no action is possible',
    }),
  event_log: () =>
    i18n.translate('sentineloneResponse.setup.kibana.eventLog', {
      defaultMessage: 'Event log: actions are in the history and the audit log only',
    }),
  status_reconciliation: () =>
    i18n.translate('sentineloneResponse.setup.kibana.statusReconciliation', {
      defaultMessage: 'Status reconciliation: actions stay in progress in the history',
    }),
  automatic_release: () =>
    i18n.translate('sentineloneResponse.setup.kibana.automaticRelease', {
      defaultMessage: 'Automatic release: hosts are not released automatically',
    }),
  retention: () =>
    i18n.translate('sentineloneResponse.setup.kibana.retention', {
      defaultMessage: 'Retention: old records are not removed',
    }),
  connector_type: () =>
    i18n.translate('sentineloneResponse.setup.kibana.connectorType', {
      defaultMessage: 'Connector type: connectors cannot be created or used',
    }),
  cases: () =>
    i18n.translate('sentineloneResponse.setup.kibana.cases', {
      defaultMessage: 'Cases: actions cannot be attached',
    }),
  routes: () =>
    i18n.translate('sentineloneResponse.setup.kibana.routes', {
      defaultMessage: 'Routes: the pages of this plugin do not work',
    }),
  app: () =>
    i18n.translate('sentineloneResponse.setup.kibana.app', {
      defaultMessage: 'Application: the pages of this plugin cannot be opened',
    }),
  connector_form: () =>
    i18n.translate('sentineloneResponse.setup.kibana.connectorForm', {
      defaultMessage: 'Connector form: connectors and rule actions cannot be edited in Kibana',
    }),
  alerts_table: () =>
    i18n.translate('sentineloneResponse.setup.kibana.alertsTable', {
      defaultMessage:
        "Row and bulk actions in Security's alerts tables: use the page Alerts of this plugin",
    }),
  doc_viewer: () =>
    i18n.translate('sentineloneResponse.setup.kibana.docViewer', {
      defaultMessage: 'Tab in Discover: documents do not show their SentinelOne host',
    }),
  case_view: () =>
    i18n.translate('sentineloneResponse.setup.kibana.caseView', {
      defaultMessage: 'Cases: attached actions are not shown',
    }),
  take_action_menu: () =>
    i18n.translate('sentineloneResponse.setup.kibana.takeActionMenu', {
      defaultMessage:
        'Take action menu in Security: open the alert on the page Alerts of this plugin',
    }),
  cell_actions: () =>
    i18n.translate('sentineloneResponse.setup.kibana.cellActions', {
      defaultMessage: "Actions on fields in Security's tables and flyouts",
    }),
};

const unavailableItem = (
  integration: ServerIntegration | BrowserIntegration,
  problem: string | undefined
): string =>
  problem === undefined
    ? CONSEQUENCES[integration]()
    : `${CONSEQUENCES[integration]()} (${problem})`;

/**
 * The versions of Kibana and of the plugin, whether they were tested together, and what this version of Kibana does not
 * support, on the server and in the browser.
 */
export const KibanaCallout: FC<{
  readonly status: CheckState<SetupStatus>;
  readonly inBrowser: readonly UnavailableInBrowser[];
}> = ({ status, inBrowser }) => {
  if (status?.state !== 'answered') return null;
  const { kibanaVersion } = status.value;
  const unavailable = [
    ...status.value.unavailable,
    ...inBrowser.map(({ integration, problem }) => ({ integration, problem })),
  ];
  const values = { kibana: kibanaVersion, plugin: PLUGIN_VERSION };
  if (isTestedVersion(kibanaVersion) && unavailable.length === 0) {
    return (
      <>
        <EuiText size="s" color="subdued">
          <p>
            {i18n.translate('sentineloneResponse.setup.kibana.tested', {
              defaultMessage: 'Version {plugin}, tested in Kibana {kibana}',
              values,
            })}
          </p>
        </EuiText>
        <EuiSpacer size="m" />
      </>
    );
  }
  return (
    <>
      <EuiCallOut
        size="s"
        color="warning"
        iconType="warning"
        data-test-subj="sentineloneResponseKibanaCallout"
        title={
          isTestedVersion(kibanaVersion)
            ? i18n.translate('sentineloneResponse.setup.kibana.failed', {
                defaultMessage: 'Some parts of the plugin are not available in this Kibana',
              })
            : i18n.translate('sentineloneResponse.setup.kibana.untested', {
                defaultMessage: 'Version {plugin} was not tested in Kibana {kibana}',
                values,
              })
        }
      >
        {isTestedVersion(kibanaVersion) ? null : (
          <p>
            {i18n.translate('sentineloneResponse.setup.kibana.tryFirst', {
              defaultMessage: 'Isolate and release a test host before you rely on it.',
            })}
          </p>
        )}
        {unavailable.length === 0 ? null : (
          <>
            <p>
              {i18n.translate('sentineloneResponse.setup.kibana.unavailable', {
                defaultMessage: 'Not available in this version of Kibana:',
              })}
            </p>
            <ul>
              {unavailable.map(({ integration, problem }) => (
                <li key={integration}>{unavailableItem(integration, problem)}</li>
              ))}
            </ul>
          </>
        )}
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
