/** Kibana 8.12.2, and what later versions lack or add (contracts.json); checked against `ui-actions-plugin/public/{index,plugin}.js`, `ui-actions-plugin/public/service/ui_actions_service.js`. */
declare module '@kbn/ui-actions-plugin/public' {
  import type { MutableRefObject } from 'react';

  export interface Trigger {
    readonly id: string;
    readonly title?: string;
    readonly description?: string;
  }

  export interface ActionExecutionMeta {
    readonly trigger: Trigger;
  }

  export interface UiActionsActionDefinition<Context extends object = object> {
    readonly id: string;
    readonly type?: string;
    /** The higher, the earlier. */
    readonly order?: number;
    getIconType?(context: Context & ActionExecutionMeta): string | undefined;
    getDisplayName?(context: Context & ActionExecutionMeta): string;
    getDisplayNameTooltip?(context: Context & ActionExecutionMeta): string;
    isCompatible?(context: Context & ActionExecutionMeta): Promise<boolean>;
    execute(context: Context & ActionExecutionMeta): Promise<void>;
  }

  /** What the triggers of cell actions hand over; `value` only when the action is executed. */
  export interface CellActionExecutionContext {
    readonly data: ReadonlyArray<{
      readonly field: {
        readonly name: string;
        readonly type: string;
        readonly aggregatable?: boolean;
        readonly searchable?: boolean;
      };
      readonly value?: unknown;
    }>;
    readonly nodeRef: MutableRefObject<HTMLElement | null>;
    readonly metadata?: { readonly scopeId?: string; readonly [key: string]: unknown };
  }

  interface UiActionsService {
    /** Until triggers became static: then all of Kibana's are there from the start. */
    registerTrigger?(trigger: Trigger): void;
    hasAction(actionId: string): boolean;
    /** Throws when the id is taken. */
    registerAction?<Context extends object>(action: UiActionsActionDefinition<Context>): unknown;
    /** What replaces `registerAction`. Throws when the id is taken. */
    registerActionAsync?<Context extends object>(
      id: string,
      getDefinition: () => Promise<UiActionsActionDefinition<Context>>
    ): void;
    unregisterAction(actionId: string): void;
    /** Throws when there is no such trigger. */
    attachAction(triggerId: string, actionId: string): void;
    /** Throws when there is no such trigger. */
    detachAction(triggerId: string, actionId: string): void;
    /** Registers, then attaches: a missing trigger throws after the action is registered. */
    addTriggerAction<Context extends object>(
      triggerId: string,
      action: UiActionsActionDefinition<Context>
    ): void;
    /** Throws when there is no such trigger. */
    getTrigger(triggerId: string): unknown;
  }

  export type UiActionsSetup = UiActionsService;
  export type UiActionsStart = UiActionsService;
}
