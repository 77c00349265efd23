import { useState, type FC } from 'react';
import { EuiButton, EuiFlexGroup, EuiFlexItem, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID } from '../../common/constants';
import { ALERT_DOCUMENTS, RULE_QUERY } from '../../common/setup';
import { describeError, type Problem } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { useServices } from '../services';
import { documentedRule } from './documented_rule';
import { bestOf, closestFirst, isDocumented, type DetectionRule } from './rule';
import { OtherRules, RuleFound } from './rule_found';
import { changesOf, repairOf } from './rule_repair';
import type { SetupApi } from './setup_api';
import { Answer, AppButton, Words } from './step_parts';
import type { Asked } from './steps';

type RuleApi = Pick<SetupApi, 'createRule' | 'patchRule'>;

const repairText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.repair', { defaultMessage: 'Repair rule' });

const neededText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.needed', {
    defaultMessage:
      'The set-up needs an enabled custom query rule with the index pattern {pattern} and the query {query}, and nothing else.',
    values: { pattern: ALERT_DOCUMENTS, query: RULE_QUERY },
  });

const noneText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.none', {
    defaultMessage: 'No rule reads {pattern}.',
    values: { pattern: ALERT_DOCUMENTS },
  });

const besideText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.beside', {
    defaultMessage:
      'Create rule adds it as a rule of its own. Existing rules stay as they are, so what two of them find becomes two alerts.',
  });

/** Where no rule is the documented one: those that are there, and the ways to have it. */
const Missing: FC<{
  readonly rules: readonly DetectionRule[];
  readonly isBusy: boolean;
  readonly onCreate: () => void;
  readonly onRepair: (rule: DetectionRule) => void;
}> = ({ rules, isBusy, onCreate, onRepair }) => {
  const repairable = bestOf(rules);
  return (
    <>
      {rules.length === 0 ? <Words>{noneText()}</Words> : null}
      {repairable === undefined ? null : <RuleFound rule={repairable} />}
      <OtherRules rules={closestFirst(rules).filter((rule) => rule !== repairable)} />
      <EuiSpacer size="s" />
      <Words>
        {neededText()} {rules.length === 0 ? null : besideText()}
      </Words>
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
          <EuiButton size="s" fill={repairable === undefined} isLoading={isBusy} onClick={onCreate}>
            {i18n.translate('sentineloneResponse.setup.rule.create', {
              defaultMessage: 'Create rule',
            })}
          </EuiButton>
        </EuiFlexItem>
      </EuiFlexGroup>
    </>
  );
};

const Present: FC<{ readonly rule: DetectionRule }> = ({ rule }) => (
  <>
    <RuleFound rule={rule} />
    <EuiSpacer size="s" />
    <AppButton app="securitySolutionUI" path={`/rules/id/${rule.id}`}>
      {i18n.translate('sentineloneResponse.setup.rule.open', { defaultMessage: 'Open the rule' })}
    </AppButton>
  </>
);

/** The detection rule: what it is, how those that are there differ, and what makes it right. */
export const RuleStep: FC<{
  readonly rules: Asked<readonly DetectionRule[]>;
  readonly api: RuleApi;
  readonly onChanged: () => void;
}> = ({ rules, api, onChanged }) => {
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
    void save(() => api.createRule(documentedRule(http.basePath.prepend(appUrl))));
  };
  const repair = async (rule: DetectionRule) => {
    setProblem(undefined);
    const title = i18n.translate('sentineloneResponse.setup.rule.confirm', {
      defaultMessage: 'Change the rule {name}?',
      values: { name: rule.name },
    });
    const options = { title, confirmButtonText: repairText() };
    if (!(await overlays.openConfirm(changesOf(rule), options))) return;
    await save(() => api.patchRule(repairOf(rule)));
  };

  return (
    <Answer asked={rules}>
      {(found) => {
        const rule = bestOf(found);
        return (
          <>
            {rule !== undefined && isDocumented(rule) ? (
              <Present rule={rule} />
            ) : (
              <Missing
                rules={found}
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
      }}
    </Answer>
  );
};
