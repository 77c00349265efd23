import { useState, type FC } from 'react';
import { EuiButton, EuiFlexGroup, EuiFlexItem, EuiPanel, EuiSpacer, EuiTitle } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID } from '../../../common/lib/constants';
import { ALERT_RULE, THREAT_RULE, type SetupRule } from '../../../common/hosts/detection_rules';
import { describeError, type Problem } from '../../lib/describe_error';
import { ProblemCallout } from '../../components/problem_callout';
import { useServices } from '../../lib/services';
import { documentedRule, threatRule } from './documented_rule';
import {
  bestMatch,
  sortByDifference,
  isRelatedTo,
  matchesSetupRule,
  type DetectionRule,
} from './rule';
import { OtherRules, RuleFound, changesOf, repairOf } from './rule_found';
import type { SetupApi } from './setup_api';
import { Answer, AppButton, StepText } from './step_parts';
import type { CheckState } from './steps';

type RuleApi = Pick<SetupApi, 'createRule' | 'patchRule'>;

/** A rule of the set-up, and how it is created; `appUrl` is the URL of the plugin's app in this space. */
interface Wanted {
  readonly wanted: SetupRule;
  readonly make: (appUrl: string) => Record<string, unknown>;
  readonly createText: () => string;
}

const ALERTS: Wanted = {
  wanted: ALERT_RULE,
  make: documentedRule,
  createText: () =>
    i18n.translate('sentineloneResponse.setup.rule.create', { defaultMessage: 'Create rule' }),
};
const THREATS: Wanted = {
  wanted: THREAT_RULE,
  make: threatRule,
  createText: () =>
    i18n.translate('sentineloneResponse.setup.rule.createThreats', {
      defaultMessage: 'Create threat rule',
    }),
};

const repairText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.repair', { defaultMessage: 'Repair rule' });

const neededText = ({ index, query }: SetupRule): string =>
  i18n.translate('sentineloneResponse.setup.rule.needed', {
    defaultMessage:
      'An enabled custom query rule is required, with only the index pattern {pattern} and the query {query}.',
    values: { pattern: index, query },
  });

const noneText = ({ index }: SetupRule): string =>
  i18n.translate('sentineloneResponse.setup.rule.none', {
    defaultMessage: 'There is no rule with the index pattern {pattern}.',
    values: { pattern: index },
  });

const besideText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.beside', {
    defaultMessage:
      'Create rule adds a separate rule and does not change existing ones. Documents that match two rules create two alerts.',
  });

interface MissingProps extends Wanted {
  readonly rules: readonly DetectionRule[];
  readonly isBusy: boolean;
  readonly onCreate: () => void;
  readonly onRepair: (rule: DetectionRule) => void;
}

/** No rule is the wanted one: lists the rules that were found, and offers to create or repair one. */
const Missing: FC<MissingProps> = ({ rules, wanted, createText, isBusy, onCreate, onRepair }) => {
  const repairable = bestMatch(rules, wanted);
  return (
    <>
      {rules.length === 0 ? <StepText>{noneText(wanted)}</StepText> : null}
      {repairable === undefined ? null : <RuleFound rule={repairable} wanted={wanted} />}
      <OtherRules
        wanted={wanted}
        rules={sortByDifference(rules, wanted).filter((rule) => rule !== repairable)}
      />
      <EuiSpacer size="s" />
      <StepText>
        {neededText(wanted)} {rules.length === 0 ? null : besideText()}
      </StepText>
      <EuiSpacer size="s" />
      <EuiFlexGroup gutterSize="s" wrap responsive={false}>
        {repairable === undefined ? null : (
          <EuiFlexItem grow={false}>
            <EuiButton size="s" fill isLoading={isBusy} onClick={() => onRepair(repairable)}>
              {repairText()}
            </EuiButton>
          </EuiFlexItem>
        )}
        <EuiFlexItem grow={false}>
          <EuiButton
            size="s"
            fill={repairable === undefined && wanted === ALERT_RULE}
            isLoading={isBusy}
            onClick={onCreate}
          >
            {createText()}
          </EuiButton>
        </EuiFlexItem>
      </EuiFlexGroup>
    </>
  );
};

