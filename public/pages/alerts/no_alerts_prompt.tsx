import { type FC } from 'react';
import { EuiEmptyPrompt, EuiText } from '@elastic/eui';
import { useQuery } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import { listText } from '../../../common/lib/text';
import { ALERT_DOCUMENTS, RULE_QUERY } from '../../../common/hosts/detection_rules';
import { useServices } from '../../lib/services';
import { lastError, type DetectionRule } from '../setup/rule';
import { SetupButton } from './setup_prompt';
import { setupApi } from '../setup/setup_api';

/** Milliseconds after which the page without alerts, and the rules behind it, are read again. */
export const EMPTY_REFETCH_INTERVAL = 10_000;

/** The rules that read SentinelOne's data; undefined until that is known, and for users who may not see rules. */
function useRules(): readonly DetectionRule[] | undefined {
  const { http } = useServices().core;
  const { data } = useQuery({
    queryKey: ['sentineloneResponse.rulesBehindAlerts'],
    queryFn: () => setupApi(http).rules(),
    retry: false,
    refetchInterval: EMPTY_REFETCH_INTERVAL,
    refetchIntervalInBackground: false,
  });
  return data;
}

const isRunning = ({ enabled }: DetectionRule): boolean => enabled;
const namesOf = (rules: readonly DetectionRule[]): string =>
  listText(rules.map(({ name }) => name));

/** What is known about the source of alerts. */
const Explanation: FC<{ readonly rules: readonly DetectionRule[] | undefined }> = ({ rules }) => {
  if (rules === undefined) {
    return (
      <p>
        {i18n.translate('sentineloneResponse.noAlerts.unknown', {
          defaultMessage:
            'A detection rule creates alerts from the data of the SentinelOne integration. To check whether there is one, open Set up.',
        })}
      </p>
    );
  }
  const running = rules.filter(isRunning);
  const failures = running.flatMap((rule) => lastError(rule) ?? []);
  if (running.length > 0) {
    return (
      <>
        <p>
          {i18n.translate('sentineloneResponse.noAlerts.running', {
            defaultMessage:
              '{count, plural, one {The rule {names} is} other {The rules {names} are}} enabled. Alerts appear here when SentinelOne reports them. This page updates automatically.',
            values: { count: running.length, names: namesOf(running) },
          })}
        </p>
        {failures.length === 0 ? null : (
          <p>
            {i18n.translate('sentineloneResponse.noAlerts.failing', {
              defaultMessage: 'The last run failed: {failures}',
              values: { failures: listText(failures, '; ') },
            })}
          </p>
        )}
      </>
    );
  }
  if (rules.length > 0) {
    return (
      <p>
        {i18n.translate('sentineloneResponse.noAlerts.disabled', {
          defaultMessage:
            '{count, plural, one {The rule {names} is} other {The rules {names} are}} disabled. Enable {count, plural, one {it} other {one of them}} to create alerts from SentinelOne data.',
          values: { count: rules.length, names: namesOf(rules) },
        })}
      </p>
    );
  }
  return (
    <>
      <p>
        {i18n.translate('sentineloneResponse.noAlerts.body', {
          defaultMessage:
            'A detection rule creates alerts from the data of the SentinelOne integration. In Security > Rules, create and enable a custom query rule with:',
        })}
      </p>
      <ul>
        <li>
          {i18n.translate('sentineloneResponse.noAlerts.indexPattern', {
            defaultMessage: 'index pattern: {pattern}',
            values: { pattern: ALERT_DOCUMENTS },
          })}
        </li>
        <li>
          {i18n.translate('sentineloneResponse.noAlerts.query', {
            defaultMessage: 'query: {query}',
            values: { query: RULE_QUERY },
          })}
        </li>
      </ul>
    </>
  );
};

/** Shows that there are no alerts, and what is missing to create alerts. */
export const NoAlertsPrompt: FC = () => {
  const rules = useRules();
  return (
    <EuiEmptyPrompt
      iconType="securityApp"
      title={
        <h2>
          {i18n.translate('sentineloneResponse.noAlerts.title', {
            defaultMessage: 'No alerts for SentinelOne hosts yet',
          })}
        </h2>
      }
      body={
        <EuiText size="s" textAlign="left">
          <Explanation rules={rules} />
        </EuiText>
      }
      actions={<SetupButton />}
    />
  );
};
