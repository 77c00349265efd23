/**
 * Which documents name a SentinelOne agent, as far as it shows without the table of data streams. Loaded with
 * every page of Kibana, so it is short; a test holds it against the table.
 */

/** Fields with the UUID or id of an agent that no other vendor's documents have, and the observer's number. */
const AGENT_FIELD =
  /^(observer\.serial_number|sentinel_one.*(agent|endpoint|activity\.data)[._](uu)?id)$/;
/** Says that a document is one of the integration's: only these have the agent's id in `host.id`. */
const ORIGIN_FIELD = /^(event|data_stream)\.(module|dataset)$/;

/** Whether a document names an agent; `flattened` has its fields by their dotted names. */
export const namesAgent = (flattened: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(flattened).some(
    ([field, value]) =>
      value != null &&
      (AGENT_FIELD.test(field) ||
        (flattened['host.id'] != null &&
          ORIGIN_FIELD.test(field) &&
          /\bsentinel_one\b/.test(`${value}`)))
  );
