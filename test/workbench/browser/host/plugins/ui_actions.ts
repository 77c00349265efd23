import type {
  Trigger,
  UiActionsActionDefinition,
  UiActionsSetup,
} from '@kbn/ui-actions-plugin/public';
import { onlyThese } from '../../../not_in_the_workbench';

/** Registries of triggers and actions. No page of the workbench has a trigger; plugins may bring some. */
export function createUiActions(): UiActionsSetup {
  const triggers = new Map<string, { readonly trigger: Trigger; readonly actions: Set<string> }>();
  const actions = new Map<string, unknown>();
  const registerAction = <C extends object>(action: UiActionsActionDefinition<C>): unknown => {
    if (actions.has(action.id)) {
      throw new Error(`Action [action.id = ${action.id}] already registered.`);
    }
    actions.set(action.id, action);
    return action;
  };
  const actionsOf = (triggerId: string, actionId: string, doing: string) => {
    const found = triggers.get(triggerId);
    if (found !== undefined) return found.actions;
    throw new Error(
      `No trigger [triggerId = ${triggerId}] exists, for ${doing} action [actionId = ${actionId}].`
    );
  };
  const attachAction = (triggerId: string, actionId: string): void => {
    actionsOf(triggerId, actionId, 'attaching').add(actionId);
  };
  return onlyThese('plugins.uiActions', {
    registerTrigger: (trigger: Trigger) => {
      if (triggers.has(trigger.id)) {
        throw new Error(`Trigger [trigger.id = ${trigger.id}] already registered.`);
      }
      triggers.set(trigger.id, { trigger, actions: new Set() });
    },
    hasAction: (actionId: string) => actions.has(actionId),
    registerAction,
    unregisterAction: (actionId: string) => {
      if (!actions.delete(actionId)) {
        throw new Error(`Action [action.id = ${actionId}] is not registered.`);
      }
    },
    attachAction,
    detachAction: (triggerId: string, actionId: string) => {
      actionsOf(triggerId, actionId, 'detaching').delete(actionId);
    },
    addTriggerAction: <C extends object>(
      triggerId: string,
      action: UiActionsActionDefinition<C>
    ) => {
      registerAction(action);
      attachAction(triggerId, action.id);
    },
    getTrigger(triggerId: string): unknown {
      const found = triggers.get(triggerId);
      if (found === undefined) {
        throw new Error(`Trigger [triggerId = ${triggerId}] does not exist.`);
      }
      return found.trigger;
    },
  });
}
