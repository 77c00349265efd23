import { useMemo, type FC } from 'react';
import {
  EuiBadge,
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiCopy,
  EuiPageTemplate,
  EuiProgress,
  EuiSpacer,
  EuiSteps,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useAppTabs } from '../../components/app_tabs';
import { usePageTitle } from '../../lib/use_page_title';
import { PLUGIN_ID, PLUGIN_VERSION } from '../../../common/lib/constants';
import { useServices } from '../../lib/services';
import { ConnectorStep } from './connector_step';
import { DataStep } from './data_step';
import { diagnosticsText } from './diagnostics';
import { KibanaCallout } from './kibana_callout';
import { setupRuleOf } from './rule';
import { RuleStep } from './rule_step';
import { setupApi, type SetupApi, useSetupChecks } from './setup_api';
import { AppButton, Note, stateText } from './step_parts';
import { countDone, stepStates, STEPS, type StepId, type StepState } from './steps';
import { TokensStep } from './tokens_step';
import { TryStep } from './try_step';
import { iconName } from '../../components/icon';

const STATUS = {
  checking: 'loading',
  done: 'complete',
  action_required: 'warning',
  not_proven: 'incomplete',
  not_allowed: 'disabled',
  unknown: 'danger',
} as const;
const BADGE = {
  checking: 'hollow',
  done: 'success',
  action_required: 'warning',
  not_proven: 'hollow',
  not_allowed: 'default',
  unknown: 'default',
} as const;

const titleOf = (step: StepId): string => {
  switch (step) {
    case 'tokens':
      return i18n.translate('sentineloneResponse.setup.tokens', { defaultMessage: 'Tokens' });
    case 'data':
      return i18n.translate('sentineloneResponse.setup.data', {
        defaultMessage: 'Integration and data',
      });
    case 'connector':
      return i18n.translate('sentineloneResponse.setup.connector', { defaultMessage: 'Connector' });
    case 'rule':
      return i18n.translate('sentineloneResponse.setup.rule', { defaultMessage: 'Rule' });
    case 'try':
      return i18n.translate('sentineloneResponse.setup.try', { defaultMessage: 'Try it' });
  }
};

const StateBadge: FC<{ readonly step: StepId; readonly state: StepState }> = ({ step, state }) => (
  <>
    <EuiBadge color={BADGE[state]} data-test-subj={`sentineloneResponseStep-${step}`}>
      {stateText(state)}
    </EuiBadge>
    <EuiSpacer size="s" />
  </>
);

/** A link to the settings that are recommended before the first real isolation. */
const SettingsHint: FC = () => (
  <Note
    color="primary"
    title={i18n.translate('sentineloneResponse.setup.settings', {
      defaultMessage: 'Protect the hosts that must never be isolated',
    })}
  >
    <AppButton app={PLUGIN_ID} path="/settings">
      {i18n.translate('sentineloneResponse.setup.openSettings', {
        defaultMessage: 'Open settings',
      })}
    </AppButton>
  </Note>
);

/** The steps of the set-up, with their state according to the systems. */
export const SetupContent: FC<{ readonly api: SetupApi }> = ({ api }) => {
  const { status, integration, rules, alert, isChecking, checkAgain } = useSetupChecks(api);
  const { integrations } = useServices();
  const tabs = useAppTabs('setup');
  const title = i18n.translate('sentineloneResponse.setup.title', { defaultMessage: 'Set up' });
  usePageTitle(title);

  const states = stepStates({ status, rules });
  const done = countDone(states);
  const hasRule = rules?.state === 'answered' && setupRuleOf(rules.value) !== undefined;
  const contents: Record<StepId, JSX.Element> = {
    tokens: <TokensStep status={status} />,
    data: <DataStep status={status} integration={integration} />,
    connector: <ConnectorStep status={status} api={api} onChanged={checkAgain} />,
    rule: <RuleStep rules={rules} api={api} onChanged={checkAgain} />,
    try: (
      <TryStep status={status} alert={alert} hasRule={hasRule} api={api} onTested={checkAgain} />
    ),
  };
  const progress = i18n.translate('sentineloneResponse.setup.progress', {
    defaultMessage: '{done} of {all} steps done',
    values: { done, all: STEPS.length },
  });
  return (
    <EuiPageTemplate restrictWidth={960} grow offset={0} paddingSize="m">
      <EuiPageTemplate.Header
        tabs={tabs}
        description={i18n.translate('sentineloneResponse.setup.description', {
          defaultMessage:
            'Set up this space to isolate and release hosts. Each step is checked against the live systems.',
        })}
        rightSideItems={[
          <EuiButton
            key="again"
            size="s"
            iconType="refresh"
            isLoading={isChecking}
            onClick={checkAgain}
          >
            {i18n.translate('sentineloneResponse.setup.again', { defaultMessage: 'Check again' })}
          </EuiButton>,
          <EuiCopy
            key="copy"
            textToCopy={diagnosticsText({
              states,
              status,
              rules,
              inBrowser: integrations.unavailable,
              pluginVersion: PLUGIN_VERSION,
              at: new Date().toISOString(),
            })}
          >
            {(copy) => (
              <EuiButtonEmpty size="s" iconType={iconName('copyClipboard')} onClick={copy}>
                {i18n.translate('sentineloneResponse.setup.copy', {
                  defaultMessage: 'Copy diagnostics',
                })}
              </EuiButtonEmpty>
            )}
          </EuiCopy>,
        ]}
      />
      <EuiPageTemplate.Section>
        <EuiProgress
          value={done}
          max={STEPS.length}
          size="m"
          color="success"
          label={progress}
          aria-label={progress}
        />
        <EuiSpacer size="m" />
        <div role="status" aria-live="polite">
          {done === STEPS.length ? (
            <EuiCallOut
              color="success"
              iconType="check"
              title={i18n.translate('sentineloneResponse.setup.allSet', {
                defaultMessage: 'The set-up is complete',
              })}
            />
          ) : null}
        </div>
        <EuiSpacer size="l" />
        <KibanaCallout status={status} inBrowser={integrations.unavailable} />
        <EuiSteps
          titleSize="xs"
          headingElement="h2"
          steps={STEPS.map((step) => ({
            title: titleOf(step),
            status: STATUS[states[step]],
            children: (
              <>
                <StateBadge step={step} state={states[step]} />
                {contents[step]}
              </>
            ),
          }))}
        />
        <SettingsHint />
      </EuiPageTemplate.Section>
    </EuiPageTemplate>
  );
};

/** The page with Kibana's HTTP client. */
export const SetupPage: FC = () => {
  const { core } = useServices();
  const api = useMemo(() => setupApi(core.http), [core.http]);
  return <SetupContent api={api} />;
};
