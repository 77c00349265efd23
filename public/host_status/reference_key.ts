import type { AgentReference } from '../../common/hosts/agent';

/** The same text for the same agent: a UUID and an id hold no slash. */
export const referenceKey = ({ uuid = '', agentId = '' }: AgentReference): string =>
  `${uuid}/${agentId}`;
