import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/** `npm run test:kibana` deletes records, so it begins only if the Kibana is said to be for tests. */

const SCRIPT = join(__dirname, 'test_kibana.mjs');
const NOBODY = 'http://127.0.0.1:1';

const refusal = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const { PATH } = process.env;
  const run = promisify(execFile)(process.execPath, [SCRIPT], { env: { PATH, ...env } });
  const error = await run.then(
    () => undefined,
    (failed: { code: number; stderr: string }) => failed
  );
  expect(error?.code).toBe(2);
  return error!.stderr;
};

it('sends no request to a Kibana that is not confirmed to be for tests', async () => {
  const addresses = { KIBANA_URL: NOBODY, SIMULATOR_URL: NOBODY };
  expect(await refusal(addresses)).toMatch(/^KIBANA_FOR_TESTS is not 1\.\n/);
  expect(await refusal({ ...addresses, KIBANA_FOR_TESTS: 'yes' })).toMatch(/^KIBANA_FOR_TESTS is/);
  expect(await refusal({ ...addresses, KIBANA_FOR_TESTS: '1' })).toMatch(/^KIBANA_URL does not/);
});

it.each(['bench/kibana', 'crash/official', 'kibana/isolate_hosts'])(
  'test/%s.ts starts outside Kibana: it imports none of its packages',
  async (script) => {
    const root = join(__dirname, '..');
    const entry = `test/${script}.ts`;
    const { metafile } = await build({
      ...{ absWorkingDir: root, entryPoints: [entry], metafile: true, write: false },
      ...{ bundle: true, packages: 'external', platform: 'node', outdir: 'build/unused' },
    });
    const loaded = new Set([entry]);
    for (const path of loaded) {
      // What is imported later, by `import()`, can be preceded by the workbench's packages.
      const imports = metafile.inputs[path]?.imports ?? [];
      for (const one of imports) if (one.kind !== 'dynamic-import') loaded.add(one.path);
    }
    expect(loaded.size).toBeGreaterThan(5);
    expect([...loaded].filter((path) => path.startsWith('@kbn/'))).toEqual([]);
  }
);
