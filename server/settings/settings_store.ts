import type { ISavedObjectsRepository, SavedObjectsType, KibanaRequest } from '@kbn/core/server';
import { CONFLICT, NOT_FOUND, statusOf } from '../lib/typed_error';
import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { SecurityPluginSetup, SecurityPluginStart } from '@kbn/security-plugin/server';
import { type CoreLog, quoted } from '../lib/log';

/** Settings in saved objects. Each kind of settings has a saved object type, with one document per space. */

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

const ID = 'settings';

/** One kind of settings. */
export interface SettingsDefinition<Settings> {
  readonly savedObjectType: string;
  readonly defaults: Settings;
  /** Reads the attributes of a document. May throw an `Error`. */
  parse(attributes: unknown): Settings;
}

/** The saved object type for settings: hidden, so that only this plugin reads and writes it. */
export const settingsSavedObjectType = ({
  savedObjectType,
}: Pick<SettingsDefinition<unknown>, 'savedObjectType'>): SavedObjectsType => ({
  name: savedObjectType,
  hidden: true,
  namespaceType: 'single',
  mappings: { dynamic: false, properties: {} },
  modelVersions: { 1: { changes: [] } },
});

/** Settings, and the version of their document. */
export interface Versioned<Settings> {
  readonly settings: Settings;
  /** Opaque, and different after every change; undefined if nothing is saved. */
  readonly version: string | undefined;
}

/** Saved settings, and the previous settings, which are undefined if they could not be parsed. */
export interface SettingsChange<Settings> extends Versioned<Settings> {
  readonly before: Settings | undefined;
}

/** Whether a version (undefined: nothing is saved) may be replaced. */
export type VersionCheck = (version: string | undefined) => boolean;

/** Settings of one kind in one space. */
export interface SettingsStore<Settings> {
  /**
   * Returns the saved settings, or the defaults if nothing is saved. Throws if the document cannot be read or parsed.
   */
  get(): Promise<Settings>;
  read(): Promise<Versioned<Settings>>;
  /**
   * Replaces the settings if `mayReplace` accepts their version; returns undefined if it does not. After a
   * concurrent change it checks again, so that no change is lost.
   */
  set(settings: Settings, mayReplace?: VersionCheck): Promise<SettingsChange<Settings> | undefined>;
}

/**
 * `namespace` is the space; undefined means the default space. Documents are read by id, so that a change is visible
 * at once.
 */
export function settingsStore<Settings extends object>(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  { savedObjectType, defaults, parse }: SettingsDefinition<Settings>
): SettingsStore<Settings> {
  const readDocument = async () => {
    try {
      return await repository.get<unknown>(savedObjectType, ID, { namespace });
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return undefined;
      throw error;
    }
  };
  const read = async (): Promise<Versioned<Settings>> => {
    const stored = await readDocument();
    if (stored === undefined) return { settings: defaults, version: undefined };
    return { settings: parse(stored.attributes), version: stored.version };
  };
  /** Settings that cannot be parsed can still be replaced. */
  const parsedOrUndefined = (attributes: unknown): Settings | undefined => {
    try {
      return parse(attributes);
    } catch {
      return undefined;
    }
  };
  return {
    get: async () => (await read()).settings,
    read,
    async set(settings, mayReplace = () => true) {
      for (;;) {
        const stored = await readDocument();
        if (!mayReplace(stored?.version)) return undefined;
        const replacing =
          stored === undefined
            ? { overwrite: false }
            : { overwrite: true, version: stored.version };
        try {
          const { version } = await repository.create(savedObjectType, settings, {
            id: ID,
            namespace,
            ...replacing,
          });
          const before = stored === undefined ? defaults : parsedOrUndefined(stored.attributes);
          return { settings, version, before };
        } catch (error) {
          if (statusOf(error) !== CONFLICT) throw error;
        }
      }
    },
  };
}

/** Spaces whose documents are read with one request to Elasticsearch. */
const SPACES_PER_REQUEST = 500;

/** The settings that are saved in a space. */
export interface SettingsOfSpace<Settings> {
  readonly spaceId: string;
  readonly settings: Settings;
}

/**
 * The saved settings of these spaces, in their order, read by id; spaces without a document are omitted. Throws an
 * `Error` that names the space when a document cannot be read or parsed.
 */
export async function settingsOfSpaces<Settings>(
  repository: ISavedObjectsRepository,
  spaceIds: readonly string[],
  { savedObjectType, parse }: SettingsDefinition<Settings>
): Promise<ReadonlyArray<SettingsOfSpace<Settings>>> {
  const all: Array<SettingsOfSpace<Settings>> = [];
  for (let at = 0; at < spaceIds.length; at += SPACES_PER_REQUEST) {
    const some = spaceIds.slice(at, at + SPACES_PER_REQUEST);
    const { saved_objects: found } = await repository.bulkGet<unknown>(
      some.map((spaceId) => ({ type: savedObjectType, id: ID, namespaces: [spaceId] }))
    );
    for (const [n, { attributes, error }] of found.entries()) {
      const spaceId = some[n]!;
      if (error?.statusCode === NOT_FOUND) continue;
      try {
        if (error !== undefined) throw new Error(error.message);
        all.push({ spaceId, settings: parse(attributes) });
      } catch (problem) {
        throw new Error(
          `The settings of the space ${spaceId} cannot be read: ${(problem as Error).message}`
        );
      }
    }
  }
  return all;
}
