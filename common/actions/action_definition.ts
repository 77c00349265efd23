import type { HostProperty, ReadAgent, StatusLabel } from '../hosts/host_property';
import type { Failure, Reason } from './reasons';
import type { ActionName } from './action_name';
import type { Agent, NetworkStatus } from '../hosts/agent';

/**
 * The definition of an action on hosts. All code outside this folder reads the rows of `ACTION_DEFINITIONS` and never
 * compares the name of an action.
 */

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
export type RequestKind = keyof typeof REQUEST_TYPE;

type ReadingKind = 'reached' | 'in_progress' | 'reverting' | 'not_reached';

/**
 * Returns a function that reads the progress of an action on the network connection from SentinelOne's network status.
 */
export const networkReading =
  (kinds: Readonly<Record<NetworkStatus, ReadingKind>>) =>
  ({ networkStatus }: Pick<Agent, 'networkStatus'>): ActionReading => ({
    kind: networkStatus === null ? 'not_reported' : kinds[networkStatus],
  });

/** The progress of an action as the agent reports it, before or after the command is sent. */
export type ActionReading =
  /** The agent reports the state that the action aims for. */
  | { readonly kind: 'reached' }
  /** SentinelOne has accepted the command and the agent has not reported the state yet. */
  | { readonly kind: 'in_progress' }
  /** The agent is changing to the state that the opposite action aims for. */
  | { readonly kind: 'reverting' }
  | { readonly kind: 'not_reached' }
  /** SentinelOne does not report this property of the agent. */
  | { readonly kind: 'not_reported' }
  /**
   * The agent is offline and its report does not show the command. It receives commands when it is back online, so the
   * report says nothing about this one.
   */
  | { readonly kind: 'undetermined' }
  /** The agent reports that the command failed. */
  | { readonly kind: 'failed'; readonly reason: Failure };

/** The activities in SentinelOne's log that show how the action ended. */
export interface ActionActivities {
  /** A user of the console or API requested the action. */
  readonly requested: RequestKind;
  /** The agent reached the state that the action aims for. */
  readonly reached: ActivityKind;
  /** The agent left that state again. */
  readonly reverted: ActivityKind;
  /** The agent could not carry out the command. */
  readonly failed?: { readonly kind: ActivityKind; readonly reason: Failure };
}

/** The statuses that a page shows for a host, grouped by the effect of the action. */
export interface ActionStatuses {
  /**
   * From the acceptance of the action until the agent reports its effect: for an agent that is online, and for one that
   * is offline.
   */
  readonly inProgress: Readonly<Record<'online' | 'offline', StatusLabel>>;
  /** Further statuses in which another request for the action changes nothing. */
  readonly alsoInProgress?: readonly StatusLabel[];
  /** Statuses in which the host already has the state that the action aims for, so that the action changes nothing. */
  readonly reached: readonly StatusLabel[];
}

export type HostText = (values: { readonly host: string }) => string;
type NameText = (values: { readonly name: string }) => string;
/** `by` is `yes` if the user who requested it before is known, else `no`. */
export interface UnchangedValues {
  readonly name: string;
  readonly by: 'yes' | 'no';
  readonly user: string;
  readonly time: string;
  readonly [key: string]: string;
}
type UnchangedText = (values: UnchangedValues) => string;
type CountText = (values: { readonly count: number }) => string;
type RequestText = (values: { readonly hosts: string; readonly user: string }) => string;

/** Reasons for which the next step depends on the action. */
export type ReasonByAction = Extract<Reason, 'decommissioned' | 'uninstalled' | 'offline'>;

/** A status, or `isolated_offline` for an isolated host that is offline. Pages show it as isolated. */
export type HostState = StatusLabel | 'isolated_offline';

