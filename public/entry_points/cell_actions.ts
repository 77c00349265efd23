import type { CellActionExecutionContext, UiActionsSetup } from '@kbn/ui-actions-plugin/public';
import { attempt } from './failures';

/**
 * A cell action on `observer.serial_number` and `host.name` in Security's tables and flyouts. Security
 * registers its triggers when its app is mounted, and attaching to an unknown one throws, so the action is
 * attached to those that are there and to the others when they come (Kibana 8.12.2).
 */

export const CELL_ACTION_ID = 'sentineloneResponse-showHost';
const UUID_FIELD = 'observer.serial_number';
const NAME_FIELD = 'host.name';
const TRIGGERS: readonly string[] = [
  'security-default-cellActions',
  'security-detailsFlyout-cellActions',
  'security-alertsCount-cellActions',
];

/** What a cell names: an agent, or only a name. */
export type HostInCell =
  | { readonly agentUuid: string; readonly hostName?: undefined }
  | { readonly hostName: string; readonly agentUuid?: undefined };

export interface CellActionPorts {
  readonly label: string;
  readonly onSelect: (host: HostInCell) => void;
}

export type UiActions = Pick<
  UiActionsSetup,
  'registerAction' | 'attachAction' | 'getTrigger' | 'registerTrigger'
>;

const fieldOf = ({ data }: Partial<CellActionExecutionContext>): string | undefined =>
  data?.[0]?.field?.name;

const firstText = (value: unknown): string | undefined =>
  [value].flat().find((one): one is string => typeof one === 'string' && one !== '');

function hostIn(context: Partial<CellActionExecutionContext>): HostInCell | undefined {
  const value = firstText(context.data?.[0]?.value);
  if (value === undefined) return undefined;
  return fieldOf(context) === NAME_FIELD ? { hostName: value } : { agentUuid: value };
}

/** Registers the action and attaches it to Security's triggers, now and as they come. */
export function addCellAction(
  uiActions: UiActions | undefined,
  { label, onSelect }: CellActionPorts
): void {
  if (uiActions === undefined) return;
  const attachTo = (trigger: string) =>
    attempt(() => uiActions.attachAction(trigger, CELL_ACTION_ID));
  attempt(() => {
    uiActions.registerAction<CellActionExecutionContext>({
      id: CELL_ACTION_ID,
      type: CELL_ACTION_ID,
      // Behind Security's own.
      order: 100,
      getIconType: () => 'lock',
      getDisplayName: () => label,
      getDisplayNameTooltip: () => label,
      isCompatible: async (context) => [UUID_FIELD, NAME_FIELD].includes(fieldOf(context) ?? ''),
      execute: async (context) => {
        const host = hostIn(context);
        if (host !== undefined) attempt(() => onSelect(host));
      },
    });
    const own = uiActions.registerTrigger.bind(uiActions);
    uiActions.registerTrigger = (trigger) => {
      own(trigger);
      if (TRIGGERS.includes(trigger?.id)) attachTo(trigger.id);
    };
    for (const trigger of TRIGGERS) if (isThere(uiActions, trigger)) attachTo(trigger);
  });
}

function isThere(uiActions: UiActions, trigger: string): boolean {
  try {
    return uiActions.getTrigger(trigger) !== undefined;
  } catch {
    return false;
  }
}
