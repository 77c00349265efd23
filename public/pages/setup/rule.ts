import { i18n } from '@kbn/i18n';
import { listText } from '../../../common/lib/text';
import { SET_UP_RULES, type SetUpRule } from '../../../common/hosts/detection_rules';

/** The detection rules of the set-up: what each must be, and how one that is there differs. */

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

/** Finds rules that read what a rule of the set-up reads, or ask its query. */
export const RULE_FILTER = SET_UP_RULES.flatMap(({ index, query }) => [
  `alert.attributes.params.index: "${index}"`,
  `alert.attributes.params.query: "${query}"`,
]).join(' or ');

const BAD_ENDS = ['failed', 'partial failure'];

const asksQuery = ({ query = '' }: DetectionRule, wanted: SetUpRule): boolean =>
  query.trim() === wanted.query;

/** Whether a rule reads what `wanted` reads, or asks its query: those that the step of `wanted` is about. */
export const concerns = (wanted: SetUpRule) => (rule: DetectionRule) =>
  (rule.index ?? []).includes(wanted.index) || asksQuery(rule, wanted);

const queryText = (query: string): string =>
  i18n.translate('sentineloneResponse.rule.query', {
    defaultMessage: '{hasQuery, select, true {Its query is {query}} other {It has no query}}',
    values: { hasQuery: String(query !== ''), query },
  });

/** In what `rule` differs from the wanted one, in sentences; empty when in nothing. */
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

/** Whether it is the wanted rule and enabled, however its runs go. */
export const isAsWanted = (rule: DetectionRule, wanted: SetUpRule): boolean =>
  differencesOf(rule, wanted).length === 0;

/** Whether it is the wanted rule, enabled, and its last run brought no error. */
export const isFine = (rule: DetectionRule, wanted: SetUpRule): boolean =>
  isAsWanted(rule, wanted) && lastError(rule) === undefined && hasRun(rule);

/** Whether it is a rule of the set-up, enabled, and its last run brought no error. */
export const isFineRule = (rule: DetectionRule): boolean =>
  SET_UP_RULES.some((wanted) => isFine(rule, wanted));

/**
 * Whether `rule` is the wanted one but for patterns and filters beside what it needs, or for being disabled.
 * All others are somebody's own: Kibana changes the type of none and takes no data view from one, and a narrower
 * query is what its author meant.
 */
export const isRepairable = (rule: DetectionRule, wanted: SetUpRule): boolean =>
  !isAsWanted(rule, wanted) &&
  rule.type === 'query' &&
  (rule.language ?? 'kuery') === 'kuery' &&
  rule.data_view_id === undefined &&
  (rule.index ?? []).includes(wanted.index) &&
  asksQuery(rule, wanted);

/** The rules, from the one that comes closest to the wanted one. */
export function closestFirst(
  rules: readonly DetectionRule[],
  wanted: SetUpRule
): readonly DetectionRule[] {
  const classOf = (rule: DetectionRule): number =>
    [isFine, isAsWanted, isRepairable, () => true].findIndex((is) => is(rule, wanted));
  const differences = (rule: DetectionRule) => differencesOf(rule, wanted).length;
  return [...rules].sort((a, b) => classOf(a) - classOf(b) || differences(a) - differences(b));
}

/** The wanted rule, or the closest that can be made it. */
export const bestOf = (
  rules: readonly DetectionRule[],
  wanted: SetUpRule
): DetectionRule | undefined =>
  closestFirst(
    rules.filter((rule) => isAsWanted(rule, wanted) || isRepairable(rule, wanted)),
    wanted
  )[0];

/** The rule of the set-up that is there: the documented one, or the one for tenants without STAR. */
export function ruleOfSetUp(
  rules: readonly DetectionRule[]
): { readonly rule: DetectionRule; readonly wanted: SetUpRule } | undefined {
  const found = SET_UP_RULES.flatMap((wanted) => {
    const rule = bestOf(rules, wanted);
    return rule === undefined ? [] : [{ rule, wanted }];
  });
  return found.find(({ rule, wanted }) => isAsWanted(rule, wanted)) ?? found[0];
}
