import type { BuildOptions } from 'esbuild';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..', '..');

/** What both of the workbench's scripts are built with: classic scripts, as Kibana's policy allows. */
export const commonOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
  jsx: 'automatic',
  jsxImportSource: 'react',
  define: { 'process.env.NODE_ENV': '"production"' },
  minify: true,
} satisfies BuildOptions;
