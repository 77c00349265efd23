import { SentinelOneResponsePlugin } from './plugin';

/** Kibana's entry point into the plugin's browser side. */
export const plugin = (): SentinelOneResponsePlugin => new SentinelOneResponsePlugin();