/** The texts of an action. */
export interface ActionTexts {
  /** The action in menus and headings. */
  readonly label: () => string;
  /** The action in the history. */
  readonly shortLabel: () => string;
  /** The plural noun in the summary of the history. */
  readonly plural: () => string;
  /** The number of actions in the summary of the history. */
  readonly count: CountText;
  /** The action within a sentence, after "to". */
  readonly tried: () => string;
  /** The name of the Kibana privilege. */
  readonly privilege: () => string;
  /** The purpose of SentinelOne's permission, as part of a sentence. */
  readonly permissionPurpose: () => string;
  /** The button that sends the action. */
  readonly send: HostText;
  readonly sendAgain: HostText;
  /** The effect of the action on a host. */
  readonly effect: HostText;
  /** The effect in states of the host in which it differs. */
  readonly effectByState: Readonly<Partial<Record<HostState, HostText>>>;
  /** It is not known yet whether the action took effect. */
  readonly notConfirmed: () => string;
  readonly failed: () => string;
  /** The action took effect; `isOffline`: the host is offline now. */
  readonly done: (values: { readonly name: string }, isOffline: boolean) => string;
  /** SentinelOne accepted the request, and the agent has not reported. */
  readonly accepted: NameText;
  /** What to expect until the agent reports an effect, in one sentence. */
  readonly notInEffect: () => string;
  /** The agent reports that it is carrying out the action. Only for actions for which agents report that. */
  readonly running?: NameText;
  /** Nothing was sent. */
  readonly unchanged: {
    /** The host is in the state that the action aims for. */
    readonly reached: UnchangedText;
    /** An earlier request for the same action was accepted, and the agent has not reported. */
    readonly requested: UnchangedText;
    /** One of the two cases above. */
    readonly either: UnchangedText;
  };
  /**
   * The action withdraws the opposite action, which was in progress. Only for actions for which that is reported
   * separately.
   */
  readonly withdrawal?: {
    readonly accepted: NameText;
    /** What happens to a host that is offline. */
    readonly offline: NameText;
    readonly done: NameText;
  };
  /** The button for a host whose status is not known. */
  readonly withoutStatus: () => string;
  /** The buttons for hosts that the settings protect. Only for actions that protection blocks. */
  readonly overrideProtection?: {
    readonly send: HostText;
    readonly confirm: (values: {
      readonly count: number;
      readonly protectedCount: number;
    }) => string;
  };
  /** What to do next. */
  readonly todo: Readonly<Record<ReasonByAction, () => string>>;
  /** A later action of this kind superseded another one. */
  readonly superseded: (values: { readonly user: string }) => string;
  /** Who requests approval for what, as a sentence that the comment follows. */
  readonly approvalRequest: RequestText;
  /** In a case: what a user added, and who requested it. */
  readonly caseEvent: RequestText;
  readonly bulk: {
    readonly title: () => string;
    readonly confirm: CountText;
    /** In the row of a host in a bulk action. */
    readonly willBeSent: () => string;
    readonly done: () => string;
    readonly alreadyReached: () => string;
    /** In the counts of the result of a bulk action. */
    readonly doneCount: CountText;
    readonly pendingCount: CountText;
    readonly none: () => string;
    readonly noneOf: CountText;
    readonly notAll: (values: { readonly bad: number; readonly count: number }) => string;
  };
  /** On the Set up page. Only for actions that the set-up requires. */
  readonly setup?: {
    readonly proven: (isProven: boolean) => string;
    readonly testStep: NameText;
  };
}

/** One row of the catalogue of actions. */
export interface ActionDefinition {
  /** The name of the connector's sub-action in `_execute`. */
  readonly subAction: string;
  /** The internal route. */
  readonly route: string;
  /** The action that reverts it. */
  readonly opposite: ActionName;
  readonly property: HostProperty;
  /** SentinelOne's side: the path below `/web/api/v2.1`, and the permission that the token needs for it. */
  readonly sentinelOne: {
    readonly path: string;
    readonly permission: string;
    /** Whether the set-up is incomplete without the permission. */
    readonly isRequired: boolean;
  };
  /** Kibana's side: the privilege of the sub-feature, the API privilege and the capability of the browser. */
  readonly privilege: {
    readonly id: string;
    readonly api: string;
    readonly capability: string;
  };
  /** Whether the protection patterns of the settings block it, and a second comment can override them. */
  readonly isBlockedByProtection: boolean;
  /**
   * Whether a request can state when the action ends. The opposite action is then sent automatically, and the caller
   * also needs the privilege for that one.
   */
  readonly canEndAutomatically: boolean;
  /** The name of the parameters in messages about invalid input. */
  readonly parameters: string;
  /**
   * Returns the progress of the action as the agent reports it. `requestedAt` (ISO 8601) is the time of the request;
   * undefined before that.
   */
  readonly read: (agent: ReadAgent, requestedAt?: string) => ActionReading;
  /** Only for actions whose end is in SentinelOne's activity log. */
  readonly activities?: ActionActivities;
  readonly statuses: ActionStatuses;
  /** EUI's icon. */
  readonly icon: string;
  /** The colour of the button that sends it. */
  readonly color: 'danger' | 'primary';
  /** The colour in charts, by its index in EUI's palette for colour-blind people. */
  readonly chartColor: number;
  /** Words for server messages that are not translated: logs, the audit log and execution errors. */
  readonly words: {
    /** Within a sentence, after "to". */
    readonly verb: string;
    /** The result for hosts: "isolated" in "2 of 3 hosts isolated". */
    readonly done: string;
    readonly pending: string;
  };
  readonly texts: ActionTexts;
}
