/**
 * Types of SentinelOne's activity log that tell how a command ended.
 * Source: SentinelOne's list of activity types (`GET /web/api/v2.1/activities/types`).
 */
export const ACTIVITY_TYPE = {
  disconnected: 1001,
  reconnected: 1002,
  unableToDisconnect: 2010,
} as const;
export type ActivityKind = keyof typeof ACTIVITY_TYPE;
