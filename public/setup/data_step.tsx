import { type FC } from 'react';
import { EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ALERT_DOCUMENTS, type DocumentsFound, type SetupStatus } from '../../common/setup';
import { DateText } from '../hosts/date_text';
import type { IntegrationPackage } from './setup_api';
import { Answer, AppButton, Note, Words } from './step_parts';
import type { Asked } from './steps';

/** Older than this (ms), the newest document is worth a look. */
const STALE = 24 * 3_600_000;

const Documents: FC<{ readonly found: DocumentsFound; readonly now: number }> = ({
  found: { total, newest, withAgent },
  now,
}) => {
  if (total === 0) {
    return (
      <Note
        title={i18n.translate('sentineloneResponse.setup.data.none', {
          defaultMessage: 'No document has arrived in {index}',
          values: { index: ALERT_DOCUMENTS },
        })}
      >
        <Words>
          {i18n.translate('sentineloneResponse.setup.data.noneTodo', {
            defaultMessage:
              'Add the integration to an agent policy with the console URL and the API token, and switch on "Collect SentinelOne logs via API". Documents come with the first alert of SentinelOne.',
          })}
        </Words>
      </Note>
    );
  }
  return (
    <>
      <Words>
        {i18n.translate('sentineloneResponse.setup.data.count', {
          defaultMessage:
            '{total, plural, one {# document} other {# documents}} in {index}, {withAgent, number} of them with {field}. The newest:',
          values: { total, withAgent, index: ALERT_DOCUMENTS, field: 'observer.serial_number' },
        })}{' '}
        <DateText iso={newest} />
      </Words>
      {withAgent === 0 ? (
        <Note
          title={i18n.translate('sentineloneResponse.setup.data.noAgent', {
            defaultMessage: 'None of them names an agent in observer.serial_number',
          })}
        >
          <Words>
            {i18n.translate('sentineloneResponse.setup.data.noAgentTodo', {
              defaultMessage:
                'Without it there is no telling which host an alert is about. Update the integration to its newest version.',
            })}
          </Words>
        </Note>
      ) : newest !== null && now - Date.parse(newest) > STALE ? (
        <Note
          title={i18n.translate('sentineloneResponse.setup.data.stale', {
            defaultMessage: 'Nothing has arrived for more than a day',
          })}
        >
          <Words>
            {i18n.translate('sentineloneResponse.setup.data.staleTodo', {
              defaultMessage:
                'Either SentinelOne raised no alert, or the integration has stopped: its token may have expired, or its Elastic Agent be offline. Fleet shows the health of the agent.',
            })}
          </Words>
        </Note>
      ) : null}
    </>
  );
};

/** The integration's package, and the documents that it brought. */
export const DataStep: FC<{
  readonly status: Asked<SetupStatus>;
  readonly integration: Asked<IntegrationPackage>;
  readonly now?: number;
}> = ({ status, integration, now = Date.now() }) => (
  <>
    {integration?.state === 'unknown' ? (
      <Words>
        {i18n.translate('sentineloneResponse.setup.data.packageUnknown', {
          defaultMessage: 'Whether the integration is installed cannot be told: {message}',
          values: { message: integration.message },
        })}
      </Words>
    ) : (
      <Answer asked={integration}>
        {({ status: installed, version }) => (
          <Words>
            {installed === 'installed'
              ? i18n.translate('sentineloneResponse.setup.data.installed', {
                  defaultMessage: 'The SentinelOne integration is installed ({version}).',
                  values: { version: version ?? '?' },
                })
              : i18n.translate('sentineloneResponse.setup.data.notInstalled', {
                  defaultMessage: 'The SentinelOne integration is not installed.',
                })}
          </Words>
        )}
      </Answer>
    )}
    <EuiSpacer size="s" />
    <Answer asked={status}>
      {({ documents }) => (
        <Answer asked={documents}>{(found) => <Documents found={found} now={now} />}</Answer>
      )}
    </Answer>
    <EuiSpacer size="s" />
    <AppButton app="integrations" path="/detail/sentinel_one/overview">
      {i18n.translate('sentineloneResponse.setup.data.open', {
        defaultMessage: 'Open the integration',
      })}
    </AppButton>
  </>
);
