import { i18n } from '@kbn/i18n';
import { listText } from '../../../common/lib/list_text';
import type { SetUpRule } from '../../../common/hosts/set_up_rules';
import type { DetectionRule } from './rule';

/** What makes a rule that is repairable the wanted one; everything else of it stays. */
export const repairOf = (
  { id }: DetectionRule,
  { index, query }: SetUpRule
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
  wanted: SetUpRule
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
