import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

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
