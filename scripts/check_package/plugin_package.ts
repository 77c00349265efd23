import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

/** A file in a zip. */
export interface PackagedFile {
  /** As the zip has it, such as `kibana/sentineloneResponse/kibana.json`. */
  readonly path: string;
  readonly content: Buffer;
}

/** A zip, unpacked in memory. */
export interface PluginPackage {
  /** The zip's own name, such as `sentineloneResponse-1.0.0_8.12.2.zip`. */
  readonly fileName: string;
  readonly files: readonly PackagedFile[];
}

const openZip = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);

/** Unpacks a zip. Rejects if it is damaged, or if a name in it is a path outside the target folder. */
export async function readPackage(zipPath: string): Promise<PluginPackage> {
  const zip = await openZip(readFileSync(zipPath), { lazyEntries: true });
  const open = promisify<yauzl.Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip));
  const files: PackagedFile[] = [];
  await new Promise<void>((resolve, reject) => {
    const take = async (entry: yauzl.Entry): Promise<void> => {
      const isFolder = entry.fileName.endsWith('/');
      const content = isFolder ? Buffer.alloc(0) : await buffer(await open(entry));
      files.push({ path: entry.fileName, content });
      zip.readEntry();
    };
    zip.on('entry', (entry: yauzl.Entry) => void take(entry).catch(reject));
    zip.once('error', reject);
    zip.once('end', resolve);
    zip.readEntry();
  });
  return { fileName: basename(zipPath), files };
}
