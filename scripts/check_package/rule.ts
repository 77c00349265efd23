import type { BundledPackage } from '../build/licences';
import type { Project } from '../build/manifest';
import type { PluginPackage } from './plugin_package';

/** What the package has to agree with. */
export interface Sources {
  readonly project: Project;
  readonly pluginId: string;
  readonly licence: string;
  readonly bundled: readonly BundledPackage[];
}

export interface Rule {
  /** The requirement, in a few words. */
  readonly title: string;
  /** What does not, one sentence each; empty when all is well. */
  readonly problems: (plugin: PluginPackage, sources: Sources) => readonly string[];
}

/** Files by their path inside the plugin's folder; those outside it are missing here. */
export function filesByPath({ files }: PluginPackage, { pluginId }: Sources): Map<string, Buffer> {
  const root = `kibana/${pluginId}/`;
  return new Map(
    files
      .filter(({ path }) => path.startsWith(root) && !path.endsWith('/'))
      .map(({ path, content }) => [path.slice(root.length), content])
  );
}

/** A JSON file of the package, or undefined when it is missing or not an object. */
export function jsonFile(
  plugin: PluginPackage,
  sources: Sources,
  path: string
): Readonly<Record<string, unknown>> | undefined {
  const content = filesByPath(plugin, sources).get(path);
  if (content === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
