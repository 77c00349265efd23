import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '..', '..');
/** Read at run time, beside the file that reads it. */
const SAMPLES = join(ROOT, 'test/workbench/sample_data/logs-sentinel_one.alert.jsonl');

export interface TrialOptions {
  readonly outDir: string;
  /** The plugin, for the Kibana version of docker/kibana.Dockerfile. */
  readonly zip: string;
}

/**
 * Makes what docker/compose.yml takes from the project: the plugin under a name that no version changes,
 * the simulator and the set-up. These need nothing but Node.js: what `npm ci` brought is for the machine
 * that it ran on, not for a container.
 */
export async function buildTrial({ outDir, zip }: TrialOptions): Promise<void> {
  // Files are replaced one by one: containers that run have the folder open.
  mkdirSync(outDir, { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: { simulator: 'test/simulator/main.ts', set_up: 'docker/set_up/main.ts' },
    outdir: outDir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    charset: 'utf8',
    logLevel: 'silent',
  });
  copyFileSync(SAMPLES, join(outDir, basename(SAMPLES)));
  copyFileSync(zip, join(outDir, 'sentineloneResponse.zip'));
}
