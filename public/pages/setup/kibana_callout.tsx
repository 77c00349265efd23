import type { FC } from 'react';
import { EuiCallOut, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { TESTED_KIBANA_VERSIONS, PLUGIN_ID } from '../../../common/lib/constants';
import type { ServerIntegration, SetupStatus } from '../../../common/api/setup';
import type { Asked } from './steps';

interface KibanasPage {
  readonly __kbnPublicPath__?: Readonly<Record<string, string>>;
}

/** The plugin's version, which Kibana puts into the path that our parts are loaded from. */
export function pluginVersion(page: KibanasPage = window as unknown as KibanasPage): string {
  const path = page.__kbnPublicPath__?.[PLUGIN_ID] ?? '';
  return /\/([^/]+)\/?$/.exec(path)?.[1] ?? 'unknown';
}

/** Whether the plugin was tested in the official distribution of this version of Kibana. */
export const isTestedVersion = (kibanaVersion: string): boolean =>
  TESTED_KIBANA_VERSIONS.includes(kibanaVersion);

/** What is missing without an integration, for users. */
const CONSEQUENCES: Readonly<Record<ServerIntegration, () => string>> = {
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
      defaultMessage: 'Automatic release: hosts are not released when their time has come',
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
};

/**
 * The versions of Kibana and of the plugin, whether they were tested together, and what this version of Kibana does not
 * support.
 */
export const KibanaCallout: FC<{ readonly status: Asked<SetupStatus> }> = ({ status }) => {
  if (status?.state !== 'answered') return null;
  const { kibanaVersion, unavailable } = status.value;
  const values = { kibana: kibanaVersion, plugin: pluginVersion() };
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
        {unavailable.length === 0 ? (
          <p>
            {i18n.translate('sentineloneResponse.setup.kibana.tryFirst', {
              defaultMessage: 'Isolate and release a test host before you rely on it.',
            })}
          </p>
        ) : (
          <>
            <p>
              {i18n.translate('sentineloneResponse.setup.kibana.unavailable', {
                defaultMessage: 'Not available in this version of Kibana:',
              })}
            </p>
            <ul>
              {unavailable.map(({ integration, problem }) => (
                <li key={integration}>
                  {CONSEQUENCES[integration]()} ({problem})
                </li>
              ))}
            </ul>
          </>
        )}
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
