/** Fields of documents that name a SentinelOne agent. */

/** Holds the agent's UUID in documents of the SentinelOne integration. */
export const AGENT_UUID_FIELD = 'observer.serial_number';
/** Fields that hold the agent's management id, in the order in which they are believed. */
export const AGENT_ID_FIELDS: readonly string[] = [
  'sentinel_one.alert.agent.id',
  'sentinel_one.threat.agent.id',
];
