import type * as t from 'io-ts';
import { agentIdCodec, agentUuidCodec, type NetworkStatus } from './agent';
import { LIMITS } from '../lib/constants';
import { stringThat } from '../lib/validation';
import { isPlainText, NO_CONTROLS } from '../lib/text';

/** Searches for hosts: one text, and its kind. */

export const HOST_SEARCH_KINDS = ['name', 'ip', 'user', 'uuid', 'agentId'] as const;
export type HostSearchKind = (typeof HOST_SEARCH_KINDS)[number];

/** The network status of a host in filters, offline or online. */
export const HOST_NETWORK_STATES = ['connected', 'isolating', 'isolated', 'releasing'] as const;
export type HostNetworkState = (typeof HOST_NETWORK_STATES)[number];

/** SentinelOne's value for each of them. */
export const NETWORK_STATUS_OF: Readonly<Record<HostNetworkState, NetworkStatus>> = {
  connected: 'connected',
  isolating: 'disconnecting',
  isolated: 'disconnected',
  releasing: 'connecting',
};

/**
 * An IPv4 address or a part of one. SentinelOne documents no filter for IPv6 addresses (`GET /agents`, 2.1). A part
 * needs a dot: two digits would match most hosts of a tenant.
 */
export const ipFilterCodec = stringThat(
  'an IPv4 address or a part of one with a dot, such as 10.1.2.3 or 10.1.',
  (value) =>
    value.includes('.') &&
    /^\.?\d{1,3}(?:\.\d{1,3}){0,3}\.?$/.test(value) &&
    value.split('.').filter((part) => part !== '').length <= 4 &&
    value.split('.').every((part) => Number(part) <= 255),
  { minLength: 2, maxLength: 15, pattern: '^\\.?\\d{1,3}(?:\\.\\d{1,3}){0,3}\\.?$' }
);

/** Whether the text is a whole IPv4 address and not a part of one. */
export const isWholeIp = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);

/** Commas separate values in SentinelOne's filters. */
export const userFilterCodec = stringThat(
  `a part of a user name: 1 to ${LIMITS.searchText} characters, no commas, no blanks at its ends, ${NO_CONTROLS}`,
  (value) =>
    value !== '' &&
    value.trim() === value &&
    value.length <= LIMITS.searchText &&
    !value.includes(',') &&
    isPlainText(value),
  { minLength: 1, maxLength: LIMITS.searchText, pattern: '^[^,]*$' }
);

export const nameFilterCodec = stringThat(
  `a part of a host name: 1 to ${LIMITS.searchText} characters, not only blanks and commas, ${NO_CONTROLS}`,
  (value) => /[^\s,]/.test(value) && value.length <= LIMITS.searchText && isPlainText(value)
);

/** The codec of a search text of each kind. */
export const HOST_SEARCH_CODECS: Readonly<Record<HostSearchKind, t.Type<string, unknown>>> = {
  name: nameFilterCodec,
  ip: ipFilterCodec,
  user: userFilterCodec,
  uuid: agentUuidCodec,
  agentId: agentIdCodec,
};

/** 32 hexadecimal digits, or a UUID with hyphens. */
const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/** SentinelOne's ids have 18 or 19 digits; a host can have a short number for its name. */
const AGENT_ID = /^\d{15,20}$/;
/** An IPv4 address or its beginning. A name with a dot, such as `pc-1.corp`, has letters. */
const IP = /^\d{1,3}(?:\.\d{1,3}){1,3}\.?$|^\d{1,3}\.$/;

/**
 * The kind of a text that a user typed. A user name looks like a host name, so it is never detected: `user` is
 * always chosen.
 */
export function detectSearchKind(text: string): HostSearchKind {
  if (UUID.test(text)) return 'uuid';
  if (AGENT_ID.test(text)) return 'agentId';
  return IP.test(text) && ipFilterCodec.is(text) ? 'ip' : 'name';
}
