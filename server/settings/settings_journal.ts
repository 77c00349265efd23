import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { KibanaRequest } from '@kbn/core/server';
import type { SecurityPluginSetup } from '@kbn/security-plugin/server';
import { SETTINGS_SAVED_OBJECT_TYPE } from '../../common/constants';
import { visibleText } from '../../common/visible_text';
import type { CoreLog } from '../response_actions/ports';

/** The action in the event log; the audit log has it with the plugin's name in front. */
export const SETTINGS_EVENT_ACTION = 'settings-change';

/** Changes of settings in Kibana's audit log and event log. */
export interface SettingsJournal {
  /** `what` somebody did, as `describe_change.ts` words it. Never throws. */
  changed(request: KibanaRequest, spaceId: string, what: string): void;
}

export interface SettingsJournalPorts {
  readonly eventLogger: Pick<IEventLogger, 'logEvent'>;
  /** Undefined when Kibana runs without the security plugin. */
  readonly security: Pick<SecurityPluginSetup, 'audit' | 'authc'> | undefined;
  readonly log: CoreLog;
}

/** A journal that tells who changed what, in which space. */
export function settingsJournal({
  eventLogger,
  security,
  log,
}: SettingsJournalPorts): SettingsJournal {
  return {
    changed(request, spaceId, what) {
      try {
        const name = security?.authc.getCurrentUser(request)?.username ?? 'somebody';
        const message = visibleText(`${name} ${what}`);
        const about = { category: ['configuration'], outcome: 'success' as const };
        eventLogger.logEvent({
          message,
          event: { action: SETTINGS_EVENT_ACTION, kind: 'action', ...about },
          user: { name },
          kibana: { space_ids: [spaceId] },
        });
        security?.audit.asScoped(request).log({
          message,
          event: { action: 'sentinelone_response_settings_change', type: ['change'], ...about },
          kibana: { saved_object: { type: SETTINGS_SAVED_OBJECT_TYPE, id: spaceId } },
        });
      } catch (problem) {
        log.warn(`A change of the settings was not written to the logs: ${String(problem)}`);
      }
    },
  };
}
