/** The detection rules that the set-up uses. */

/** The exact index pattern that the documented rule reads. */
export const ALERT_DOCUMENTS = 'logs-sentinel_one.alert*';
/** The exact query of the documented rule. */
export const RULE_QUERY = 'observer.serial_number:*';

/** Index pattern and query of a rule, and the field that identifies the agent in its documents. */
export interface SetupRule {
  readonly index: string;
  readonly query: string;
  readonly agentField: string;
}
/** The documented rule. STAR custom rules create the documents that it reads. */
export const ALERT_RULE: SetupRule = {
  index: ALERT_DOCUMENTS,
  query: RULE_QUERY,
  agentField: 'observer.serial_number',
};
/** The rule for tenants without STAR: threats that agents detect, with the agent in another field. */
export const THREAT_RULE: SetupRule = {
  index: 'logs-sentinel_one.threat*',
  query: 'sentinel_one.threat.agent.id:*',
  agentField: 'sentinel_one.threat.agent.id',
};
export const SETUP_RULES: readonly SetupRule[] = [ALERT_RULE, THREAT_RULE];