const Present: FC<{ readonly rule: DetectionRule; readonly wanted: SetupRule }> = ({
  rule,
  wanted,
}) => (
  <>
    <RuleFound rule={rule} wanted={wanted} />
    <EuiSpacer size="s" />
    <AppButton app="securitySolutionUI" path={`/rules/id/${rule.id}`}>
      {i18n.translate('sentineloneResponse.setup.rule.open', { defaultMessage: 'Open the rule' })}
    </AppButton>
  </>
);

interface OneRuleProps extends Wanted {
  /** All rules that were found; only those that concern this one are used. */
  readonly found: readonly DetectionRule[];
  readonly api: RuleApi;
  readonly onChanged: () => void;
}

/** One rule of the set-up: its requirements, the differences of existing rules, and buttons to create or repair it. */
const OneRule: FC<OneRuleProps> = ({ found, api, onChanged, ...rule }) => {
  const { wanted, make } = rule;
  const { application, http, overlays } = useServices().core;
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const save = async (change: () => Promise<unknown>) => {
    setIsBusy(true);
    try {
      await change();
      onChanged();
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setIsBusy(false);
    }
  };
  const create = () => {
    setProblem(undefined);
    const appUrl = http.basePath.remove(application.getUrlForApp(PLUGIN_ID));
    void save(() => api.createRule(make(http.basePath.prepend(appUrl))));
  };
  const repair = async (chosen: DetectionRule) => {
    setProblem(undefined);
    const title = i18n.translate('sentineloneResponse.setup.rule.confirm', {
      defaultMessage: 'Change the rule {name}?',
      values: { name: chosen.name },
    });
    const options = { title, confirmButtonText: repairText() };
    if (!(await overlays.openConfirm(changesOf(chosen, wanted), options))) return;
    await save(() => api.patchRule(repairOf(chosen, wanted)));
  };

  const rules = found.filter(isRelatedTo(wanted));
  const best = bestMatch(rules, wanted);
  return (
    <>
      {best !== undefined && matchesSetupRule(best, wanted) ? (
        <Present rule={best} wanted={wanted} />
      ) : (
        <Missing
          {...rule}
          rules={rules}
          isBusy={isBusy}
          onCreate={create}
          onRepair={(chosen) => void repair(chosen)}
        />
      )}
      {problem === undefined ? null : (
        <>
          <EuiSpacer size="s" />
          <ProblemCallout
            problem={problem}
            title={i18n.translate('sentineloneResponse.setup.rule.notChanged', {
              defaultMessage: 'The rule was not saved',
            })}
          />
        </>
      )}
    </>
  );
};

/** The other rule, for tenants without alerts for the documented one. */
const ThreatRule: FC<Omit<OneRuleProps, keyof Wanted>> = (props) => (
  <EuiPanel hasBorder hasShadow={false} data-test-subj="sentineloneResponseThreatRule">
    <EuiTitle size="xxs">
      <h3>
        {i18n.translate('sentineloneResponse.setup.rule.threats', {
          defaultMessage: 'Without STAR custom rules',
        })}
      </h3>
    </EuiTitle>
    <StepText>
      {i18n.translate('sentineloneResponse.setup.rule.threatsWhat', {
        defaultMessage:
          'The rule above finds alerts of STAR custom rules. If your tenant has none, use this rule instead: it finds the threats that agents report. If both rules are enabled, a threat found by a STAR custom rule creates two alerts.',
      })}
    </StepText>
    <EuiSpacer size="s" />
    <OneRule {...THREATS} {...props} />
  </EuiPanel>
);

/** The step for the detection rules: the documented one, and separately the one for tenants without STAR. */
export const RuleStep: FC<{
  readonly rules: CheckState<readonly DetectionRule[]>;
  readonly api: RuleApi;
  readonly onChanged: () => void;
}> = ({ rules, api, onChanged }) => (
  <Answer asked={rules}>
    {(found) => (
      <>
        <OneRule {...ALERTS} found={found} api={api} onChanged={onChanged} />
        <EuiSpacer size="m" />
        <ThreatRule found={found} api={api} onChanged={onChanged} />
      </>
    )}
  </Answer>
);
