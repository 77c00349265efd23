import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** The packages whose code went into the bundles, sorted by name. Throws for one without a licence. */
export function bundledPackages(root: string, metafiles: readonly Metafile[]): BundledPackage[] {
  const names = new Set<string>();
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = existsSync(folder) && readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (typeof license !== 'string' || !file)
      throw new Error(`${name} is bundled and has no licence`);
    return {
      name,
      version,
      licence: license,
      text: readFileSync(join(folder, file), 'utf8').trim(),
    };
  });
}

/** The text of NOTICE.txt. */
export function noticeOf(packages: readonly BundledPackage[]): string {
  const parts = packages.map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`
  );
  return ['This plugin contains code of the following packages.\n', ...parts].join(
    `\n${'-'.repeat(72)}\n\n`
  );
}
