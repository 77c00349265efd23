import type { FC } from 'react';
import { EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { SetupRule } from '../../../common/hosts/detection_rules';
import { differencesOf, hasRun, matchesSetupRule, lastError, type DetectionRule } from './rule';
import { Note, StepText } from './step_parts';
import { listText } from '../../../common/lib/text';

/** The changes that repair a rule; everything else of it stays. */
export const repairOf = (
  { id }: DetectionRule,
  { index, query }: SetupRule
): Record<string, unknown> => ({
  id,
  type: 'query',
  language: 'kuery',
  index: [index],
  query,
  filters: [],
  enabled: true,
});

/** What the repair changes of `rule`, in sentences for the confirmation. */
export function changesOf(
  { index = [], filters = [], enabled }: DetectionRule,
  wanted: SetupRule
): string {
  const others = index.filter((pattern) => pattern !== wanted.index);
  const changes = [
    others.length === 0
      ? []
      : i18n.translate('sentineloneResponse.rule.change.index', {
          defaultMessage:
            '{count, plural, one {The index pattern {patterns} is} other {The index patterns {patterns} are}} removed, so that {pattern} is left.',
          values: { count: others.length, patterns: listText(others), pattern: wanted.index },
        }),
    filters.length === 0
      ? []
      : i18n.translate('sentineloneResponse.rule.change.filters', {
          defaultMessage: '{count, plural, one {Its filter is} other {Its # filters are}} removed.',
          values: { count: filters.length },
        }),
    enabled
      ? []
      : i18n.translate('sentineloneResponse.rule.change.enabled', {
          defaultMessage: 'It is enabled.',
        }),
    i18n.translate('sentineloneResponse.rule.change.rest', {
      defaultMessage:
        'Everything else stays the same. If the rule is needed as it is, cancel and create another one.',
    }),
  ];
  return changes.flat().join(' ');
}

const Differences: FC<{
  readonly rule: DetectionRule;
  readonly wanted: SetupRule;
  readonly title: string;
}> = ({ rule, wanted, title }) => (
  <Note title={title}>
    <EuiText size="s">
      <ul>
        {differencesOf(rule, wanted).map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
    </EuiText>
  </Note>
);

/** A rule of the set-up: its name, how it differs from the wanted one, and the result of its last run. */
export const RuleFound: FC<{ readonly rule: DetectionRule; readonly wanted: SetupRule }> = ({
  rule,
  wanted,
}) => {
  const error = lastError(rule);
  const isRight = matchesSetupRule(rule, wanted);
  return (
    <>
      <StepText>
        {i18n.translate('sentineloneResponse.setup.rule.found', {
          defaultMessage: 'The rule is {name}.',
          values: { name: rule.name },
        })}{' '}
        {!hasRun(rule) && isRight
          ? i18n.translate('sentineloneResponse.setup.rule.notRun', {
              defaultMessage: 'It has not run yet. This page updates automatically.',
            })
          : null}
      </StepText>
      {isRight ? null : (
        <Differences
          rule={rule}
          wanted={wanted}
          title={i18n.translate('sentineloneResponse.setup.rule.differs', {
            defaultMessage: 'The rule must be changed',
          })}
        />
      )}
      {error === undefined ? null : (
        <Note
          color="danger"
          title={i18n.translate('sentineloneResponse.setup.rule.failed', {
            defaultMessage: 'The last run failed',
          })}
        >
          <StepText>{error}</StepText>
        </Note>
      )}
    </>
  );
};

/** The maximum of other rules that are listed; a SOC may have any number. */
const NAMED = 3;

/** Other rules, which the set-up does not change: their names, and why they are not suitable. */
export const OtherRules: FC<{
  readonly rules: readonly DetectionRule[];
  readonly wanted: SetupRule;
}> = ({ rules, wanted }) => (
  <>
    {rules.slice(0, NAMED).map((rule) => (
      <Differences
        key={rule.id}
        rule={rule}
        wanted={wanted}
        title={i18n.translate('sentineloneResponse.setup.rule.other', {
          defaultMessage: 'Other rule, not changed: {name}',
          values: { name: rule.name },
        })}
      />
    ))}
    {rules.length <= NAMED ? null : (
      <StepText>
        {i18n.translate('sentineloneResponse.setup.rule.moreOthers', {
          defaultMessage:
            '{count, plural, one {# more rule uses} other {# more rules use}} this index pattern or this query.',
          values: { count: rules.length - NAMED },
        })}
      </StepText>
    )}
  </>
);
