import type {
  CellActionExecutionContext,
  UiActionsActionDefinition,
  UiActionsSetup,
} from '@kbn/ui-actions-plugin/public';
import { AGENT_FIELD } from './doc_viewer';
import { attempt } from './failures';

/**
 * A cell action on fields with an agent's UUID or id or with a host's name, in Security's tables and flyouts. Security
 * registers its triggers when its app is mounted, and attaching to an unknown trigger throws. So the action is attached
 * to the registered triggers, and to the others when they are registered (Kibana 8.12.2). In later versions all triggers
 * are there from the start, and actions are registered by a function that gives their definition.
 */

export const CELL_ACTION_ID = 'sentineloneResponse-showHost';
const TRIGGERS: readonly string[] = ['default', 'detailsFlyout', 'alertsCount'].map(
  (place) => `security-${place}-cellActions`
);

export type UiActions = Pick<
  UiActionsSetup,
  'registerAction' | 'registerActionAsync' | 'attachAction' | 'getTrigger' | 'registerTrigger'
>;

/** The name of the cell's field. */
export const fieldOf = ({ data }: Partial<CellActionExecutionContext>): string | undefined =>
  data?.[0]?.field?.name;

/**
 * Fields with an agent's UUID or id, or with a host's name. Decided without the table of data streams, because every
 * page of Kibana loads this file; a test compares it with the table.
 */
const NAME_FIELD =
  /^(host\.(host)?name|resource\.name|sentinel_one.*(agent|assets|endpoint)[._](computer_)?name)$/;
const isOffered = (field: string): boolean => AGENT_FIELD.test(field) || NAME_FIELD.test(field);

/**
 * Registers the action and attaches it to Security's triggers, now and when they are registered; `onSelect` opens the
 * hosts in a cell. Throws if this Kibana has no function to register actions with, or another plugin has taken the id.
 */
export function addCellAction(
  uiActions: UiActions | undefined | false,
  label: string,
  onSelect: (cell: CellActionExecutionContext) => void
): void {
  if (!uiActions) return;
  const definition: UiActionsActionDefinition<CellActionExecutionContext> = {
    id: CELL_ACTION_ID,
    type: CELL_ACTION_ID,
    // After Security's actions.
    order: 100,
    getIconType: () => 'lock',
    getDisplayName: () => label,
    getDisplayNameTooltip: () => label,
    isCompatible: async (context) => isOffered(fieldOf(context) ?? ''),
    execute: async (context) => attempt(() => onSelect(context)),
  };
  if (uiActions.registerActionAsync) {
    uiActions.registerActionAsync(CELL_ACTION_ID, async () => definition);
  } else uiActions.registerAction!(definition);
  const attachTo = (trigger: string) =>
    attempt(() => uiActions.attachAction(trigger, CELL_ACTION_ID));
  const own = uiActions.registerTrigger?.bind(uiActions);
  if (own) {
    uiActions.registerTrigger = (trigger) => {
      own(trigger);
      if (TRIGGERS.includes(trigger?.id)) attachTo(trigger.id);
    };
  }
  for (const trigger of TRIGGERS) {
    try {
      if (uiActions.getTrigger(trigger)) attachTo(trigger);
    } catch {
      // It is not registered.
    }
  }
}
