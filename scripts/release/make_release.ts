import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { buildPlugin, stampPlugin } from '../build/build_plugin';
import { readProject } from '../build/manifest';
import { zipFolder } from '../build/zip';
import { readPackage } from '../check_package/plugin_package';
import { sha256Of } from '../check_package/reproducible';
import { layout } from '../check_package/file_rules';
import { manifest, versions } from '../check_package/manifest_rules';
import { filesByPath, type Sources } from '../check_package/rule';
import { RULES } from '../check_package/rules';
import kibanaReleases from './kibana_releases.json';
import { changesOf, releaseNotes, type NotedZip } from './release_notes';
import { sbomOf } from './sbom';

const ROOT = join(__dirname, '..', '..');
/** The rules about what differs between the zips. */
const STAMP_RULES = [layout, manifest, versions];

/** The last known patch version of each Kibana that the plugin is built for, by minor version. */
const LAST_PATCHES: Readonly<Record<string, number>> = kibanaReleases;

/** What differs between the zips of two Kibana versions. */
export const STAMPED_FILES: readonly string[] = ['kibana.json', 'package.json'];

const isSame = (one: Buffer | undefined, other: Buffer | undefined): boolean =>
  one !== undefined && other !== undefined && one.equals(other);

/** The files that differ although they should not. */
function unexpectedDifferences(
  one: ReadonlyMap<string, Buffer>,
  other: ReadonlyMap<string, Buffer>
): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (path) => !STAMPED_FILES.includes(path) && !isSame(one.get(path), other.get(path))
  );
}

/** Every known version of Kibana, oldest first. */
export const knownReleases = (): readonly string[] =>
  Object.entries(LAST_PATCHES).flatMap(([minor, last]) =>
    Array.from({ length: last + 1 }, (_, patch) => `${minor}.${patch}`)
  );

export interface ReleaseOptions {
  /** Is replaced as a whole, and only when everything is made. */
  readonly outDir: string;
  readonly kibanaVersions: readonly string[];
  /** For tests. */
  readonly build?: typeof buildPlugin;
}

/**
 * Makes a release: a zip for each Kibana version, the bill of materials, the release notes and SHA256SUMS. The same
 * sources give the same bytes. Throws, and leaves `outDir` as it was, if a zip breaks a rule of scripts/check_package or
 * CHANGELOG.md does not describe the version. Resolves to the names of the files.
 */
export async function makeRelease({
  outDir,
  kibanaVersions,
  build = buildPlugin,
}: ReleaseOptions): Promise<readonly string[]> {
  const project = readProject(ROOT);
  const changes = changesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), project.version);
  mkdirSync(dirname(outDir), { recursive: true });
  const work = mkdtempSync(join(dirname(outDir), '.release-'));
  try {
    const folder = join(work, 'plugin');
    const files = join(work, 'files');
    mkdirSync(files);
    const plugin = await build({ outDir: folder });
    const sources: Sources = {
      project,
      pluginId: plugin.id,
      licence: readFileSync(join(ROOT, 'LICENSE'), 'utf8'),
      bundled: plugin.packages,
    };
    const zips: NotedZip[] = [];
    let first: ReadonlyMap<string, Buffer> | undefined;
    for (const kibanaVersion of new Set(kibanaVersions)) {
      // The code adapts to what it finds in Kibana, so it is built once, and only its stamp differs.
      stampPlugin(folder, kibanaVersion);
      const file = `${plugin.id}-${plugin.version}_${kibanaVersion}.zip`;
      await zipFolder(folder, `kibana/${plugin.id}`, join(files, file));
      const found = await readPackage(join(files, file));
      const content = filesByPath(found, sources);
      // All rules for the first one. The others have the same code, which is compared and not parsed again.
      const problems = [
        ...(first === undefined ? RULES : STAMP_RULES).flatMap((rule) =>
          rule.problems(found, sources)
        ),
        ...unexpectedDifferences(content, first ?? content).map(
          (path) => `${path} is not as in the other zips`
        ),
      ];
      first ??= content;
      if (problems.length > 0) throw new Error(`${file}: ${problems.join('; ')}`);
      zips.push({ file, kibanaVersion });
    }
    const sbom = `${plugin.id}-${plugin.version}.cdx.json`;
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
    const bill = sbomOf({ plugin: { ...project, id: plugin.id }, packages: plugin.packages, lock });
    writeFileSync(join(files, sbom), `${JSON.stringify(bill, null, 2)}\n`);
    writeFileSync(
      join(files, 'RELEASE_NOTES.md'),
      releaseNotes(project.version, changes, zips, sbom)
    );
    const sums = readdirSync(files)
      .sort()
      .map((file) => `${sha256Of(readFileSync(join(files, file)))}  ${file}\n`);
    writeFileSync(join(files, 'SHA256SUMS'), sums.join(''));
    rmSync(outDir, { recursive: true, force: true });
    renameSync(files, outDir);
    return readdirSync(outDir).sort();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
