import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildPlugin } from '../build/build_plugin';
import { SHARED_MODULES } from '../build/externals';
import { MANIFEST_KEYS } from '../build/manifest';
import official from '../build/official_bundles.json';
import { zipFolder } from '../build/zip';
import { bundleFormatOf, runEntry, type BundleFormat } from './bundle_format';
import { readPackage, type PluginPackage } from './plugin_package';

/**
 * The browser bundle beside bundles that Kibana's own build tool made for 8.12.2 and 8.19.12, whose format is recorded in
 * scripts/build/official_bundles.json. With OFFICIAL_PLUGIN_ZIPS (paths, separated by commas) the record is compared with
 * these zips.
 */

const ID = 'sentineloneResponse';
let folder: string;
let plugin: PluginPackage;
let ours: BundleFormat;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-format-'));
  const zip = join(folder, 'plugin.zip');
  await buildPlugin({ outDir: join(folder, 'plugin') });
  await zipFolder(join(folder, 'plugin'), `kibana/${ID}`, zip);
  plugin = await readPackage(zip);
  ours = bundleFormatOf(plugin);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(official.bundles)('has the format of a plugin for Kibana $kibana', ({ format }) => {
  for (const key of ['entry', 'isModule', 'isCompressed', 'defineArguments'] as const) {
    expect([key, ours[key]]).toEqual([key, format[key]]);
  }
  expect(ours.bundles).toEqual(format.bundles.slice(0, 1));
  expect(format.manifestKeys.filter((key) => !MANIFEST_KEYS.includes(key))).toEqual([]);
});

it('runs from any path, and before the bundles of other plugins are defined', () => {
  // The official bundles read the address of their parts from Kibana. Ours import them relative to the script.
  expect(ours.publicPath).toEqual([]);
  const entry = plugin.files.find(({ path }) => path.endsWith(`${ID}.plugin.js`))!;
  const [[key, load, module] = []] = runEntry(ID, String(entry.content)).definitions;
  expect(key).toBe(`plugin/${ID}/public`);
  expect(load!(module)).toHaveProperty('plugin', expect.any(Function));
});

it.each(official.sharedModules)('takes only modules that Kibana $kibana shares', ({ names }) => {
  const shared = names.split(' ');
  expect(ours.sharedModules.filter((name) => !shared.includes(name))).toEqual([]);
});

it('declares only modules that it imports', () => {
  expect(Object.values(SHARED_MODULES).sort()).toEqual(ours.sharedModules);
});

const zips = process.env.OFFICIAL_PLUGIN_ZIPS?.split(',') ?? [];
(zips.length === 0 ? it.skip : it)('is compared with what the official zips contain', async () => {
  for (const zip of zips) {
    const recorded = official.bundles.find(({ source }) => basename(source) === basename(zip));
    expect([zip, bundleFormatOf(await readPackage(zip))]).toEqual([zip, recorded?.format]);
  }
});
