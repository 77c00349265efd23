/**
 * Activity types in SentinelOne's log that show how a command ended. Source: SentinelOne's list of activity types (`GET
 * /web/api/v2.1/activities/types`).
 */
export const ACTIVITY_TYPE = {
  disconnected: 1001,
  reconnected: 1002,
  unableToDisconnect: 2010,
} as const;
export type ActivityKind = keyof typeof ACTIVITY_TYPE;

/**
 * Activity types that show that a user of the console or API requested a command. Only these contain the user's name:
 * activities that the agent reports (1001, 1002) do not. Source: activities in the documentation of demisto/content,
 * `Packs/SentinelOne`.
 */
export const REQUEST_TYPE = { disconnect: 61, reconnect: 62 } as const;
