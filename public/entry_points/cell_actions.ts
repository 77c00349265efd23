/**
 * A cell action on `observer.serial_number` and `host.name` in Security's tables and flyouts. The
 * triggers exist only once the Security app is mounted, and adding to an unknown trigger throws after
 * having registered the action (Kibana 8.12.2), so the action is attached when Security is entered.
 */

export const CELL_ACTION_ID = 'sentineloneResponse-showHost';
const FIELDS = ['observer.serial_number', 'host.name'];
const TRIGGERS = [
  'security-default-cellActions',
  'security-detailsFlyout-cellActions',
  'security-alertsCount-cellActions',
];

/** What is used of the context: one field and its value; no alert. */
export interface CellContext {
  readonly data?: ReadonlyArray<{
    readonly field?: { readonly name?: string };
    readonly value?: unknown;
  }>;
}

export interface UiActions {
  registerAction(action: unknown): unknown;
  attachAction(triggerId: string, actionId: string): void;
  hasTrigger?(triggerId: string): boolean;
  getTrigger(triggerId: string): unknown;
}

export interface CellActionPorts {
  readonly label: string;
  readonly onSelect: (host: { readonly agentUuid?: string; readonly hostName?: string }) => void;
}

function fieldOf({ data }: CellContext): { name: string; value: unknown } | undefined {
  const [cell] = data ?? [];
  const name = cell?.field?.name;
  return name === undefined ? undefined : { name, value: cell?.value };
}

const firstText = (value: unknown): string | undefined =>
  [value].flat().find((one): one is string => typeof one === 'string' && one !== '');

/** Registers the action and returns a function that attaches it where Security's triggers are. */
export function registerCellAction(uiActions: UiActions, ports: CellActionPorts): () => void {
  const attached = new Set<string>();
  uiActions.registerAction({
    id: CELL_ACTION_ID,
    type: CELL_ACTION_ID,
    order: 100,
    getIconType: () => 'securityApp',
    getDisplayName: () => ports.label,
    getDisplayNameTooltip: () => ports.label,
    isCompatible: async (context: CellContext) => FIELDS.includes(fieldOf(context)?.name ?? ''),
    execute: async (context: CellContext) => {
      const field = fieldOf(context);
      const value = firstText(field?.value);
      if (field === undefined || value === undefined) return;
      ports.onSelect(field.name === 'host.name' ? { hostName: value } : { agentUuid: value });
    },
  });
  return () => {
    for (const trigger of TRIGGERS) {
      if (attached.has(trigger)) continue;
      try {
        uiActions.getTrigger(trigger);
        uiActions.attachAction(trigger, CELL_ACTION_ID);
        attached.add(trigger);
      } catch {
        // Not there yet, or not in this version: tried again when Security is entered next.
      }
    }
  };
}
