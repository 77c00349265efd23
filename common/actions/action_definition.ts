import type { HostProperty, ReadAgent, StatusLabel } from '../hosts/host_property';
import type { Failure, Reason } from './reasons';
import type { ActionName } from './action_name';
import type { ActivityKind } from './activity_types';
import type { Agent, NetworkStatus } from '../hosts/agent';

/**
 * What an action on hosts is. All code outside this folder reads the rows of `ACTION_DEFINITIONS` and never
 * compares the name of an action.
 */

type ReadingKind = 'reached' | 'in_progress' | 'reverting' | 'not_reached';

/** Reads an action on the network connection: by SentinelOne's network status, what it says of the action. */
export const networkReading =
  (kinds: Readonly<Record<NetworkStatus, ReadingKind>>) =>
  ({ networkStatus }: Pick<Agent, 'networkStatus'>): ActionReading => ({
    kind: networkStatus === null ? 'not_reported' : kinds[networkStatus],
  });

/** What a reading of the agent says of an action, before it is sent or afterwards. */
export type ActionReading =
  /** The agent reports the state that the action aims for. */
  | { readonly kind: 'reached' }
  /** SentinelOne has accepted the command and the agent has not reported the state yet. */
  | { readonly kind: 'in_progress' }
  /** The agent is on its way to the state that the opposite action aims for. */
  | { readonly kind: 'reverting' }
  | { readonly kind: 'not_reached' }
  /** SentinelOne does not report this property of the agent. */
  | { readonly kind: 'not_reported' }
  /**
   * The agent is offline and shows no sign of the command, which it receives when it is back online: nothing is known
   * of the command.
   */
  | { readonly kind: 'undetermined' }
  /** The agent reports that the command failed. */
  | { readonly kind: 'failed'; readonly reason: Failure };

/** The activities of SentinelOne that tell how the action ended. */
export interface ActionActivities {
  /** The agent reached the state that the action aims for. */
  readonly reached: ActivityKind;
  /** The agent left it again. */
  readonly reverted: ActivityKind;
  /** The agent could not carry out the command. */
  readonly failed?: { readonly kind: ActivityKind; readonly reason: Failure };
}

/** The statuses that a page shows of a host. */
export interface ActionStatuses {
  /** From the acceptance of the action until the agent reports its effect, on an agent that is online or offline. */
  readonly inProgress: Readonly<Record<'online' | 'offline', StatusLabel>>;
  /** Further ones in which another request for the action changes nothing. */
  readonly alsoInProgress?: readonly StatusLabel[];
  /** In which the action changes nothing, because the host is in the state that it aims for. */
  readonly reached: readonly StatusLabel[];
}

export type HostText = (values: { readonly host: string }) => string;
type NameText = (values: { readonly name: string }) => string;
/** `by` names who requested it before: `yes` where that is known, else `no`. */
export interface UnchangedValues {
  readonly name: string;
  readonly by: 'yes' | 'no';
  readonly user: string;
  readonly time: string;
  readonly [key: string]: string;
}
type UnchangedText = (values: UnchangedValues) => string;
type CountText = (values: { readonly count: number }) => string;
type CaseText = (values: { readonly hosts: string; readonly user: string }) => string;

/** Reasons for which the next step depends on the action. */
export type ReasonByAction = Extract<Reason, 'decommissioned' | 'uninstalled' | 'offline'>;

/** A status, or an isolated host that is offline, which a page shows as isolated. */
export type HostState = StatusLabel | 'isolated_offline';

