/**
 * Modules that Kibana 8.12.2 gives to every browser bundle, and where. One list, checked against the
 * distribution (`@kbn/ui-shared-deps-src/src/definitions.js`) when KIBANA_HOME is set.
 */
export const SHARED_MODULES: Readonly<Record<string, string>> = {
  '@elastic/charts': 'ElasticCharts',
  '@elastic/eui': 'ElasticEui',
  '@emotion/cache': 'EmotionCache',
  '@emotion/react': 'EmotionReact',
  '@kbn/datemath': 'KbnDatemath',
  '@kbn/es-query': 'KbnEsQuery',
  '@kbn/i18n': 'KbnI18n',
  '@kbn/i18n-react': 'KbnI18nReact',
  '@kbn/rison': 'KbnRison',
  '@kbn/ui-theme': 'KbnUiTheme',
  '@tanstack/react-query': 'ReactQuery',
  history: 'History',
  'io-ts': 'IoTs',
  lodash: 'Lodash',
  moment: 'Moment',
  'moment-timezone': 'MomentTimezone',
  react: 'React',
  'react-dom': 'ReactDom',
  'react-router': 'ReactRouter',
  'react-router-dom': 'ReactRouterDom',
  rxjs: 'Rxjs',
  uuid: 'Uuid',
};

/** Packages that are small and that Kibana does not share; they go into our bundle. */
export const BUNDLED_PACKAGES: readonly string[] = ['fp-ts', 'ipaddr.js'];

/** `@kbn/some-plugin/public` is in the bundle of the plugin `some`; so are its extra public folders. */
export function pluginBundleOf(specifier: string): string | undefined {
  const [, name, folder] =
    /^@kbn\/([a-z-]+)-plugin\/((?:public|static)[a-z_/]*)$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const id = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `plugin/${id}/${folder}`;
}
