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

/** All rules for a package, in the order in which they are printed. */
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
