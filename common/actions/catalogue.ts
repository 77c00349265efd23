import { PROPERTY_DEFINITIONS, type HostProperty } from '../hosts/host_property';
import type { ActionDefinition } from './action_definition';
import { ACTIONS, DEFAULT_ACTION, type ActionName } from './action_name';
import { abortScan } from './abort_scan';
import { isolate } from './isolate';
import { release } from './release';
import { scan } from './scan';

/** The catalogue of actions: one row for each, which answers every question about it. */
export const ACTION_DEFINITIONS: Readonly<Record<ActionName, ActionDefinition>> = {
  isolate,
  release,
  scan,
  abortScan,
};

/** A value for each action. */
export const forEachAction = <Value>(
  valueOf: (action: ActionName) => Value
): Readonly<Record<ActionName, Value>> =>
  Object.fromEntries(ACTIONS.map((action) => [action, valueOf(action)])) as Record<
    ActionName,
    Value
  >;

/** Whether one action undoes the other. */
export const areOpposite = (one: ActionName, other: ActionName): boolean =>
  ACTION_DEFINITIONS[one].opposite === other;

/** The action of a sub-action; undefined for one that does not act on hosts. */
export const actionOfSubAction = (subAction: unknown): ActionName | undefined =>
  ACTIONS.find((action) => ACTION_DEFINITIONS[action].subAction === subAction);

/** Whether two actions change the same property of a host: what one does says something of the other. */
export const changeSameProperty = (one: ActionName, other: ActionName): boolean =>
  ACTION_DEFINITIONS[one].property === ACTION_DEFINITIONS[other].property;

/** Whether a user can take the action before the status that it changes is known. */
export const canChangeWithoutStatus = (action: ActionName): boolean =>
  PROPERTY_DEFINITIONS[ACTION_DEFINITIONS[action].property].canChangeWithoutStatus;

/** The properties that the actions change, in the order of the actions. */
export const changedProperties = (): readonly HostProperty[] => [
  ...new Set(ACTIONS.map((action) => ACTION_DEFINITIONS[action].property)),
];

/**
 * The action on a property to offer for a status: the first one that would change it. A status that says nothing of the
 * property leaves the first action.
 */
export function actionOfferedFor(property: HostProperty, label: string | undefined): ActionName {
  const actions = ACTIONS.filter((action) => ACTION_DEFINITIONS[action].property === property);
  const changesNothing = (action: ActionName): boolean => {
    const { inProgress, alsoInProgress = [], reached } = ACTION_DEFINITIONS[action].statuses;
    const labels: readonly string[] = [...Object.values(inProgress), ...alsoInProgress, ...reached];
    return label !== undefined && labels.includes(label);
  };
  return actions.find((action) => !changesNothing(action)) ?? actions[0] ?? DEFAULT_ACTION;
}

/** The actions without whose permissions in SentinelOne the set-up is incomplete. */
export const REQUIRED_ACTIONS = ACTIONS.filter(
  (action) => ACTION_DEFINITIONS[action].sentinelOne.isRequired
);
