import { actionOfSubAction } from '../../common/actions/catalogue';
import { LIMITS } from '../../common/lib/constants';
import type { Source } from '../alerts/read_field';
import { hostsOfRuleAlerts } from './hosts_of_rule_alerts';
import { ruleComment } from './rule_comment';

/**
 * What a rule's action is executed with. The rule's author writes the comment; the hosts are those of
 * the rule's alerts, every distinct one, by UUID and agent id, and whatever else the author (or an API
 * call) put there is dropped: a rule can act on nothing but the hosts of its own alerts. Hosts that the alerts name
 * in a way that cannot be trusted are passed on to be recorded as refused.
 */

const isRecord = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The alerts that Kibana 8.12 hands to a rule's action, alike for single alerts and for summaries. */
function alertsIn(variables: Source): readonly Source[] {
  const { context } = variables;
  const alerts = isRecord(context) ? context.alerts : undefined;
  return Array.isArray(alerts) ? alerts.filter(isRecord) : [];
}

/** How many alerts the rule found; a summary hands over only the first hundred of them. */
function countIn(variables: Source, handedOver: number): number {
  const { state } = variables;
  const count = isRecord(state) ? state.signals_count : undefined;
  return typeof count === 'number' && count > handedOver ? count : handedOver;
}

const idOf = (alert: Source): string | undefined =>
  [alert._id, alert['kibana.alert.uuid']].find(
    (id): id is string => typeof id === 'string' && /^\S{1,512}$/.test(id)
  );

/**
 * The actions framework's `renderParameterTemplates`. `variables` is what the alerting framework offers
 * to a rule's actions. Never throws: parameters that make no sense are refused by the sub-action.
 */
export function renderParameters(
  params: Record<string, unknown>,
  variables: Record<string, unknown>
): Record<string, unknown> {
  if (actionOfSubAction(params.subAction) === undefined) return params;
  const author = isRecord(params.subActionParams) ? params.subActionParams : {};
  const alerts = alertsIn(variables);
  const count = countIn(variables, alerts.length);
  const { hosts, refusedHosts, ...named } = hostsOfRuleAlerts(alerts);
  const withoutAgent = count - alerts.length + named.withoutAgent;
  const comment = ruleComment(author.comment, variables, { total: count, withoutAgent });
  const ids = [...new Set(alerts.flatMap((alert) => idOf(alert) ?? []))];
  const alertIds = ids.slice(0, LIMITS.alertsPerAction);
  // A rule cannot say why a protected host is isolated. Dropped, nobody would learn that; so it is refused.
  const refused = 'overrideComment' in author ? { overrideComment: null } : {};
  const unusable = refusedHosts.length === 0 ? {} : { refusedHosts };
  const subActionParams = { hosts, comment, alertIds, ...unusable, ...refused };
  return { subAction: params.subAction, subActionParams };
}
