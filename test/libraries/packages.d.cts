import type { Plugin } from 'esbuild';
import type { KibanaName } from '../workbench/versions/kibana_version';

/** What KIBANA_VERSION says, else 8.12. Throws for a version without a file. */
export function selectedName(): KibanaName;
/** Files that say which packages a version has; none for 8.12. */
export function packageLists(name: KibanaName): readonly string[];
/** The folder whose `node_modules` have a package in a version. */
export function folderOf(name: KibanaName, packageName: string): string;
/** Installs the packages of a version, if they are not there, and returns their folder. */
export function installPackages(name: KibanaName): Promise<string>;
/** Takes each package from one place, whoever imports it: the version's folder, or the project's. */
export function packagesFrom(name: KibanaName): Plugin;
