import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import json5 from 'json5';

/** Keys that Kibana 8.12.2 accepts in `kibana.json`; any other stops Kibana at its start. */
export const MANIFEST_KEYS: readonly string[] = [
  'id',
  'kibanaVersion',
  'type',
  'version',
  'configPath',
  'requiredPlugins',
  'optionalPlugins',
  'runtimePluginDependencies',
  'ui',
  'server',
  'extraPublicDirs',
  'requiredBundles',
  'serviceFolders',
  'owner',
  'description',
  'enabledOnAnonymousPages',
];

export interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly kibanaVersion: string;
  readonly [key: string]: unknown;
}

export interface Project {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
  readonly kibanaVersion: string;
}

/** What the build takes from `package.json`. */
export function readProject(root: string): Project {
  const { name, version, license, description, kibana } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8')
  );
  return { name, version, license, description, kibanaVersion: kibana.version };
}

/**
 * The `kibana.json` that Kibana reads, from the `kibana.jsonc` that people write. Installed plugins are
 * read from `kibana.json` only, and it must name the one Kibana version that it is for.
 */
export function manifestOf(root: string, kibanaVersion: string): Manifest {
  const { owner, description, plugin } = json5.parse(
    readFileSync(join(root, 'kibana.jsonc'), 'utf8')
  );
  return {
    id: plugin.id,
    version: readProject(root).version,
    kibanaVersion,
    type: 'standard',
    owner: { name: [owner].flat().join(', ') },
    description,
    configPath: plugin.configPath,
    server: plugin.server,
    ui: plugin.browser,
    requiredPlugins: plugin.requiredPlugins,
    optionalPlugins: plugin.optionalPlugins,
    requiredBundles: plugin.requiredBundles,
  };
}
