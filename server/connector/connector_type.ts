import type { SubActionConnectorType } from '@kbn/actions-plugin/server';
import { ValidatorType } from '@kbn/actions-plugin/server/sub_action_framework/types';
import {
  connectorConfigCodec,
  connectorSecretsCodec,
  type ConnectorConfig,
  type ConnectorSecrets,
} from '../../common/api/connector';
import { CONNECTOR_TYPE_ID, CONNECTOR_TYPE_TITLE, LIMITS } from '../../common/lib/constants';
import { throwingSchema } from '../kibana/validation';
import type { ConnectorPorts } from './ports';
import { SentinelOneResponseConnector } from './sentinelone_response_connector';
import type { Logger } from '@kbn/core/server';
import { actionOfSubAction } from '../../common/actions/catalogue';
import { releaseTimeFields } from '../../common/api/release_time';
import type { Source } from '../alerts/alert_document';
import { hostsOfRuleAlerts } from './hosts_of_rule_alerts';
import { isRecord } from '../../common/lib/is_record';
import { i18n } from '@kbn/i18n';
import { renderMustacheObject } from '@kbn/actions-plugin/server/lib/mustache_renderer';
import { cutText, visibleLines } from '../../common/lib/text';

/** The number of alerts of a rule's action, and how many of them have no host on which it can act. */
export interface AlertCounts {
  /** All alerts that the rule found. */
  readonly total: number;
  /** Alerts that name no agent or were not passed to the action. */
  readonly withoutAgent: number;
}

const textIn = (holder: unknown, key: string): string | undefined => {
  const value = isRecord(holder) ? holder[key] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/** The comment that replaces an empty one. */
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
 * Fills in message variables with the function that Kibana calls for connector types without their own rendering
 * (`renderActionParameterTemplates` in the actions plugin, 8.12.2): dotted names, objects as JSON, `asJSON`, and the
 * functions FormatDate, FormatNumber, EvalMath and ParseHjson. A template that can't be rendered becomes Kibana's own
 * error text. Undefined for variables that can't be read at all.
 */
function render(template: string, variables: Source): string | undefined {
  try {
    return renderMustacheObject({ comment: template }, variables).comment;
  } catch {
    return undefined;
  }
}

/** Windows' line breaks are replaced, because truncation could leave half of one, which is not allowed in a comment. */
const acceptable = (text: string): string => visibleLines(text.replace(/\r\n/g, '\n')).trim();

/**
 * The comment of a rule's action: the author's text with Kibana's message variables filled in, and a note about alerts
 * that the action does not cover. The sub-action always accepts it: never empty, at most `LIMITS.comment` characters,
 * control characters as escapes. Never throws.
 */
export function ruleComment(written: unknown, variables: Source, alerts: AlertCounts): string {
  const { total, withoutAgent } = alerts;
  const rendered = typeof written === 'string' ? (render(written, variables) ?? written) : '';
  const author = acceptable(rendered);
  const comment = author === '' ? acceptable(defaultComment(variables, total)) : author;
  const note =
    withoutAgent > 0
      ? ` (${withoutAgent} of ${total} alerts named no SentinelOne agent or were not passed to the action)`
      : '';
  return `${cutText(comment, LIMITS.comment - note.length)}${note}`;
}

/**
 * Returns the parameters of a rule's action. The rule's author writes the comment and sets when an isolation ends. The
 * hosts are the distinct hosts of the rule's alerts, by UUID and agent id. Any other parameter of the author or of an
 * API call is ignored, so that a rule acts only on the hosts of its own alerts. Hosts whose identification in the
 * alerts is unreliable are passed on and recorded as refused.
 */

/** The alerts that Kibana 8.12 passes to a rule's action, in the same form for single alerts and summaries. */
function alertsIn(variables: Source): readonly Source[] {
  const { context } = variables;
  const alerts = isRecord(context) ? context.alerts : undefined;
  return Array.isArray(alerts) ? alerts.filter(isRecord) : [];
}

/** The number of alerts of the rule. A summary contains only the first hundred of them. */
function countIn(variables: Source, handedOver: number): number {
  const { state } = variables;
  const count = isRecord(state) ? state.signals_count : undefined;
  return typeof count === 'number' && count > handedOver ? count : handedOver;
}

const idOf = (alert: Source): string | undefined =>
  [alert._id, alert['kibana.alert.uuid']].find(
    (id): id is string => typeof id === 'string' && /^\S{1,512}$/.test(id)
  );

type Rendering = readonly [params: Source, variables: Source, actionId?: string];
type RenderArguments = Rendering | readonly [Logger, ...Rendering];

const startsWithLogger = (args: RenderArguments): args is readonly [Logger, ...Rendering] =>
  typeof (args[0] as Partial<Logger>).debug === 'function';

/**
 * The actions framework's `renderParameterTemplates`, with or without the logger in front (8.13). The variables are
 * those that the alerting framework provides to a rule's actions. Never throws: invalid parameters are refused by the
 * sub-action.
 */
export function renderParameters(...args: RenderArguments): Record<string, unknown> {
  const [params, variables] = startsWithLogger(args) ? [args[1], args[2]] : args;
  if (actionOfSubAction(params.subAction) === undefined) return params;
  const author = isRecord(params.subActionParams) ? params.subActionParams : {};
  const alerts = alertsIn(variables);
  const count = countIn(variables, alerts.length);
  const { hosts, refusedHosts, ...named } = hostsOfRuleAlerts(alerts);
  const withoutAgent = count - alerts.length + named.withoutAgent;
  const comment = ruleComment(author.comment, variables, { total: count, withoutAgent });
  const ids = [...new Set(alerts.flatMap((alert) => idOf(alert) ?? []))];
  const alertIds = ids.slice(0, LIMITS.alertsPerAction);
  // A rule cannot override protection. Ignoring the parameter would hide that, so the request is refused.
  const refused = 'overrideComment' in author ? { overrideComment: null } : {};
  const unusable = refusedHosts.length === 0 ? {} : { refusedHosts };
  const releaseTime = Object.fromEntries(
    Object.keys(releaseTimeFields).flatMap((field) =>
      field in author ? [[field, author[field]]] : []
    )
  );
  const subActionParams = { hosts, comment, alertIds, ...releaseTime, ...unusable, ...refused };
  return { subAction: params.subAction, subActionParams };
}

/**
 * The connector type for Kibana's Actions framework. `portsReady` resolves once Kibana has started. Gold is the lowest
 * licence that Kibana accepts for a third party's connector type.
 */
export function connectorType(
  portsReady: () => Promise<ConnectorPorts>
): SubActionConnectorType<ConnectorConfig, ConnectorSecrets> {
  return {
    id: CONNECTOR_TYPE_ID,
    name: CONNECTOR_TYPE_TITLE,
    minimumLicenseRequired: 'gold',
    supportedFeatureIds: ['siem'],
    schema: {
      config: throwingSchema(connectorConfigCodec),
      secrets: throwingSchema(connectorSecretsCodec),
    },
    validators: [
      {
        type: ValidatorType.CONFIG,
        validator: ({ url }, { configurationUtilities }) => {
          configurationUtilities.ensureUriAllowed(url);
        },
      },
    ],
    renderParameterTemplates: renderParameters,
    getService: (params) => new SentinelOneResponseConnector(params, portsReady),
  };
}
