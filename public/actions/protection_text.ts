import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { Agent } from '../../common/hosts/agent';
import type { ActionName } from '../../common/actions/action_name';
import { protectionText } from '../../common/actions/override';
import { overridePrivilegePath } from '../../common/actions/override_texts';

/** Hosts that the settings keep from being isolated, in words. */

/** What protects the agent from this action, as `protectionText` has it; undefined when nothing does. */
export const protectionOf = (
  action: ActionName,
  agent: Pick<Agent, 'protectedBy'> | undefined
): string | undefined =>
  ACTION_DEFINITIONS[action].isHeldBackByProtection && agent?.protectedBy !== undefined
    ? protectionText(agent.protectedBy)
    : undefined;

/** That a host is protected, and by what. */
export const protectedHost = (protection: string): string =>
  protection === ''
    ? i18n.translate('sentineloneResponse.protection.noPattern', {
        defaultMessage: 'Protected host',
      })
    : i18n.translate('sentineloneResponse.protection.title', {
        defaultMessage: 'Protected host ({protection})',
        values: { protection },
      });

/** Who can isolate a protected host. */
export const whoMayOverride = (): string =>
  i18n.translate('sentineloneResponse.protection.who', {
    defaultMessage:
      'Only somebody with the Kibana privilege "{privilege}" can isolate it, with a second reason.',
    values: { privilege: overridePrivilegePath() },
  });

/** Why somebody without that privilege cannot isolate a host. */
export const protectedFromYou = (protection: string): string =>
  `${protectedHost(protection)}. ${whoMayOverride()}`;
