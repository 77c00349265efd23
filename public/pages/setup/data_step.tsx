import { type FC } from 'react';
import { EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ALERT_RULE, THREAT_RULE, type SetupRule } from '../../../common/hosts/detection_rules';
import { type DocumentsFound, type SetupStatus } from '../../../common/api/setup';
import { DAY } from '../../../common/lib/constants';
import { DateText } from '../../components/date_text';
import type { IntegrationPackage } from './setup_api';
import { Answer, AppButton, Note, StepText } from './step_parts';
import type { CheckState } from './steps';

/** The age (ms) of the newest document from which a hint is shown. */
const STALE = DAY;

const Documents: FC<{
  readonly found: DocumentsFound;
  readonly rule: SetupRule;
  /** Whether documents of the other rule have arrived. */
  readonly hasOthers: boolean;
  readonly now: number;
}> = ({ found: { total, newest, withAgent }, rule: { index, agentField }, hasOthers, now }) => {
  if (total === 0 && hasOthers) {
    return (
      <StepText>
        {i18n.translate('sentineloneResponse.setup.data.noneNeeded', {
          defaultMessage: 'There are no documents in {index}. STAR custom rules create them.',
          values: { index },
        })}
      </StepText>
    );
  }
  if (total === 0) {
    return (
      <Note
        title={i18n.translate('sentineloneResponse.setup.data.none', {
          defaultMessage: 'There are no documents in {index}',
          values: { index },
        })}
      >
        <StepText>
          {i18n.translate('sentineloneResponse.setup.data.noneTodo', {
            defaultMessage:
              'Add the integration to an agent policy with the console URL and the API token, and enable "Collect SentinelOne logs via API". Documents arrive with the first alert of a STAR custom rule. Tenants without STAR collect threats.',
          })}
        </StepText>
      </Note>
    );
  }
  return (
    <>
      <StepText>
        {i18n.translate('sentineloneResponse.setup.data.count', {
          defaultMessage:
            '{total, plural, one {# document} other {# documents}} in {index}, {withAgent, number} of them with {field}. Latest:',
          values: { total, withAgent, index, field: agentField },
        })}{' '}
        <DateText iso={newest} />
      </StepText>
      {withAgent === 0 ? (
        <Note
          title={i18n.translate('sentineloneResponse.setup.data.noAgent', {
            defaultMessage: 'No document has an agent in {field}',
            values: { field: agentField },
          })}
        >
          <StepText>
            {i18n.translate('sentineloneResponse.setup.data.noAgentTodo', {
              defaultMessage:
                'The host of an alert cannot be identified without it. Update the integration to the latest version.',
            })}
          </StepText>
        </Note>
      ) : newest !== null && now - Date.parse(newest) > STALE ? (
        <Note
          title={i18n.translate('sentineloneResponse.setup.data.stale', {
            defaultMessage: 'No new documents for more than a day',
          })}
        >
          <StepText>
            {i18n.translate('sentineloneResponse.setup.data.staleTodo', {
              defaultMessage:
                'SentinelOne may have raised no alert. If the integration has stopped, its token may have expired or its Elastic Agent may be offline: check the agent in Fleet.',
            })}
          </StepText>
        </Note>
      ) : null}
    </>
  );
};

/** The step for the integration's package and its documents. */
export const DataStep: FC<{
  readonly status: CheckState<SetupStatus>;
  readonly integration: CheckState<IntegrationPackage>;
  readonly now?: number;
}> = ({ status, integration, now = Date.now() }) => (
  <>
    {integration?.state === 'unknown' ? (
      <StepText>
        {i18n.translate('sentineloneResponse.setup.data.packageUnknown', {
          defaultMessage: "The integration's installation could not be checked: {message}",
          values: { message: integration.message },
        })}
      </StepText>
    ) : (
      <Answer asked={integration}>
        {({ status: installed, version }) => (
          <StepText>
            {installed === 'installed'
              ? i18n.translate('sentineloneResponse.setup.data.installed', {
                  defaultMessage: 'The SentinelOne integration is installed ({version}).',
                  values: { version: version ?? '?' },
                })
              : i18n.translate('sentineloneResponse.setup.data.notInstalled', {
                  defaultMessage: 'The SentinelOne integration is not installed.',
                })}
          </StepText>
        )}
      </Answer>
    )}
    <EuiSpacer size="s" />
    <Answer asked={status}>
      {({ documents, threats }) => (
        <>
          <Answer asked={documents}>
            {(found) => (
              <Documents
                found={found}
                rule={ALERT_RULE}
                hasOthers={threats.state === 'answered' && threats.value.withAgent > 0}
                now={now}
              />
            )}
          </Answer>
          <Answer asked={threats}>
            {(found) =>
              found.total === 0 ? null : (
                <Documents found={found} rule={THREAT_RULE} hasOthers={false} now={now} />
              )
            }
          </Answer>
        </>
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
