import { SentinelOneResponsePlugin } from './plugin';

/** The entry point of the browser side for Kibana. */
export const plugin = (): SentinelOneResponsePlugin => new SentinelOneResponsePlugin();
