import { type FC } from 'react';
import { EuiSpacer } from '@elastic/eui';
import type { Agent } from '../../../common/hosts/agent';
import { BulkBar } from '../../actions/bulk/bulk_bar';
import { openBulkFlyout } from '../../actions/bulk/bulk_flyout';
import { selectedHostsText } from '../../actions/bulk/bulk_texts';
import type { useConnection } from '../../host_status/use_connection';
import type { HostsState } from '../../lib/hosts_state';
import { useServices } from '../../lib/services';
import type { UsedSelection } from '../../lib/use_selection';
import type { OpensHost } from './host_cells';

/** What the views of the page have in common. */
export interface HostsViewProps extends OpensHost {
  readonly state: HostsState;
  /** Left out for users without the privilege for any action. */
  readonly selection: UsedSelection<Agent> | undefined;
  readonly connection: ReturnType<typeof useConnection>;
  readonly onChange: (change: Partial<HostsState>) => void;
}

const NOTHING_SELECTED = {
  rows: [],
  hostCount: 0,
  maxHosts: 1,
  maxRows: 1,
  isFull: false,
  isTooLarge: false,
  leftOut: 0,
  clear: () => {},
};

/** The selected hosts and the actions on them, or what the list contains. */
export const HostsBar: FC<
  Pick<HostsViewProps, 'selection' | 'connection'> & {
    readonly total: string;
    /** Called when the flyout of an action was closed. */
    readonly onDone: () => void;
  }
> = ({ selection, connection, total, onDone }) => {
  const services = useServices();
  return (
    <>
      <BulkBar
        selection={selection ?? NOTHING_SELECTED}
        connection={connection}
        summary={selectedHostsText(selection?.rows.length ?? 0)}
        total={total}
        onSelect={(action) =>
          openBulkFlyout(services, { action, hosts: selection?.rows ?? [] }, onDone)
        }
      />
      <EuiSpacer size="xs" />
    </>
  );
};
