/** Fields of documents that name a SentinelOne agent. Loaded with every page of Kibana. */

/** Holds the agent's UUID in documents of the SentinelOne integration. */
export const AGENT_UUID_FIELD = 'observer.serial_number';

/**
 * Fields of a document that hold the agent's management id, in the order in which they are believed. `read`
 * gives what the document has at a field, as a value or a list.
 */
export const agentIdFieldsOf = (read: (field: string) => unknown): readonly string[] => [
  'sentinel_one.alert.agent.id',
  'sentinel_one.threat.agent.id',
  // Only the integration's own documents have it in here, and any of these says that they are.
  ...(['event.module', 'event.dataset', 'data_stream.dataset'].some((field) =>
    /^sentinel_one\b/.test(`${read(field)}`)
  )
    ? ['host.id']
    : []),
];
