import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { ShownStatus } from '../host_status/network_status';

/** An action on a host on which the opposite one was under way: it withdraws that. */

/** Whether an action withdraws what was under way. `before` is what was shown of the host when it was confirmed. */
export const isWithdrawal = (action: ActionName, before: ShownStatus | undefined): boolean =>
  Object.values(ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite].statuses.inProgress).some(
    (one) => one === before
  );
