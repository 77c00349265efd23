import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { KibanaRequest } from '@kbn/core/server';
import type { SecurityPluginSetup, SecurityPluginStart } from '@kbn/security-plugin/server';
import { type CoreLog, quoted } from '../lib/log';

/** The action in the event log; in the audit log it has the plugin's name as a prefix. */
export const SETTINGS_EVENT_ACTION = 'settings-change';

/** A change of settings as one event for Kibana's logs. A change may need several. */
export interface ChangeDescription {
  /** The rest of a sentence that begins with the user who made the change. */
  readonly what: string;
  /** The same as fields. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Changes of settings in Kibana's audit log and event log. */
export interface SettingsAuditLog {
  /** Logs that the user of the request made this change. Never throws. */
  changed(
    request: KibanaRequest,
    where: { readonly savedObjectType: string; readonly spaceId: string },
    change: ChangeDescription
  ): void;
}

export interface SettingsAuditLogPorts {
  readonly eventLogger: Pick<IEventLogger, 'logEvent'>;
  /** Both are undefined if Kibana runs without the security plugin. */
  readonly audit: SecurityPluginSetup['audit'] | undefined;
  readonly authc: SecurityPluginStart['authc'] | undefined;
  readonly log: CoreLog;
}

/** Writes each change to both logs, with the user and the space. */
export function settingsAuditLog({
  eventLogger,
  audit,
  authc,
  log,
}: SettingsAuditLogPorts): SettingsAuditLog {
  return {
    changed(request, { savedObjectType, spaceId }, { what, fields }) {
      try {
        const username = authc?.getCurrentUser(request)?.username;
        const user = username === undefined ? {} : { user: { name: username } };
        const message = `${username === undefined ? 'Somebody' : quoted(username)} ${what}`;
        const about = { category: ['configuration'], outcome: 'success' as const };
        eventLogger.logEvent({
          message,
          event: { action: SETTINGS_EVENT_ACTION, kind: 'action', ...about },
          ...user,
          kibana: { space_ids: [spaceId] },
        });
        audit?.asScoped(request).log({
          message,
          event: { action: 'sentinelone_response_settings_change', type: ['change'], ...about },
          kibana: { saved_object: { type: savedObjectType, id: spaceId } },
          sentinelone_response: fields,
        });
      } catch (problem) {
        log.warn(`A change of settings was not written to the logs: ${String(problem)}`);
      }
    },
  };
}
