import type {
  Trigger,
  UiActionsActionDefinition,
  UiActionsSetup,
} from '@kbn/ui-actions-plugin/public';
import { onlyThese } from '../../../not_in_the_workbench';

type Definition<C extends object> = UiActionsActionDefinition<C>;

/**
 * Registries of triggers and actions. No page of the workbench has a trigger; plugins may bring some. `isAsync`: with
 * the functions of later versions, whose definitions are loaded when they are needed.
 */
export function createUiActions(isAsync = false): UiActionsSetup {
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
  const registerActionAsync = <C extends object>(
    id: string,
    getDefinition: () => Promise<Definition<C>>
  ): void => {
    if (actions.has(id)) throw new Error(`Action [action.id = ${id}] already registered.`);
    actions.set(id, getDefinition);
  };
  const addTriggerActionAsync = <C extends object>(
    triggerId: string,
    id: string,
    getDefinition: () => Promise<Definition<C>>
  ): void => {
    if (!actions.has(id)) registerActionAsync(id, getDefinition);
    attachAction(triggerId, id);
  };
  return onlyThese('plugins.uiActions', {
    // What a version does not have is undefined, as a plugin finds it when it looks for one of several.
    registerActionAsync: isAsync ? registerActionAsync : undefined,
    addTriggerActionAsync: isAsync ? addTriggerActionAsync : undefined,
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
