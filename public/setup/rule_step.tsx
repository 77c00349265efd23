import { useState, type FC } from 'react';
import { EuiButton, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID } from '../../common/constants';
import { ALERT_DOCUMENTS, RULE_QUERY } from '../../common/setup';
import { describeError, type Problem } from '../api/describe_error';
import { ProblemCallout } from '../api/problem_callout';
import { useServices } from '../services';
import {
  bestOf,
  differencesOf,
  documentedRule,
  hasRun,
  lastError,
  repairOf,
  type DetectionRule,
} from './rule';
import type { SetupApi } from './setup_api';
import { Answer, AppButton, Note, Words } from './step_parts';
import type { Asked } from './steps';

const changeText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.change', {
    defaultMessage:
      'Its index pattern becomes {pattern}, its query {query} without filters, and it is enabled. Everything else stays.',
    values: { pattern: ALERT_DOCUMENTS, query: RULE_QUERY },
  });

const createText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.create', { defaultMessage: 'Create rule' });
const repairText = (): string =>
  i18n.translate('sentineloneResponse.setup.rule.repair', { defaultMessage: 'Repair rule' });

const Found: FC<{ readonly rule: DetectionRule }> = ({ rule }) => {
  const differences = differencesOf(rule);
  const error = lastError(rule);
  return (
    <>
      <Words>
        {i18n.translate('sentineloneResponse.setup.rule.found', {
          defaultMessage: 'The rule is {name}.',
          values: { name: rule.name },
        })}{' '}
        {!hasRun(rule) && rule.enabled
          ? i18n.translate('sentineloneResponse.setup.rule.notRun', {
              defaultMessage: 'It has not run yet; this page looks again by itself.',
            })
          : null}
      </Words>
      {differences.length === 0 ? null : (
        <Note
          title={i18n.translate('sentineloneResponse.setup.rule.differs', {
            defaultMessage: 'It is not what the set-up needs',
          })}
        >
          <EuiText size="s">
            <ul>
              {differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          </EuiText>
        </Note>
      )}
      {error === undefined ? null : (
        <Note
          color="danger"
          title={i18n.translate('sentineloneResponse.setup.rule.failed', {
            defaultMessage: 'Its last run did not succeed',
          })}
        >
          <Words>{error}</Words>
        </Note>
      )}
    </>
  );
};

/** The detection rule: what it is, how it differs, and what makes it right. */
export const RuleStep: FC<{
  readonly rules: Asked<readonly DetectionRule[]>;
  readonly api: Pick<SetupApi, 'createRule' | 'patchRule'>;
  readonly onChanged: () => void;
}> = ({ rules, api, onChanged }) => {
  const { application, http, overlays } = useServices().core;
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const rule = rules?.state === 'answered' ? bestOf(rules.value) : undefined;
  const needsRepair = rule !== undefined && differencesOf(rule).length > 0;

  const change = async () => {
    setProblem(undefined);
    if (rule !== undefined) {
      const title = i18n.translate('sentineloneResponse.setup.rule.confirm', {
        defaultMessage: 'Change the rule {name}?',
        values: { name: rule.name },
      });
      const options = { title, confirmButtonText: repairText() };
      if (!(await overlays.openConfirm(changeText(), options))) return;
    }
    setIsBusy(true);
    try {
      const appUrl = http.basePath.remove(application.getUrlForApp(PLUGIN_ID));
      await (rule === undefined
        ? api.createRule(documentedRule(http.basePath.prepend(appUrl)))
        : api.patchRule(repairOf(rule)));
      onChanged();
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Answer asked={rules}>
      {() => (
        <>
          {rule === undefined ? (
            <Words>
              {i18n.translate('sentineloneResponse.setup.rule.none', {
                defaultMessage:
                  'No rule reads {pattern}. The set-up needs an enabled custom query rule with this index pattern and the query {query}, and nothing else.',
                values: { pattern: ALERT_DOCUMENTS, query: RULE_QUERY },
              })}
            </Words>
          ) : (
            <Found rule={rule} />
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
          {rule === undefined || needsRepair ? (
            <>
              <EuiSpacer size="s" />
              <EuiButton size="s" fill isLoading={isBusy} onClick={() => void change()}>
                {rule === undefined ? createText() : repairText()}
              </EuiButton>
            </>
          ) : (
            <>
              <EuiSpacer size="s" />
              <AppButton app="securitySolutionUI" path={`/rules/id/${rule.id}`}>
                {i18n.translate('sentineloneResponse.setup.rule.open', {
                  defaultMessage: 'Open the rule',
                })}
              </AppButton>
            </>
          )}
        </>
      )}
    </Answer>
  );
};
