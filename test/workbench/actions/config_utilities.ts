import { onlyThese } from '../not_in_the_workbench';
import type { ServerContracts } from '../versions/kibana_version';
import { ActionTypeDisabledError } from './disabled_errors';
import type { ActionsConfig, ConfigUtilities } from './types';

const ANY = '*';
const DEFAULT_MAX_ATTEMPTS = 3;

const notAllowed = (field: 'url' | 'hostname', value: string): Error =>
  new Error(
    `target ${field} "${value}" is not added to the Kibana config xpack.actions.allowedHosts`
  );

/** The host of a URL, read as loosely as Kibana does (`url.parse` with slashes for the host). */
function hostnameOf(uri: string): string | undefined {
  try {
    return new URL(uri.startsWith('//') ? `http:${uri}` : uri).hostname;
  } catch {
    return undefined;
  }
}

const versions = new WeakMap<object, ServerContracts>();

/** The contracts of the Kibana that gave out these utilities; undefined for those of somebody else, such as a test. */
export const contractsBehind = (utilities: object): ServerContracts | undefined =>
  versions.get(utilities);

/** `getActionsConfigurationUtilities` of Kibana, for the settings that the workbench has. */
export function configUtilities(
  config: ActionsConfig,
  contracts: ServerContracts
): ConfigUtilities {
  const allowed = new Set(config.allowedHosts);
  const enabled = new Set(config.enabledActionTypes);
  const isHostnameAllowed = (hostname: string) => allowed.has(ANY) || allowed.has(hostname);
  const isUriAllowed = (uri: string) => {
    const hostname = hostnameOf(uri);
    return allowed.has(ANY) || (hostname !== undefined && hostname !== '' && allowed.has(hostname));
  };
  const isActionTypeEnabled = (type: string) => enabled.has(ANY) || enabled.has(type);
  const utilities = onlyThese('configurationUtilities', {
    isHostnameAllowed,
    isUriAllowed,
    isActionTypeEnabled,
    ensureHostnameAllowed(hostname: string) {
      if (!isHostnameAllowed(hostname)) throw notAllowed('hostname', hostname);
    },
    ensureUriAllowed(uri: string) {
      if (!isUriAllowed(uri)) throw notAllowed('url', uri);
    },
    ensureActionTypeEnabled(type: string) {
      if (isActionTypeEnabled(type)) return;
      throw new ActionTypeDisabledError(
        `action type "${type}" is not enabled in the Kibana config xpack.actions.enabledActionTypes`,
        'config'
      );
    },
    getResponseSettings: () => ({
      maxContentLength: config.maxResponseContentLength,
      timeout: config.responseTimeout,
    }),
    getMaxAttempts: ({ actionTypeMaxAttempts }: { actionTypeMaxAttempts?: number }) =>
      actionTypeMaxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    getProxySettings: () => undefined,
    getSSLSettings: () => ({}),
    getCustomHostSettings: () => undefined,
    getMicrosoftGraphApiUrl: () => 'https://graph.microsoft.com/v1.0',
  }) as unknown as ConfigUtilities;
  versions.set(utilities, contracts);
  return utilities;
}
