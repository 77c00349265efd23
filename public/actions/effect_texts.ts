import type { HostState, HostText } from '../../common/actions/action_definition';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { Agent } from '../../common/hosts/agent';
import type { ActionName } from '../../common/actions/action_name';
import type { ShownStatus } from '../host_status/network_status';

/** What an action will do to a host, by the status that it has now. */

/** What the action will do, in a sentence or two. `status` is what is shown of the host; undefined: not known. */
export function actionEffect(
  action: ActionName,
  host: string,
  status: ShownStatus | undefined,
  agent: Pick<Agent, 'isActive'> | undefined
): string {
  const { effect, effectByState } = ACTION_DEFINITIONS[action].texts;
  const state: ShownStatus | HostState | undefined =
    status === 'isolated' && agent?.isActive === false ? 'isolated_offline' : status;
  const byState: Partial<Record<ShownStatus | HostState, HostText>> = effectByState;
  const text = state === undefined ? undefined : byState[state];
  return (text ?? effect)({ host });
}
