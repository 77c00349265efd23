import type { Privileges } from '../users/privileges';
import type { User } from '../users/role';
import type { FeatureRegistry } from './feature_registry';

type Switches = Record<string, boolean>;
type BrowserCapabilities = Record<string, Switches | Record<string, Switches>>;

/** What the browser may show a user in a space: `capabilities.<feature>.<name>`. */
export function capabilitiesOf(
  features: FeatureRegistry,
  privileges: Privileges,
  user: User,
  spaceId: string
): BrowserCapabilities {
  const has = (action: string) => privileges.has(user, action, spaceId);
  const navLinks: Switches = {};
  const management: Record<string, Switches> = {};
  const capabilities: BrowserCapabilities = { navLinks, management, catalogue: {} };
  for (const {
    id,
    app,
    privileges: main,
    subFeatures = [],
    management: sections = {},
  } of features.all) {
    for (const name of app) navLinks[name] = has(`ui:navLinks/${name}`);
    for (const [section, names] of Object.entries(sections)) {
      for (const name of names) {
        (management[section] ??= {})[name] = has(`ui:management/${section}/${name}`);
      }
    }
    const names = [
      ...(main?.all.ui ?? []),
      ...(main?.read.ui ?? []),
      ...subFeatures.flatMap(({ privilegeGroups }) =>
        privilegeGroups.flatMap((group) => group.privileges.flatMap(({ ui }) => ui))
      ),
    ];
    capabilities[id] = Object.fromEntries(names.map((name) => [name, has(`ui:${id}/${name}`)]));
  }
  return capabilities;
}
