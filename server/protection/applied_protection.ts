import type { ISavedObjectsRepository } from '@kbn/core/server';
import type {
  AppliedProtection,
  AppliedPattern,
  ProtectionSettings,
} from '../../common/hosts/protection_settings';
import { DEFAULT_SPACE_ID, type KibanaSpaces } from '../kibana/kibana_spaces';
import {
  savedObjectProtectionSettings,
  storedProtectionSettings,
  type ProtectionOfSpace,
} from './protection_settings_store';

/**
 * What guards hosts from an action: the settings of its space. A connector from `kibana.yml` serves every
 * space, and a host belongs to none: through such a connector the settings of all spaces apply together, so that no
 * space is a way around another one's protection.
 */

const keyOf = ({ field, pattern }: AppliedPattern): string => `${field}:${pattern}`;

/**
 * All patterns of all spaces, the own ones first and each once; the fewest hosts per action; a comment where any
 * space asks for one. Spaces in which nobody has saved settings are not among `others`.
 */
export function strictestProtection(
  own: ProtectionSettings,
  others: readonly ProtectionOfSpace[]
): AppliedProtection {
  const patterns = new Map<string, AppliedPattern>();
  for (const pattern of own.protectedHosts) patterns.set(keyOf(pattern), pattern);
  for (const { spaceId, guards } of others) {
    for (const { field, pattern } of guards.protectedHosts) {
      const applied = { field, pattern, spaceId };
      if (!patterns.has(keyOf(applied))) patterns.set(keyOf(applied), applied);
    }
  }
  const all = [own, ...others.map(({ guards }) => guards)];
  return {
    protectedHosts: [...patterns.values()],
    commentRequired: all.some(({ commentRequired }) => commentRequired),
    maxHosts: Math.min(...all.map(({ maxHosts }) => maxHosts)),
  };
}

/** `namespace` is the space; undefined stands for the default one. Throws when any of it cannot be read. */
export type AppliedProtectionOf = (
  connectorId: string,
  namespace: string | undefined
) => Promise<AppliedProtection>;

export interface AppliedProtectionPorts {
  readonly repository: ISavedObjectsRepository;
  readonly spaces: KibanaSpaces;
  /** True for a connector from `kibana.yml`. */
  readonly servesAllSpaces: (connectorId: string) => boolean;
}

/** Reads them anew each time, by id, so that a change counts from the moment at which it was saved. */
export const appliedProtectionOf =
  ({ repository, spaces, servesAllSpaces }: AppliedProtectionPorts): AppliedProtectionOf =>
  async (connectorId, namespace) => {
    const own = savedObjectProtectionSettings(repository, namespace);
    if (!servesAllSpaces(connectorId)) return own.get();
    const ownSpaceId = namespace ?? DEFAULT_SPACE_ID;
    const others = async () => {
      const spaceIds = (await spaces.all()).filter((spaceId) => spaceId !== ownSpaceId);
      return storedProtectionSettings(repository, spaceIds.sort());
    };
    return strictestProtection(...(await Promise.all([own.get(), others()])));
  };
