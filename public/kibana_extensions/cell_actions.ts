import type {
  CellActionExecutionContext,
  UiActionsActionDefinition,
  UiActionsSetup,
} from '@kbn/ui-actions-plugin/public';
import type { AlertContext } from '../../common/hosts/alert';
import {
  ID_FIELDS,
  isFromSentinelOne,
  NAME_FIELDS,
  UUID_FIELDS,
} from '../../common/hosts/data_streams';
import { hostsOfDocument, namedHostOf } from '../../common/hosts/document_hosts';
import { attempt } from './failures';

/**
 * A cell action on fields with an agent's UUID or id or with a host's name, in Security's tables and flyouts. Security
 * registers its triggers when its app is mounted, and attaching to an unknown trigger throws. So the action is attached
 * to the registered triggers, and to the others when they are registered (Kibana 8.12.2). In later versions all triggers
 * are there from the start, and actions are registered by a function that gives their definition.
 */

export const CELL_ACTION_ID = 'sentineloneResponse-showHost';
const TRIGGERS: readonly string[] = [
  'security-default-cellActions',
  'security-detailsFlyout-cellActions',
  'security-alertsCount-cellActions',
];

/** The hosts in a cell: agents, or only names of hosts. At least one. */
export type HostsInCell =
  | { readonly kind: 'agents'; readonly context: AlertContext }
  | { readonly kind: 'names'; readonly names: readonly string[] };

export interface CellActionPorts {
  readonly label: string;
  readonly onSelect: (hosts: HostsInCell) => void;
}

export type UiActions = Pick<
  UiActionsSetup,
  'registerAction' | 'registerActionAsync' | 'attachAction' | 'getTrigger' | 'registerTrigger'
>;

const fieldOf = ({ data }: Partial<CellActionExecutionContext>): string | undefined =>
  data?.[0]?.field?.name;

const has = (fields: readonly string[], field: string): boolean => fields.includes(field);
const isOffered = (field: string): boolean =>
  has(UUID_FIELDS, field) ||
  has(NAME_FIELDS, field) ||
  has(ID_FIELDS.filter(isFromSentinelOne), field);

/** The hosts in a cell, which contains one value or a list; undefined if it contains none. */
function hostsIn(context: Partial<CellActionExecutionContext>): HostsInCell | undefined {
  const field = fieldOf(context) ?? '';
  const values: readonly unknown[] = [context.data?.[0]?.value].flat();
  if (has(NAME_FIELDS, field)) {
    const names = values.filter((one): one is string => typeof one === 'string' && /\S/.test(one));
    return names.length === 0 ? undefined : { kind: 'names', names: [...new Set(names)] };
  }
  const {
    agentUuid,
    agentId,
    hostName: _,
    ...several
  } = namedHostOf(
    hostsOfDocument((one) => (one === field ? values.filter((value) => value != null) : []))
  );
  const named: AlertContext = {
    ...(agentUuid === null ? {} : { agentUuid }),
    ...(agentId === null ? {} : { agentId }),
    ...several,
  };
  return Object.keys(named).length === 0 ? undefined : { kind: 'agents', context: named };
}

/**
 * Registers the action and attaches it to Security's triggers, now and when they are registered. Throws if this Kibana
 * has no function to register actions with, or another plugin has taken the id.
 */
export function addCellAction(
  uiActions: UiActions | undefined,
  { label, onSelect }: CellActionPorts
): void {
  if (uiActions === undefined) return;
  const definition: UiActionsActionDefinition<CellActionExecutionContext> = {
    id: CELL_ACTION_ID,
    type: CELL_ACTION_ID,
    // After Security's actions.
    order: 100,
    getIconType: () => 'lock',
    getDisplayName: () => label,
    getDisplayNameTooltip: () => label,
    isCompatible: async (context) => isOffered(fieldOf(context) ?? ''),
    execute: async (context) => {
      const hosts = hostsIn(context);
      if (hosts !== undefined) attempt(() => onSelect(hosts));
    },
  };
  if (uiActions.registerActionAsync !== undefined) {
    uiActions.registerActionAsync(CELL_ACTION_ID, async () => definition);
  } else if (uiActions.registerAction !== undefined) {
    uiActions.registerAction(definition);
  } else {
    throw new Error('uiActions has neither registerActionAsync nor registerAction');
  }
  const attachTo = (trigger: string) =>
    attempt(() => uiActions.attachAction(trigger, CELL_ACTION_ID));
  const own = uiActions.registerTrigger?.bind(uiActions);
  if (own !== undefined) {
    uiActions.registerTrigger = (trigger) => {
      own(trigger);
      if (TRIGGERS.includes(trigger?.id)) attachTo(trigger.id);
    };
  }
  for (const trigger of TRIGGERS) if (isRegistered(uiActions, trigger)) attachTo(trigger);
}

function isRegistered(uiActions: UiActions, trigger: string): boolean {
  try {
    return uiActions.getTrigger(trigger) !== undefined;
  } catch {
    return false;
  }
}
