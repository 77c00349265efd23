import { i18n } from '@kbn/i18n';
import type { Agent } from '../../common/hosts/agent';

type State = Pick<Agent, 'isActive' | 'isDecommissioned' | 'isUninstalled'>;

/** Whether the agent is online, and what became of it otherwise: "Offline, decommissioned". */
export function agentStateText({ isActive, isDecommissioned, isUninstalled }: State): string {
  const values = {
    connection:
      isActive === true
        ? i18n.translate('sentineloneResponse.agent.online', { defaultMessage: 'Online' })
        : isActive === false
          ? i18n.translate('sentineloneResponse.agent.offline', { defaultMessage: 'Offline' })
          : i18n.translate('sentineloneResponse.agent.stateNotReported', {
              defaultMessage: 'Not reported',
            }),
  };
  if (isDecommissioned) {
    return i18n.translate('sentineloneResponse.agent.decommissioned', {
      defaultMessage: '{connection}, decommissioned',
      values,
    });
  }
  if (isUninstalled) {
    return i18n.translate('sentineloneResponse.agent.uninstalled', {
      defaultMessage: '{connection}, uninstalled',
      values,
    });
  }
  return values.connection;
}