/** The texts of an action. */
export interface ActionTexts {
  /** In menus and as a heading. */
  readonly label: () => string;
  /** In the history. */
  readonly shortLabel: () => string;
  /** The name of its actions in the summary of the history, in the plural. */
  readonly plural: () => string;
  /** How many of them there were. */
  readonly count: CountText;
  /** What was tried, as it stands in a sentence after "to". */
  readonly tried: () => string;
  /** The name of the Kibana privilege. */
  readonly privilege: () => string;
  /** What SentinelOne's permission is for, as half a sentence. */
  readonly permissionPurpose: () => string;
  /** The button that sends it. */
  readonly send: HostText;
  readonly sendAgain: HostText;
  /** What it will do to a host. */
  readonly effect: HostText;
  /** What it will do, where the state of the host makes a difference. */
  readonly effectByState: Readonly<Partial<Record<HostState, HostText>>>;
  /** Nobody knows yet whether it took effect. */
  readonly notConfirmed: () => string;
  readonly failed: () => string;
  /** It took effect; `isOffline`: on a host that is offline now. */
  readonly done: (values: { readonly name: string }, isOffline: boolean) => string;
  /** SentinelOne accepted the request, and the agent has not reported. */
  readonly accepted: NameText;
  /** Until the agent reports an effect: what that means, in one sentence. */
  readonly notInEffect: () => string;
  /** The agent reports that it is carrying out the action; only where it reports that apart from the acceptance. */
  readonly running?: NameText;
  /** Nothing was sent. */
  readonly unchanged: {
    /** The host is in the state that the action aims for. */
    readonly reached: UnchangedText;
    /** An earlier request for the same is accepted, and the agent has not reported. */
    readonly requested: UnchangedText;
    /** One of the two. */
    readonly either: UnchangedText;
  };
  /** It withdraws the opposite action, which was under way; only where that is told apart from doing the opposite. */
  readonly withdrawal?: {
    readonly accepted: NameText;
    /** What becomes of a host that is offline. */
    readonly offline: NameText;
    readonly done: NameText;
  };
  /** The button for a host whose status is not known. */
  readonly withoutStatus: () => string;
  /** The buttons for hosts that the settings protect; only where protection holds the action back. */
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
  /** Of a case: what somebody added, and who requested it. */
  readonly caseEvent: CaseText;
  readonly bulk: {
    readonly title: () => string;
    readonly confirm: CountText;
    /** In the row of a host. */
    readonly willBeSent: () => string;
    readonly done: () => string;
    readonly alreadyReached: () => string;
    /** In the counts of the result. */
    readonly doneCount: CountText;
    readonly pendingCount: CountText;
    readonly none: () => string;
    readonly noneOf: CountText;
    readonly notAll: (values: { readonly bad: number; readonly count: number }) => string;
  };
  /** In the set-up; only where it is incomplete without SentinelOne's permission for the action. */
  readonly setup?: {
    readonly proven: (isProven: boolean) => string;
    readonly testStep: NameText;
  };
}

/** One row of the catalogue of actions. */
export interface ActionDefinition {
  /** The connector's sub-action, as `_execute` takes it. */
  readonly subAction: string;
  /** The internal route. */
  readonly route: string;
  /** The action that undoes it. */
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
  /** Whether the protection patterns of the settings hold it back, and a second comment can override them. */
  readonly isHeldBackByProtection: boolean;
  /**
   * Whether a request can state when the action ends: its opposite is then sent automatically, and the caller
   * needs the privilege for that too.
   */
  readonly canEndAutomatically: boolean;
  /** The name of the parameters in messages about invalid input. */
  readonly parameters: string;
  /**
   * What a reading of the agent says of the action. `requestedAt` (ISO 8601) is when it was requested; undefined
   * before that.
   */
  readonly read: (agent: ReadAgent, requestedAt?: string) => ActionReading;
  /** Only where SentinelOne's activity log tells how the action ended. */
  readonly activities?: ActionActivities;
  readonly statuses: ActionStatuses;
  /** EUI's icon. */
  readonly icon: string;
  /** The colour of the button that sends it. */
  readonly color: 'danger' | 'primary';
  /** The colour in charts, by its index in EUI's palette for colour-blind people. */
  readonly chartColor: number;
  /** Words for messages of the server that are not translated: logs, the audit log and execution errors. */
  readonly words: {
    /** After "to". */
    readonly verb: string;
    /** Of a host: "2 of 3 hosts isolated". */
    readonly done: string;
    readonly pending: string;
  };
  readonly texts: ActionTexts;
}
