import JSON5 from 'json5';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Kibana reads of a plugin's manifest. */
export interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly configPath: readonly string[];
  readonly requiredPlugins: readonly string[];
  readonly optionalPlugins: readonly string[];
  readonly requiredBundles: readonly string[];
  readonly server: boolean;
  readonly ui: boolean;
}

/** Kibana stops at any other key of `kibana.json` (8.12.2; unchanged in 9.x, `plugin_manifest_parser.ts@4926f7c`). */
const KNOWN_KEYS = [
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

const readJson = (path: string): Record<string, unknown> =>
  JSON5.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

function assertManifest(
  manifest: Record<string, unknown>,
  path: string,
  hostVersion: string
): void {
  const fail = (message: string): never => {
    throw new Error(`${message} (invalid-manifest, ${path})`);
  };
  const { id, version, owner, server, ui, kibanaVersion = version } = manifest;
  if (typeof id !== 'string' || id === '') fail('Plugin manifest must contain an "id" property.');
  if (String(id).includes('.')) fail('Plugin "id" must not include `.` characters.');
  if (!/^[a-z][a-zA-Z0-9]*$/.test(String(id))) fail('Plugin "id" must be camelCase');
  if (typeof version !== 'string')
    fail(`Plugin manifest for "${String(id)}" must contain a "version" property.`);
  if (typeof (owner as { name?: unknown } | undefined)?.name !== 'string') {
    fail(
      `Plugin manifest for "${String(id)}" must contain an "owner" property, which includes a nested "name" property.`
    );
  }
  if (kibanaVersion !== 'kibana' && kibanaVersion !== hostVersion) {
    fail(
      `Plugin "${String(id)}" is only compatible with Kibana version "${String(kibanaVersion)}", but used Kibana version is "${hostVersion}".`
    );
  }
  if (server !== true && ui !== true) {
    fail(
      `Both "server" and "ui" are missing or set to "false" in plugin manifest for "${String(id)}", but at least one of these must be set to "true".`
    );
  }
  const unknown = Object.keys(manifest).filter((key) => !KNOWN_KEYS.includes(key));
  if (unknown.length > 0) {
    fail(
      `Manifest for plugin "${String(id)}" contains the following unrecognized properties: ${unknown.join(',')}.`
    );
  }
}

/** `kibana.jsonc`, the source, in the form of `kibana.json`, which Kibana reads. */
function fromSource(folder: string, kibanaVersion: string): Record<string, unknown> {
  const { plugin, owner } = readJson(join(folder, 'kibana.jsonc')) as {
    plugin: Record<string, unknown>;
    owner: unknown;
  };
  const { version } = readJson(join(folder, 'package.json'));
  const { browser, ...rest } = plugin;
  const [name] = Array.isArray(owner) ? (owner as unknown[]) : [owner];
  return { ...rest, ui: browser, version, kibanaVersion, owner: { name } };
}

/**
 * Reads `kibana.json` of a built plugin, else `kibana.jsonc`. Throws as a Kibana of this version does for a bad one.
 */
export function readManifest(folder: string, hostVersion: string): Manifest {
  const path = join(folder, 'kibana.json');
  const raw = existsSync(path) ? readJson(path) : fromSource(folder, hostVersion);
  assertManifest(raw, path, hostVersion);
  const list = (value: unknown): string[] =>
    value === undefined ? [] : Array.isArray(value) ? (value as string[]) : [String(value)];
  return {
    id: String(raw.id),
    version: String(raw.version),
    configPath: list(raw.configPath),
    requiredPlugins: list(raw.requiredPlugins),
    optionalPlugins: list(raw.optionalPlugins),
    requiredBundles: list(raw.requiredBundles),
    server: raw.server === true,
    ui: raw.ui === true,
  };
}
