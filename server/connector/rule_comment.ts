import { i18n } from '@kbn/i18n';
import { renderMustacheObject } from '@kbn/actions-plugin/server/lib/mustache_renderer';
import { LIMITS } from '../../common/lib/constants';
import { cutText } from '../../common/lib/text';
import { visibleLines } from '../../common/lib/visible_text';
import type { Source } from '../alerts/read_field';

/** How many alerts a rule's action is for, and how many of them it can't act on. */
export interface AlertCounts {
  /** All alerts that the rule found. */
  readonly total: number;
  /** Those that name no agent or were not handed over. */
  readonly withoutAgent: number;
}

const isRecord = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (holder: unknown, key: string): string | undefined => {
  const value = isRecord(holder) ? holder[key] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/** What stands for a comment that comes out empty. */
function defaultComment(variables: Source, count: number): string {
  const name = textIn(variables.rule, 'name') ?? textIn(variables, 'alertName');
  return name === undefined
    ? i18n.translate('sentineloneResponse.ruleComment.unnamedRule', {
        defaultMessage: 'Detection rule: {count, plural, one {# alert} other {# alerts}}',
        values: { count },
      })
    : i18n.translate('sentineloneResponse.ruleComment.rule', {
        defaultMessage: 'Rule "{name}": {count, plural, one {# alert} other {# alerts}}',
        values: { name, count },
      });
}

/**
 * Fills in message variables with the function that Kibana itself calls for connector types without a
 * rendering of their own (`renderActionParameterTemplates` in the actions plugin, 8.12.2): dotted names,
 * objects as JSON, `asJSON`, and the functions FormatDate, FormatNumber, EvalMath and ParseHjson. A template
 * that can't be rendered becomes Kibana's own error text. Undefined for variables that can't be read at all.
 */
function render(template: string, variables: Source): string | undefined {
  try {
    return renderMustacheObject({ comment: template }, variables).comment;
  } catch {
    return undefined;
  }
}

/** Of Windows' line breaks a cut could leave half, which no comment may hold. */
const acceptable = (text: string): string => visibleLines(text.replace(/\r\n/g, '\n')).trim();

/**
 * The comment of a rule's action: what its author wrote, with Kibana's message variables filled in, and a
 * note about alerts that the action does not cover. It is always a comment that the sub-action accepts:
 * never empty, at most `LIMITS.comment` characters, control characters as escapes. Never throws.
 */
export function ruleComment(written: unknown, variables: Source, alerts: AlertCounts): string {
  const { total, withoutAgent } = alerts;
  const rendered = typeof written === 'string' ? (render(written, variables) ?? written) : '';
  const author = acceptable(rendered);
  const comment = author === '' ? acceptable(defaultComment(variables, total)) : author;
  const note =
    withoutAgent > 0
      ? ` (${withoutAgent} of ${total} alerts named no SentinelOne agent or were not handed over)`
      : '';
  return `${cutText(comment, LIMITS.comment - note.length)}${note}`;
}
