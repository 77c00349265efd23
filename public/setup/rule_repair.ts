import { i18n } from '@kbn/i18n';
import { ALERT_DOCUMENTS, RULE_QUERY } from '../../common/setup';
import type { DetectionRule } from './rule';

/** What makes a rule that is repairable the documented one; everything else of it stays. */
export const repairOf = ({ id }: DetectionRule): Record<string, unknown> => ({
  id,
  type: 'query',
  language: 'kuery',
  index: [ALERT_DOCUMENTS],
  query: RULE_QUERY,
  filters: [],
  enabled: true,
});

/** What the repair changes of `rule`, in sentences for whoever is asked whether to. */
export function changesOf({ index = [], filters = [], enabled }: DetectionRule): string {
  const others = index.filter((pattern) => pattern !== ALERT_DOCUMENTS);
  const changes = [
    others.length === 0
      ? []
      : i18n.translate('sentineloneResponse.rule.change.index', {
          defaultMessage:
            '{count, plural, one {The index pattern {patterns} is} other {The index patterns {patterns} are}} removed, so that {pattern} is left.',
          values: { count: others.length, patterns: others.join(', '), pattern: ALERT_DOCUMENTS },
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
          defaultMessage: 'It is switched on.',
        }),
    i18n.translate('sentineloneResponse.rule.change.rest', {
      defaultMessage:
        'Everything else stays. If somebody needs the rule as it is, cancel and create one beside it.',
    }),
  ];
  return changes.flat().join(' ');
}
