/**
 * The modules that the plugin takes from Kibana, and where every Kibana from 8.12 to 9.5 has them for all browser
 * bundles. Checked against the lists of these versions (official_bundles.json) and, when KIBANA_HOME is set, against a
 * distribution (`@kbn/ui-shared-deps-src/src/definitions.js`).
 */
export const SHARED_MODULES: Readonly<Record<string, string>> = {
  '@elastic/charts': 'ElasticCharts',
  '@elastic/eui': 'ElasticEui',
  '@emotion/react': 'EmotionReact',
  '@kbn/datemath': 'KbnDatemath',
  '@kbn/i18n': 'KbnI18n',
  '@kbn/i18n-react': 'KbnI18nReact',
  '@kbn/rison': 'KbnRison',
  '@tanstack/react-query': 'ReactQuery',
  'io-ts': 'IoTs',
  'moment-timezone': 'MomentTimezone',
  react: 'React',
  'react-dom': 'ReactDom',
  'react-router-dom': 'ReactRouterDom',
};

/** Small packages that Kibana does not share; they are bundled. */
export const BUNDLED_PACKAGES: readonly string[] = ['fp-ts', 'ipaddr.js'];

/** `@kbn/some-plugin/public` is in the bundle of the plugin `some`; so are its extra public folders. */
export function pluginBundleOf(specifier: string): string | undefined {
  const [, name, folder] =
    /^@kbn\/([a-z-]+)-plugin\/((?:public|static)[a-z_/]*)$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const id = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `plugin/${id}/${folder}`;
}
