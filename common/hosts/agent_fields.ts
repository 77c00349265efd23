/**
 * Which documents name a SentinelOne agent, as far as it shows without the table of data streams. Loaded with
 * every page of Kibana, so it is short; a test holds it against the table.
 */

/** Fields with the UUID or id of an agent that no other vendor's documents have, and the observer's number. */
const AGENT_FIELD = /^(observer\.serial_number|sentinel_one.*(agent|endpoint|y\.data)[._](uu)?id)$/;

/** Whether a document names an agent; `flattened` has its fields by their dotted names. */
export const namesAgent = (flattened: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(flattened).some(
    ([field, value]) =>
      value != null &&
      (AGENT_FIELD.test(field) ||
        // Only the integration's own documents have the agent's id in here, and any of these says that they are.
        (flattened['host.id'] &&
          /\.(module|dataset)$/.test(field) &&
          /\bsentinel_one\b/.test(`${value}`)))
  );
