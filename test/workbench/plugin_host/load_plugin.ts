import { join } from 'node:path';
import type { Logger, Plugin, PluginInitializerContext } from '@kbn/core/server';
import type { Manifest } from './manifest';
import { installRequireHook } from './require_hook';

type AnyPlugin = Plugin<unknown, unknown, object, object>;

interface PluginModule {
  readonly plugin?: (context: PluginInitializerContext) => AnyPlugin | Promise<AnyPlugin>;
}

/** Ids of required plugins that the host does not have: then Kibana disables the plugin. */
export const missingPlugins = (
  { requiredPlugins }: Manifest,
  known: readonly string[]
): readonly string[] => requiredPlugins.filter((id) => !known.includes(id));

/** The line that Kibana logs for a plugin that it disables. */
export function sayDisabled(logger: Logger, { id }: Manifest, missing: readonly string[]): void {
  logger.info(
    `Plugin "${id}" has been disabled since the following direct or transitive dependencies are missing, disabled, or have incompatible types: [${missing.join(', ')}]`
  );
}

/** Loads a plugin's server part by its entry point, and makes its instance as Kibana does. */
export async function loadPlugin(
  folder: string,
  { id }: Manifest,
  context: PluginInitializerContext
): Promise<AnyPlugin> {
  installRequireHook();
  const path = join(folder, 'server');
  // The folder is only known at run time, and `require` is what Kibana uses.
  // eslint-disable-next-line @typescript-eslint/no-var-requires
  const module = require(path) as PluginModule;
  if (typeof module.plugin !== 'function') {
    throw new Error(`Definition of plugin "${id}" should be a function (${path}).`);
  }
  const instance = await module.plugin(context);
  if (typeof instance !== 'object' || instance === null) {
    throw new Error(
      `Initializer for plugin "${id}" is expected to return plugin instance, but returned "${typeof instance}".`
    );
  }
  if (typeof instance.setup !== 'function') {
    throw new Error(`Instance of plugin "${id}" does not define "setup" function.`);
  }
  return instance;
}
