import { isKibanaVersion } from '../build/kibana_versions';
import { MANIFEST_KEYS } from '../build/manifest';
import { jsonFile, type Rule } from './rule';

const CAMEL_CASE = /^[a-z][a-zA-Z0-9]+$/;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');

const textsOf = (value: unknown): readonly string[] => (isTexts(value) ? value : []);

const ID_LISTS = ['requiredPlugins', 'optionalPlugins', 'requiredBundles'] as const;

/** The requirements of Kibana 8.12.2 for `kibana.json`; Kibana does not start if they are not met. */
export const manifest: Rule = {
  title: "kibana.json keeps Kibana's rules",
  problems: (plugin, sources) => {
    const found = jsonFile(plugin, sources, 'kibana.json');
    if (found === undefined) return ['kibana.json is missing or not a JSON object'];
    const { id, type, owner, server, ui, configPath, requiredPlugins, optionalPlugins } = found;
    const required = textsOf(requiredPlugins);
    const rules: readonly (readonly [boolean, string])[] = [
      [id === sources.pluginId, `id is ${JSON.stringify(id)}, its folder ${sources.pluginId}`],
      [typeof id === 'string' && CAMEL_CASE.test(id), 'id is not in camel case'],
      [type === 'standard', `type is ${JSON.stringify(type)}`],
      [
        typeof (owner as { readonly name?: unknown } | undefined)?.name === 'string',
        'owner.name is missing',
      ],
      [server === true && ui === true, 'server and ui are not both true'],
      [
        (typeof configPath === 'string' && configPath !== '') || isTexts(configPath),
        'configPath is neither a text nor a list of texts',
      ],
      ...ID_LISTS.map(
        (key) => [isTexts(found[key]), `${key} is not a list of plugin ids`] as const
      ),
    ];
    return [
      ...Object.keys(found)
        .filter((key) => !MANIFEST_KEYS.includes(key))
        .map((key) => `Kibana does not know the key ${key}`),
      ...rules.filter(([isKept]) => !isKept).map(([, problem]) => problem),
      ...textsOf(optionalPlugins)
        .filter((one) => required.includes(one))
        .map((one) => `${one} is required and optional at once`),
      ...ID_LISTS.flatMap((key) => textsOf(found[key]))
        .filter((one) => !CAMEL_CASE.test(one))
        .map((one) => `${one} is not a plugin's id`),
    ];
  },
};

/** Kibana's installer compares the versions, and people read them in the zip's name. */
export const versions: Rule = {
  title: 'one version of the plugin and one of Kibana, everywhere',
  problems: (plugin, sources) => {
    const { version } = sources.project;
    const found = jsonFile(plugin, sources, 'kibana.json');
    const packageJson = jsonFile(plugin, sources, 'package.json');
    const kibanaVersion = found?.kibanaVersion;
    const kibana = packageJson?.kibana as { readonly version?: unknown } | undefined;
    const name = `${sources.pluginId}-${version}_${String(kibanaVersion)}.zip`;
    const rules: readonly (readonly [boolean, string])[] = [
      [
        found?.version === version,
        `kibana.json is of version ${String(found?.version)}, not ${version}`,
      ],
      [
        packageJson?.version === version,
        `the package.json inside is of version ${String(packageJson?.version)}, not ${version}`,
      ],
      [
        typeof kibanaVersion === 'string' && isKibanaVersion(kibanaVersion),
        `kibanaVersion is ${JSON.stringify(kibanaVersion)}, not one version of Kibana`,
      ],
      [
        kibana?.version === kibanaVersion,
        `the package.json inside is for Kibana ${String(kibana?.version)}, kibana.json for ${String(kibanaVersion)}`,
      ],
      [
        packageJson?.name === sources.project.name &&
          packageJson.license === sources.project.license,
        "the package.json inside has not the project's name and licence",
      ],
      [plugin.fileName === name, `the file is named ${plugin.fileName}, not ${name}`],
    ];
    return rules.filter(([isKept]) => !isKept).map(([, problem]) => problem);
  },
};
