import { type FC } from 'react';
import { EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { SetUpRule } from '../../../common/hosts/set_up_rules';
import { differencesOf, hasRun, isAsWanted, lastError, type DetectionRule } from './rule';
import { Note, Words } from './step_parts';

const Differences: FC<{
  readonly rule: DetectionRule;
  readonly wanted: SetUpRule;
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

/** A rule of the set-up: its name, in what it is not yet as wanted, how its last run went. */
export const RuleFound: FC<{ readonly rule: DetectionRule; readonly wanted: SetUpRule }> = ({
  rule,
  wanted,
}) => {
  const error = lastError(rule);
  const isRight = isAsWanted(rule, wanted);
  return (
    <>
      <Words>
        {i18n.translate('sentineloneResponse.setup.rule.found', {
          defaultMessage: 'The rule is {name}.',
          values: { name: rule.name },
        })}{' '}
        {!hasRun(rule) && isRight
          ? i18n.translate('sentineloneResponse.setup.rule.notRun', {
              defaultMessage: 'It has not run yet. This page updates automatically.',
            })
          : null}
      </Words>
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
          <Words>{error}</Words>
        </Note>
      )}
    </>
  );
};

/** So many rules of others are named; a SOC may have any number. */
const NAMED = 3;

/** Rules that are not the set-up's and that it leaves alone: what they are called, and why they will not do. */
export const OtherRules: FC<{
  readonly rules: readonly DetectionRule[];
  readonly wanted: SetUpRule;
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
      <Words>
        {i18n.translate('sentineloneResponse.setup.rule.moreOthers', {
          defaultMessage:
            '{count, plural, one {# more rule uses} other {# more rules use}} this index pattern or this query.',
          values: { count: rules.length - NAMED },
        })}
      </Words>
    )}
  </>
);
