import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { JSDOM, VirtualConsole } from 'jsdom';
import type { Bag } from './stand_in';

let browser: Bag | undefined;

/** A window in which Kibana's shared modules, its core and all its plugins' bundles are loaded. */
export function browserWindow(home: string): Bag {
  if (browser !== undefined) return browser;
  const { window } = new JSDOM('<!doctype html>', {
    url: 'http://localhost/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  const load = (file: string) => window.eval(readFileSync(file, 'utf8'));
  const bundles = new Map<string, () => unknown>();
  Object.assign(window, {
    __kbnThemeTag__: 'v8light',
    __kbnPublicPath__: new Proxy({}, { get: (_, id) => `/${String(id)}/` }),
    __kbnBundles__: {
      has: (key: string) => bundles.has(key),
      define: (key: string, bundleRequire: (id: unknown) => unknown, id: unknown) =>
        bundles.set(key, () => bundleRequire(id)),
      get(key: string) {
        const bundle = bundles.get(key);
        if (bundle === undefined) throw new Error(`There is no bundle ${key}`);
        return bundle();
      },
    },
    matchMedia: () => ({ matches: false, addListener() {}, removeListener() {} }),
    TextEncoder,
    TextDecoder,
    Worker: function NoWorker() {},
  });
  window.URL.createObjectURL = () => 'blob:none';
  const kbn = join(home, 'node_modules/@kbn');
  load(join(kbn, 'ui-shared-deps-npm/shared_built_assets/kbn-ui-shared-deps-npm.dll.js'));
  load(join(kbn, 'ui-shared-deps-src/shared_built_assets/kbn-ui-shared-deps-src.js'));
  load(join(kbn, 'core/target/public/core.entry.js'));
  for (const name of readdirSync(kbn)) {
    const folder = join(kbn, name, 'target/public');
    const files = existsSync(folder) ? readdirSync(folder) : [];
    for (const file of files) if (file.endsWith('.plugin.js')) load(join(folder, file));
  }
  browser = window as Bag;
  return browser;
}
