import { PLUGIN_ID } from '../../../common/lib/constants';

interface KibanasPage {
  readonly __kbnPublicPath__?: Readonly<Record<string, string>>;
}

/** The plugin's version, which Kibana puts into the path that our parts are loaded from. */
export function pluginVersion(page: KibanasPage = window as unknown as KibanasPage): string {
  const path = page.__kbnPublicPath__?.[PLUGIN_ID] ?? '';
  return /\/([^/]+)\/?$/.exec(path)?.[1] ?? 'unknown';
}
