/** The rules of the set-up. */

/** Where the documents of the integration are, to the letter what the rule must read. */
export const ALERT_DOCUMENTS = 'logs-sentinel_one.alert*';
/** What the rule must ask for, to the letter. */
export const RULE_QUERY = 'observer.serial_number:*';

/** What a rule of the set-up reads and asks for, and in which field its documents name an agent. */
export interface SetUpRule {
  readonly index: string;
  readonly query: string;
  readonly agentField: string;
}
/** The documented rule. STAR custom rules fill what it reads. */
export const ALERT_RULE: SetUpRule = {
  index: ALERT_DOCUMENTS,
  query: RULE_QUERY,
  agentField: 'observer.serial_number',
};
/** The rule for tenants without STAR: threats that the agents found, which name the agent elsewhere. */
export const THREAT_RULE: SetUpRule = {
  index: 'logs-sentinel_one.threat*',
  query: 'sentinel_one.threat.agent.id:*',
  agentField: 'sentinel_one.threat.agent.id',
};
export const SET_UP_RULES: readonly SetUpRule[] = [ALERT_RULE, THREAT_RULE];
