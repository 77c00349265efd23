import { i18n } from '@kbn/i18n';
import { ALERT_DOCUMENTS, RULE_QUERY } from '../../common/setup';

/** The detection rule of the set-up: what it must be, and how one that is there differs. */

/** A rule as the detection engine's API has it (8.12), as far as it is used. */
export interface DetectionRule {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly index?: readonly string[];
  readonly data_view_id?: string;
  readonly query?: string;
  readonly language?: string;
  readonly filters?: readonly unknown[];
  readonly execution_summary?: {
    readonly last_execution?: {
      readonly date?: string;
      readonly status?: string;
      readonly message?: string;
    };
  };
}

/** Finds rules that read the integration's alerts or ask the documented query. */
export const RULE_FILTER = [
  `alert.attributes.params.index: "${ALERT_DOCUMENTS}"`,
  `alert.attributes.params.query: "${RULE_QUERY}"`,
].join(' or ');

const BAD_ENDS = ['failed', 'partial failure'];

const asksDocumentedQuery = ({ query = '' }: DetectionRule): boolean => query.trim() === RULE_QUERY;

/** In what `rule` differs from the documented one, in sentences; empty when in nothing. */
export function differencesOf(rule: DetectionRule): readonly string[] {
  const differences: string[] = [];
  const { index = [], query = '', filters = [] } = rule;
  if (rule.type !== 'query' || (rule.language ?? 'kuery') !== 'kuery') {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherType', {
        defaultMessage:
          'Its type is {type}{language, select, none {} other { in {language}}}; the set-up needs a custom query rule (query) in KQL (kuery).',
        values: { type: rule.type, language: rule.language ?? 'none' },
      })
    );
  }
  if (rule.data_view_id !== undefined) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.dataView', {
        defaultMessage: 'It reads a data view in place of the index pattern {pattern}.',
        values: { pattern: ALERT_DOCUMENTS },
      })
    );
  } else if (index.length !== 1 || index[0] !== ALERT_DOCUMENTS) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherIndex', {
        defaultMessage:
          '{count, plural, =0 {It has no index pattern} other {Its index patterns are {patterns}}}; the set-up needs {pattern} and no other.',
        values: { count: index.length, patterns: index.join(', '), pattern: ALERT_DOCUMENTS },
      })
    );
  }
  if (!asksDocumentedQuery(rule) || filters.length > 0) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherQuery', {
        defaultMessage:
          '{hasQuery, select, true {Its query is {query}} other {It has no query of its own}}{filters, plural, =0 {} one { with # filter} other { with # filters}}; the set-up needs {wanted} alone.',
        values: {
          hasQuery: String(query !== ''),
          query,
          filters: filters.length,
          wanted: RULE_QUERY,
        },
      })
    );
  }
  if (!rule.enabled) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.disabled', { defaultMessage: 'It is disabled.' })
    );
  }
  return differences;
}

/** The error of its last run, or undefined. */
export function lastError({ execution_summary: summary }: DetectionRule): string | undefined {
  const { status = '', message = '' } = summary?.last_execution ?? {};
  return BAD_ENDS.includes(status) ? `${status}: ${message}` : undefined;
}

export const hasRun = ({ execution_summary: summary }: DetectionRule): boolean =>
  summary?.last_execution?.date !== undefined;

/** Whether it is the documented rule and enabled, however its runs go. */
export const isDocumented = (rule: DetectionRule): boolean => differencesOf(rule).length === 0;

/** Whether it is the documented rule, enabled, and its last run brought no error. */
export const isFine = (rule: DetectionRule): boolean =>
  isDocumented(rule) && lastError(rule) === undefined && hasRun(rule);

/**
 * Whether `rule` is the documented one but for patterns and filters beside what it needs, or for being disabled.
 * All others are somebody's own: Kibana changes the type of none and takes no data view from one, and a narrower
 * query is what its author meant.
 */
export const isRepairable = (rule: DetectionRule): boolean =>
  !isDocumented(rule) &&
  rule.type === 'query' &&
  (rule.language ?? 'kuery') === 'kuery' &&
  rule.data_view_id === undefined &&
  (rule.index ?? []).includes(ALERT_DOCUMENTS) &&
  asksDocumentedQuery(rule);

/** The rules, from the one that comes closest to the documented one. */
export function closestFirst(rules: readonly DetectionRule[]): readonly DetectionRule[] {
  const classOf = (rule: DetectionRule): number =>
    [isFine, isDocumented, isRepairable, () => true].findIndex((is) => is(rule));
  return [...rules].sort(
    (a, b) => classOf(a) - classOf(b) || differencesOf(a).length - differencesOf(b).length
  );
}

/** The rule of the set-up: the documented one, or the closest that can be made it. */
export const bestOf = (rules: readonly DetectionRule[]): DetectionRule | undefined =>
  closestFirst(rules.filter((rule) => isDocumented(rule) || isRepairable(rule)))[0];
