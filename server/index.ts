import type { PluginInitializerContext } from '@kbn/core/server';
import { SentinelOneResponsePlugin } from './plugin';

/** Kibana calls this to create the plugin. */
export const plugin = (context: PluginInitializerContext) => new SentinelOneResponsePlugin(context);
