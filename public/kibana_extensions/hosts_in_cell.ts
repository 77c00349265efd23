import type { CellActionExecutionContext } from '@kbn/ui-actions-plugin/public';
import type { AlertContext } from '../../common/hosts/alert';
import { NAME_FIELDS } from '../../common/hosts/data_streams';
import { hostsOfDocument, namedHostOf } from '../../common/hosts/document_hosts';
import { fieldOf } from './cell_actions';

/** The hosts in a cell: agents, or only names of hosts. At least one. */
export type HostsInCell =
  | { readonly kind: 'agents'; readonly context: AlertContext }
  | { readonly kind: 'names'; readonly names: readonly string[] };

/** The hosts in a cell, which contains one value or a list; undefined if it contains none. */
export function hostsInCell(context: Partial<CellActionExecutionContext>): HostsInCell | undefined {
  const field = fieldOf(context) ?? '';
  const values: readonly unknown[] = [context.data?.[0]?.value].flat();
  if ((NAME_FIELDS as readonly string[]).includes(field)) {
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
