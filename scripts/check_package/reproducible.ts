import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlugin, type BuiltPlugin } from '../build/build_plugin';
import { zipFolder } from '../build/zip';

export interface Rebuilt {
  readonly plugin: BuiltPlugin;
  readonly sha256: string;
}

export const sha256Of = (content: Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** Builds the plugin from the sources as they are now, in a folder that is gone afterwards. */
export async function rebuild(kibanaVersion: string | undefined): Promise<Rebuilt> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-package-'));
  try {
    const plugin = await buildPlugin({ outDir: join(folder, 'plugin'), kibanaVersion });
    const zip = join(folder, 'plugin.zip');
    await zipFolder(join(folder, 'plugin'), `kibana/${plugin.id}`, zip);
    return { plugin, sha256: sha256Of(readFileSync(zip)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with a zip, given the digests of two builds of the sources of now. */
export function problemsOfRebuilding(
  zipped: string,
  first: string,
  second: string
): readonly string[] {
  if (first !== second) return ['two builds of the same sources differ'];
  if (zipped !== first) return ['the zip is not what the sources give now; run npm run build'];
  return [];
}
