import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** The earliest time that a zip supports, so that zips do not contain the build time. */
const EPOCH = new Date(1980, 0, 1);

function filesIn(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      return entry.isDirectory() ? filesIn(folder, path) : [path];
    })
    .sort();
}

/** Zips `folder` as `root` inside the archive. The same files give the same bytes. */
export async function zipFolder(folder: string, root: string, outFile: string): Promise<void> {
  const zip = new ZipFile();
  for (const file of filesIn(folder)) {
    zip.addBuffer(readFileSync(join(folder, file)), `${root}/${file}`, {
      mtime: EPOCH,
      mode: 0o100644,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(outFile));
}
