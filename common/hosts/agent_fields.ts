/**
 * Whether a document identifies a SentinelOne agent, decided without the table of data streams. Every page of Kibana
 * loads this file, so it is short; a test compares it with the table.
 */

/** Fields with an agent's UUID or id that only SentinelOne's documents have, and the observer's serial number. */
const AGENT_FIELD = /^(observer\.serial_number|sentinel_one.*(agent|endpoint|y\.data)[._](uu)?id)$/;

/** Whether a document identifies an agent. `flattened` contains its fields by dotted names. */
export const namesAgent = (flattened: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(flattened).some(
    ([field, value]) =>
      value != null &&
      (AGENT_FIELD.test(field) ||
        // `host.id` is the agent's id only in the integration's documents, which one of these fields shows.
        (flattened['host.id'] &&
          /\.(module|dataset)$/.test(field) &&
          /\bsentinel_one\b/.test(`${value}`)))
  );
