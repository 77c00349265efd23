/** The Kibana versions that the plugin is built for, from the first one to the last known minor version. */
const KNOWN: ReadonlyArray<readonly [major: number, firstMinor: number, lastMinor: number]> = [
  [8, 12, 19],
  [9, 0, 5],
];

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

/** For messages: `8.12 to 8.19 and 9.0 to 9.5`. */
export const KNOWN_VERSIONS = KNOWN.map(
  ([major, first, last]) => `${major}.${first} to ${major}.${last}`
).join(' and ');

/** Whether this is the full version of one Kibana, such as `8.19.2`. */
export const isKibanaVersion = (version: string): boolean => VERSION.test(version);

/** Whether the plugin is built for this version (`8.19.2`). */
export function isKnownVersion(version: string): boolean {
  const [, major, minor] = (VERSION.exec(version) ?? []).map(Number);
  return KNOWN.some(
    ([known, first, last]) =>
      known === major && minor !== undefined && first <= minor && minor <= last
  );
}

/**
 * Why no zip is built for this version; undefined if one is. Kibana installs a plugin only if the versions are equal, so
 * each zip is for one version. `isForced` accepts versions that are not known.
 */
export function versionProblem(version: string, isForced: boolean): string | undefined {
  if (!isKibanaVersion(version)) {
    return `--kibana-version: got "${version}"; accepted is one version with three numbers, such as 8.19.2`;
  }
  if (isForced || isKnownVersion(version)) return undefined;
  return `--kibana-version: got "${version}"; accepted are ${KNOWN_VERSIONS}. Use --force-version to build for it anyway`;
}

/** What to say about a version that was forced. */
export const untestedNote = (version: string): string =>
  `Kibana ${version} is not one of ${KNOWN_VERSIONS}: nothing of the plugin was tried or compared with this version. Test it in a deployment without production hosts first.`;
