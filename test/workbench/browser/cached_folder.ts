import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './build_options';
import { hashOf } from './input_hash';

const OUT = join(ROOT, 'build', 'workbench');
/** Another process may still serve an older folder; after this long, in ms, none does. */
const KEEP_FOR = 6 * 60 * 60 * 1000;

/** Something that is built into a folder, and the files and folders that it is made of. */
interface CachedFolder {
  readonly name: string;
  readonly inputs: readonly string[];
  build(folder: string): Promise<void>;
}

async function removeOlder(name: string, current: string): Promise<void> {
  for (const entry of await readdir(OUT)) {
    const folder = join(OUT, entry);
    if (!entry.startsWith(`${name}-`) || folder === current) continue;
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > KEEP_FOR) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Returns a folder that is named by its inputs, built only when it is not there. It appears whole or not
 * at all, so that several processes may ask for it at once.
 */
export async function cachedFolder({ name, inputs, build }: CachedFolder): Promise<string> {
  const folder = join(OUT, `${name}-${hashOf(inputs).slice(0, 16)}`);
  if (existsSync(folder)) {
    await utimes(folder, new Date(), new Date());
    return folder;
  }
  await mkdir(OUT, { recursive: true });
  const unfinished = await mkdtemp(join(OUT, `${name}-unfinished-`));
  try {
    await build(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process has built it in the meantime.
    if (!existsSync(folder)) throw error;
  }
  await removeOlder(name, folder).catch(() => {}); // Another process may be removing them too.
  return folder;
}
