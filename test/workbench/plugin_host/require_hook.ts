import Module from 'node:module';
import { join } from 'node:path';

const KBN_FOLDER = join(__dirname, '..', 'kbn');

type Resolve = (request: string, ...rest: unknown[]) => string;
const modules = Module as unknown as { _resolveFilename: Resolve };
let isInstalled = false;

/**
 * Makes `require('@kbn/x/server')` find the workbench's `kbn/x/server`, as the real one finds Kibana's
 * packages. Under Jest its `moduleNameMapper` does the same.
 */
export function installRequireHook(): void {
  if (isInstalled || typeof modules._resolveFilename !== 'function') return;
  isInstalled = true;
  const original = modules._resolveFilename;
  modules._resolveFilename = function resolve(this: unknown, request, ...rest) {
    if (!request.startsWith('@kbn/')) return original.call(this, request, ...rest);
    const path = join(KBN_FOLDER, request.slice('@kbn/'.length));
    try {
      return original.call(this, path, ...rest);
    } catch {
      throw new Error(`not in the workbench: ${request}`);
    }
  };
}
