import type { Agent } from './agent';

/** The activity log's entries that tell who requested a network command, and how it ended. */

export const ACTIVITY = {
  disconnectRequested: 61,
  reconnectRequested: 62,
  disconnected: 1001,
  reconnected: 1002,
  unableToDisconnect: 2010,
} as const;
export type ActivityName = keyof typeof ACTIVITY;

const DESCRIPTION: Readonly<Record<ActivityName, (name: string, user: string) => string>> = {
  disconnectRequested: (name, user) =>
    `The management user ${user} issued a disconnect from network command to the machine ${name}.`,
  reconnectRequested: (name, user) =>
    `The management user ${user} issued a reconnect to network command to the machine ${name}.`,
  disconnected: (name) => `Agent ${name} was disconnected from network.`,
  reconnected: (name) => `Agent ${name} was connected to network.`,
  unableToDisconnect: (name) => `Agent ${name} was unable to disconnect from network.`,
};

/** One entry of `GET /activities`. */
export interface Activity {
  readonly id: string;
  readonly activityType: number;
  readonly agentId: string;
  readonly siteId: string | null;
  /** ISO 8601, when the agent reported it. */
  readonly createdAt: string;
  readonly primaryDescription: string;
  readonly [field: string]: unknown;
}

/** A user of the console or of the API: entries of what an agent reports have none. */
export interface ActivityUser {
  readonly id: string;
  readonly name: string;
}

const FIRST_ID = 1_985_998_272_619_999_973n;

/** The activity number `ordinal` (from 0) of the tenant. */
export function activityOf(
  name: ActivityName,
  agent: Agent,
  createdAt: string,
  ordinal: number,
  user?: ActivityUser
): Activity {
  const computerName = agent.computerName ?? agent.id;
  return {
    accountId: agent.accountId,
    accountName: agent.accountName,
    activityType: ACTIVITY[name],
    agentId: agent.id,
    agentUpdatedVersion: null,
    comments: null,
    createdAt,
    data: {
      accountName: agent.accountName,
      computerName,
      groupName: agent.groupName,
      siteName: agent.siteName,
      uuid: agent.uuid,
      ...(user === undefined ? {} : { username: user.name }),
    },
    description: null,
    groupId: agent.groupId,
    groupName: agent.groupName,
    hash: null,
    id: String(FIRST_ID + BigInt(ordinal) * 1_048_583n),
    osFamily: null,
    primaryDescription: DESCRIPTION[name](computerName, user?.name ?? ''),
    secondaryDescription: null,
    siteId: agent.siteId,
    siteName: agent.siteName,
    threatId: null,
    updatedAt: createdAt,
    userId: user?.id ?? null,
  };
}
