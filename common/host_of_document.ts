import { agentIdCodec, agentUuidCodec } from './agent';
import { AGENT_UUID_FIELD, agentIdFieldsOf } from './agent_fields';

/** Which host a document speaks of: an alert's or any other that carries a SentinelOne agent. */

/** The first non-blank text at a field of the document, by its dotted name, or null. */
export type ReadText = (field: string) => string | null;

export interface DocumentHost {
  readonly hostName: string | null;
  readonly agentUuid: string | null;
  readonly agentId: string | null;
}

const HOST_NAME_FIELDS = ['host.name', 'sentinel_one.alert.agent.computer_name'] as const;

const firstOf = (read: ReadText, fields: readonly string[]): string | null => {
  for (const field of fields) {
    const value = read(field);
    if (value !== null) return value;
  }
  return null;
};

/** The host of a document. A value that is no UUID or id is none: it must not reach SentinelOne. */
export function hostOfDocument(read: ReadText): DocumentHost {
  const uuid = read(AGENT_UUID_FIELD);
  const id = firstOf(read, agentIdFieldsOf(read));
  return {
    hostName: firstOf(read, HOST_NAME_FIELDS),
    agentUuid: agentUuidCodec.is(uuid) ? uuid : null,
    agentId: agentIdCodec.is(id) ? id : null,
  };
}
