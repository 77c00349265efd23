import { i18n } from '@kbn/i18n';
import { listText } from '../../../common/lib/text';
import { SET_UP_RULES, type SetUpRule } from '../../../common/hosts/detection_rules';

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
export const RULE_FILTER = SET_UP_RULES.flatMap(({ index, query }) => [
  `alert.attributes.params.index: "${index}"`,
  `alert.attributes.params.query: "${query}"`,
]).join(' or ');

const BAD_ENDS = ['failed', 'partial failure'];

const asksQuery = ({ query = '' }: DetectionRule, wanted: SetUpRule): boolean =>
  query.trim() === wanted.query;

/** Whether a rule has the index pattern or the query of `wanted`. The step of `wanted` shows these rules. */
export const concerns = (wanted: SetUpRule) => (rule: DetectionRule) =>
  (rule.index ?? []).includes(wanted.index) || asksQuery(rule, wanted);

const queryText = (query: string): string =>
  i18n.translate('sentineloneResponse.rule.query', {
    defaultMessage: '{hasQuery, select, true {Its query is {query}} other {It has no query}}',
    values: { hasQuery: String(query !== ''), query },
  });

/** The differences between `rule` and the wanted one, as sentences; empty if there are none. */
export function differencesOf(rule: DetectionRule, wanted: SetUpRule): readonly string[] {
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
  if (!asksQuery(rule, wanted) || filters.length > 0) {
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
  return BAD_ENDS.includes(status) ? `${status}: ${message}` : undefined;
}

export const hasRun = ({ execution_summary: summary }: DetectionRule): boolean =>
  summary?.last_execution?.date !== undefined;

/** Whether it is the wanted rule and enabled, regardless of its runs. */
export const isAsWanted = (rule: DetectionRule, wanted: SetUpRule): boolean =>
  differencesOf(rule, wanted).length === 0;

/** Whether it is the wanted rule, enabled, and its last run had no error. */
export const isFine = (rule: DetectionRule, wanted: SetUpRule): boolean =>
  isAsWanted(rule, wanted) && lastError(rule) === undefined && hasRun(rule);

/** Whether it is a rule of the set-up, enabled, and its last run had no error. */
export const isFineRule = (rule: DetectionRule): boolean =>
  SET_UP_RULES.some((wanted) => isFine(rule, wanted));

/**
 * Whether `rule` can be repaired: it differs from the wanted one only by additional patterns and filters, or because it
 * is disabled. Other rules are not changed: Kibana can neither change the type of a rule nor remove its data view, and
 * a narrower query is intended by its author.
 */
export const isRepairable = (rule: DetectionRule, wanted: SetUpRule): boolean =>
  !isAsWanted(rule, wanted) &&
  rule.type === 'query' &&
  (rule.language ?? 'kuery') === 'kuery' &&
  rule.data_view_id === undefined &&
  (rule.index ?? []).includes(wanted.index) &&
  asksQuery(rule, wanted);

/** The rules, sorted by similarity to the wanted one. */
export function closestFirst(
  rules: readonly DetectionRule[],
  wanted: SetUpRule
): readonly DetectionRule[] {
  const classOf = (rule: DetectionRule): number =>
    [isFine, isAsWanted, isRepairable, () => true].findIndex((is) => is(rule, wanted));
  const differences = (rule: DetectionRule) => differencesOf(rule, wanted).length;
  return [...rules].sort((a, b) => classOf(a) - classOf(b) || differences(a) - differences(b));
}

/** The wanted rule, or the most similar one that can be repaired. */
export const bestOf = (
  rules: readonly DetectionRule[],
  wanted: SetUpRule
): DetectionRule | undefined =>
  closestFirst(
    rules.filter((rule) => isAsWanted(rule, wanted) || isRepairable(rule, wanted)),
    wanted
  )[0];

/** The existing rule of the set-up: the documented one, or the one for tenants without STAR. */
export function ruleOfSetUp(
  rules: readonly DetectionRule[]
): { readonly rule: DetectionRule; readonly wanted: SetUpRule } | undefined {
  const found = SET_UP_RULES.flatMap((wanted) => {
    const rule = bestOf(rules, wanted);
    return rule === undefined ? [] : [{ rule, wanted }];
  });
  return found.find(({ rule, wanted }) => isAsWanted(rule, wanted)) ?? found[0];
}
