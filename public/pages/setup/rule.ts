import { i18n } from '@kbn/i18n';
import { listText } from '../../../common/lib/text';
import { SETUP_RULES, type SetupRule } from '../../../common/hosts/detection_rules';

/** The detection rules of the set-up: the required properties, and how an existing rule differs. */

/** A rule of the detection engine's API (8.12), with the fields that are used. */
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

/** The filter for rules with the index pattern or the query of a rule of the set-up. */
export const RULE_FILTER = SETUP_RULES.flatMap(({ index, query }) => [
  `alert.attributes.params.index: "${index}"`,
  `alert.attributes.params.query: "${query}"`,
]).join(' or ');

const FAILED_STATUSES = ['failed', 'partial failure'];

const hasQuery = ({ query = '' }: DetectionRule, wanted: SetupRule): boolean =>
  query.trim() === wanted.query;

/** Whether a rule has the index pattern or the query of `wanted`. The step of `wanted` shows these rules. */
export const isRelatedTo = (wanted: SetupRule) => (rule: DetectionRule) =>
  (rule.index ?? []).includes(wanted.index) || hasQuery(rule, wanted);

const queryText = (query: string): string =>
  i18n.translate('sentineloneResponse.rule.query', {
    defaultMessage: '{hasQuery, select, true {Its query is {query}} other {It has no query}}',
    values: { hasQuery: String(query !== ''), query },
  });

/** The differences between `rule` and the wanted one, as sentences; empty if there are none. */
export function differencesOf(rule: DetectionRule, wanted: SetupRule): readonly string[] {
  const differences: string[] = [];
  const { index = [], query = '', filters = [] } = rule;
  if (rule.type !== 'query' || (rule.language ?? 'kuery') !== 'kuery') {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherType', {
        defaultMessage:
          '{language, select, none {Its type is {type}} other {Its type is {type} in {language}}}. A custom query rule (query) in KQL (kuery) is required.',
        values: { type: rule.type, language: rule.language ?? 'none' },
      })
    );
  }
  if (rule.data_view_id !== undefined) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.dataView', {
        defaultMessage: 'It uses a data view instead of the index pattern {pattern}.',
        values: { pattern: wanted.index },
      })
    );
  } else if (index.length !== 1 || index[0] !== wanted.index) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherIndex', {
        defaultMessage:
          '{count, plural, =0 {It has no index pattern} other {Its index patterns are {patterns}}}. Only {pattern} is required.',
        values: { count: index.length, patterns: listText(index), pattern: wanted.index },
      })
    );
  }
  if (!hasQuery(rule, wanted) || filters.length > 0) {
    differences.push(
      i18n.translate('sentineloneResponse.rule.otherQuery', {
        defaultMessage:
          '{filters, plural, =0 {{asked}} one {{asked} with # filter} other {{asked} with # filters}}. Only {wanted} is required.',
        values: {
          asked: queryText(query),
          filters: filters.length,
          wanted: wanted.query,
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
  return FAILED_STATUSES.includes(status) ? `${status}: ${message}` : undefined;
}

export const hasRun = ({ execution_summary: summary }: DetectionRule): boolean =>
  summary?.last_execution?.date !== undefined;

/** Whether it is the wanted rule and enabled, regardless of its runs. */
export const matchesSetupRule = (rule: DetectionRule, wanted: SetupRule): boolean =>
  differencesOf(rule, wanted).length === 0;

/** Whether it is the wanted rule, enabled, and its last run had no error. */
export const isEnabledWithoutErrors = (rule: DetectionRule, wanted: SetupRule): boolean =>
  matchesSetupRule(rule, wanted) && lastError(rule) === undefined && hasRun(rule);

/** Whether it is a rule of the set-up, enabled, and its last run had no error. */
export const isWorkingSetupRule = (rule: DetectionRule): boolean =>
  SETUP_RULES.some((wanted) => isEnabledWithoutErrors(rule, wanted));

/**
 * Whether `rule` can be repaired: it differs from the wanted one only by additional patterns and filters, or because it
 * is disabled. Other rules are not changed: Kibana can neither change the type of a rule nor remove its data view, and
 * a narrower query is intended by its author.
 */
export const isRepairable = (rule: DetectionRule, wanted: SetupRule): boolean =>
  !matchesSetupRule(rule, wanted) &&
  rule.type === 'query' &&
  (rule.language ?? 'kuery') === 'kuery' &&
  rule.data_view_id === undefined &&
  (rule.index ?? []).includes(wanted.index) &&
  hasQuery(rule, wanted);

/** The rules, sorted by similarity to the wanted one. */
export function sortByDifference(
  rules: readonly DetectionRule[],
  wanted: SetupRule
): readonly DetectionRule[] {
  const classOf = (rule: DetectionRule): number =>
    [isEnabledWithoutErrors, matchesSetupRule, isRepairable, () => true].findIndex((is) =>
      is(rule, wanted)
    );
  const differences = (rule: DetectionRule) => differencesOf(rule, wanted).length;
  return [...rules].sort((a, b) => classOf(a) - classOf(b) || differences(a) - differences(b));
}

/** The wanted rule, or the most similar one that can be repaired. */
export const bestMatch = (
  rules: readonly DetectionRule[],
  wanted: SetupRule
): DetectionRule | undefined =>
  sortByDifference(
    rules.filter((rule) => matchesSetupRule(rule, wanted) || isRepairable(rule, wanted)),
    wanted
  )[0];

/** The existing rule of the set-up: the documented one, or the one for tenants without STAR. */
export function setupRuleOf(
  rules: readonly DetectionRule[]
): { readonly rule: DetectionRule; readonly wanted: SetupRule } | undefined {
  const found = SETUP_RULES.flatMap((wanted) => {
    const rule = bestMatch(rules, wanted);
    return rule === undefined ? [] : [{ rule, wanted }];
  });
  return found.find(({ rule, wanted }) => matchesSetupRule(rule, wanted)) ?? found[0];
}
