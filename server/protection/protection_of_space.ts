import { isDeepStrictEqual } from 'node:util';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import {
  approvalSettingsOf,
  isolationOf,
  releaseTimesOf,
  strictestIsolation,
  type AppliedPattern,
  type AppliedProtection,
  type ProtectedHost,
  type ProtectedIsolation,
  type ProtectionSettings,
  type ReleaseTimes,
  DEFAULT_PROTECTION_SETTINGS,
  protectionSettingsCodec,
} from '../../common/hosts/protection_settings';
import { DEFAULT_SPACE_ID, type KibanaSpaces } from '../kibana/kibana_spaces';
import {
  settingsOfSpaces,
  type SettingsOfSpace,
  settingsSavedObjectType,
  settingsStore,
  type SettingsDefinition,
  type SettingsStore,
} from '../settings/settings_store';
import { PROTECTION_SETTINGS_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { parseOrThrow } from '../kibana/validation';

/**
 * The protection that applies to an action: the settings of its space. A connector from `kibana.yml` applies to every
 * space, and hosts do not belong to spaces. So the settings of all spaces apply together to such a connector, and no
 * space bypasses the protection of another.
 */

/** Settings that cannot be parsed are an error, because it is unknown which hosts they protect. */
export const PROTECTION_SETTINGS: SettingsDefinition<ProtectionSettings> = {
  savedObjectType: PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
  defaults: DEFAULT_PROTECTION_SETTINGS,
  parse: (attributes) => parseOrThrow(protectionSettingsCodec, attributes),
};

export const protectionSettingsSavedObjectType = settingsSavedObjectType(PROTECTION_SETTINGS);

/** The protection settings of one space. `namespace` is the space; undefined means the default space. */
export const protectionSettingsStore = (
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): SettingsStore<ProtectionSettings> => settingsStore(repository, namespace, PROTECTION_SETTINGS);

const keyOf = ({ field, pattern }: ProtectedHost): string => `${field}:${pattern}`;

const appliedPattern = (
  { field, pattern }: ProtectedHost,
  isolation: ProtectedIsolation,
  spaceId?: string
): AppliedPattern => ({
  field,
  pattern,
  ...(spaceId === undefined ? {} : { spaceId }),
  ...(isolation === 'with_comment' ? {} : { isolation }),
});

/** Returns the default of the own space, and the lowest of the longest times. The default never exceeds it. */
function strictestReleaseTimes(
  own: ProtectionSettings,
  all: readonly ProtectionSettings[]
): ReleaseTimes {
  const { defaultMinutes } = releaseTimesOf(own);
  const longestMinutes = Math.min(...all.map((one) => releaseTimesOf(one).longestMinutes));
  return {
    defaultMinutes: defaultMinutes === null ? null : Math.min(defaultMinutes, longestMinutes),
    longestMinutes,
  };
}

/**
 * The distinct patterns of all spaces, those of the own space first, each with the way in which its space lets protected
 * hosts be isolated (of spaces with the same pattern the strictest); the lowest limit of hosts per action, the shortest
 * expiry of requests and the lowest of the longest times until an automatic release; a required comment if any space
 * requires one. `others` has no spaces without saved settings.
 */
export function strictestProtection(
  own: ProtectionSettings,
  others: ReadonlyArray<SettingsOfSpace<ProtectionSettings>>
): AppliedProtection {
  const patterns = new Map<string, AppliedPattern>();
  const add = (settings: ProtectionSettings, spaceId?: string): void => {
    const { isolateProtectedHosts } = approvalSettingsOf(settings);
    for (const host of settings.protectedHosts) {
      const known = patterns.get(keyOf(host));
      const ways = [isolateProtectedHosts, ...(known === undefined ? [] : [isolationOf(known)])];
      const strictest = strictestIsolation(ways) ?? isolateProtectedHosts;
      patterns.set(
        keyOf(host),
        appliedPattern(host, strictest, known === undefined ? spaceId : known.spaceId)
      );
    }
  };
  add(own);
  for (const { spaceId, settings } of others) add(settings, spaceId);
  const all = [own, ...others.map(({ settings }) => settings)];
  return {
    protectedHosts: [...patterns.values()],
    commentRequired: all.some(({ commentRequired }) => commentRequired),
    maxHosts: Math.min(...all.map(({ maxHosts }) => maxHosts)),
    automaticRelease: strictestReleaseTimes(own, all),
    requestsExpireAfterMinutes: Math.min(
      ...all.map((settings) => approvalSettingsOf(settings).requestsExpireAfterMinutes)
    ),
  };
}

/**
 * `namespace` is the space; undefined means the default space. Throws when any settings cannot be read, or with the
 * promise of the connector.
 */
export type AppliedProtectionOf = (
  connectorId: string | Promise<string>,
  namespace: string | undefined
) => Promise<AppliedProtection>;

export interface AppliedProtectionPorts {
  readonly repository: ISavedObjectsRepository;
  readonly spaces: KibanaSpaces;
  /** True for a connector from `kibana.yml`. */
  readonly isPreconfigured: (connectorId: string) => boolean;
}

/**
 * Reads the settings by id at each call, so that a change applies as soon as it is saved. Most of the time the spaces are
 * the same as at the call before: so their settings are read while the spaces are listed, and again if others are listed.
 */
export function appliedProtectionOf({
  repository,
  spaces,
  isPreconfigured,
}: AppliedProtectionPorts): AppliedProtectionOf {
  let listedBefore: readonly string[] = [];
  const settingsOf = (spaceIds: readonly string[], ownSpaceId: string) =>
    settingsOfSpaces(
      repository,
      spaceIds.filter((spaceId) => spaceId !== ownSpaceId),
      PROTECTION_SETTINGS
    );
  const settingsOfOthers = async (ownSpaceId: string) => {
    const expected = listedBefore;
    const ahead = settingsOf(expected, ownSpaceId);
    ahead.catch(() => undefined);
    const listed = [...(await spaces.all())].sort();
    listedBefore = listed;
    return isDeepStrictEqual(listed, expected) ? ahead : settingsOf(listed, ownSpaceId);
  };
  return async (connectorId, namespace) => {
    const own = protectionSettingsStore(repository, namespace).get();
    own.catch(() => undefined);
    if (!isPreconfigured(await connectorId)) return strictestProtection(await own, []);
    const others = settingsOfOthers(namespace ?? DEFAULT_SPACE_ID);
    return strictestProtection(...(await Promise.all([own, others])));
  };
}
