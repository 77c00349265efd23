import {
  entrySize,
  lazyFiles,
  noEvaluation,
  readable,
  serverRequires,
  sharedDeps,
} from './code_rules';
import {
  compressed,
  layout,
  licences,
  noMachinePaths,
  noSourceMaps,
  onlyNeeded,
} from './file_rules';
import { manifest, versions } from './manifest_rules';
import type { Rule } from './rule';

/** Everything that is asked of a package, in the order in which it is printed. */
export const RULES: readonly Rule[] = [
  layout,
  manifest,
  versions,
  onlyNeeded,
  noSourceMaps,
  noMachinePaths,
  readable,
  serverRequires,
  entrySize,
  lazyFiles,
  sharedDeps,
  noEvaluation,
  compressed,
  licences,
];
