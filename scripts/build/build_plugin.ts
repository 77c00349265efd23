import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildBrowserBundle } from './browser_bundle';
import { bundledPackages, noticeOf, type BundledPackage } from './licences';
import { manifestOf, readProject } from './manifest';

export interface BuildOptions {
  readonly outDir: string;
  readonly kibanaVersion?: string;
  readonly minify?: boolean;
  /** Whether to write `.br` beside each asset, which Kibana serves where the browser takes it. */
  readonly compress?: boolean;
}

/** A file that the browser loads, in bytes. */
export interface AssetSize {
  readonly file: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export interface BuiltPlugin {
  readonly id: string;
  readonly version: string;
  readonly kibanaVersion: string;
  readonly entry: string;
  readonly assets: readonly AssetSize[];
  /** Other people's packages whose code is in it. */
  readonly packages: readonly BundledPackage[];
}

const ROOT = join(__dirname, '..', '..');

/** The server as one CommonJS file for Kibana's own Node.js; Kibana's packages are not bundled. */
const buildServer = (outfile: string) =>
  build({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, 'server/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    external: ['@kbn/*'],
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
  });

const brotli = (content: Buffer): Buffer =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

function measure(folder: string, compress: boolean): AssetSize[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => {
      const content = readFileSync(join(folder, file));
      const compressed = brotli(content);
      if (compress) writeFileSync(join(folder, `${file}.br`), compressed);
      const gzip = gzipSync(content, { level: 9 }).length;
      return { file, raw: content.length, gzip, brotli: compressed.length };
    });
}

/** Writes into a built plugin which Kibana version it is for: two files, and nothing else, differ between versions. */
export function stampPlugin(outDir: string, kibanaVersion: string): void {
  const { name, version, license, description } = readProject(ROOT);
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  writeFileSync(join(outDir, 'kibana.json'), json(manifestOf(ROOT, kibanaVersion)));
  writeFileSync(
    join(outDir, 'package.json'),
    json({ name, version, license, description, kibana: { version: kibanaVersion } })
  );
}

/**
 * Builds the plugin into `outDir`, laid out as Kibana finds it when installed. The same sources give the
 * same bytes. Throws when something does not compile, or is bundled without a licence.
 */
export async function buildPlugin({
  outDir,
  kibanaVersion = readProject(ROOT).kibanaVersion,
  minify = true,
  compress = true,
}: BuildOptions): Promise<BuiltPlugin> {
  const { version } = readProject(ROOT);
  const manifest = manifestOf(ROOT, kibanaVersion);
  const publicDir = join(outDir, 'target', 'public');
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(join(outDir, 'server'), { recursive: true });
  mkdirSync(publicDir, { recursive: true });

  const [server, browser] = await Promise.all([
    buildServer(join(outDir, 'server', 'index.js')),
    buildBrowserBundle({ root: ROOT, outDir: publicDir, pluginId: manifest.id, minify }),
  ]);
  stampPlugin(outDir, kibanaVersion);
  const packages = bundledPackages(ROOT, [server.metafile, ...browser.metafiles]);
  writeFileSync(join(outDir, 'NOTICE.txt'), noticeOf(packages));
  copyFileSync(join(ROOT, 'LICENSE'), join(outDir, 'LICENSE.txt'));
  return {
    id: manifest.id,
    version,
    kibanaVersion,
    entry: `${manifest.id}.plugin.js`,
    assets: measure(publicDir, compress),
    packages,
  };
}
