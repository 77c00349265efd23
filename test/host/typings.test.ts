import { execFileSync } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';
import { contracts, kibana } from '../../typings/contracts.json';
import { typedNamesReader, type Contract } from './typed_names';

const home = process.env.KIBANA_HOME;
const root = join(__dirname, '../..');

interface RealNames {
  readonly names: readonly string[];
  readonly problem?: string;
}

/** Asks the distribution, in a process of its own: its modules don't know that they are under test. */
function readRealNames(of: readonly Contract[]): readonly RealNames[] {
  const ownNode = join(home!, 'node/bin/node');
  const printed = execFileSync(
    existsSync(ownNode) ? ownNode : process.execPath,
    ['-r', 'tsx/cjs', join(__dirname, 'real_names.ts'), home!],
    {
      cwd: root,
      input: JSON.stringify(of),
      env: { ...process.env, NODE_ENV: 'production' },
      maxBuffer: 64 * 1024 * 1024,
    }
  );
  return JSON.parse(printed.toString('utf8'));
}

const titleOf = ({ typing, member, at }: Contract): string =>
  `${typing} ${member ?? 'exports'} in ${at.module ?? at.bundle ?? at.shared ?? at.mentions}`;

if (home === undefined) {
  test.skip('typings against a real Kibana: set KIBANA_HOME to an unpacked distribution', () => {});
} else {
  describe(`typings against the Kibana in KIBANA_HOME (written for ${kibana})`, () => {
    const all = contracts as readonly Contract[];
    const typedNames = typedNamesReader();
    let real: readonly RealNames[];

    beforeAll(() => {
      real = readRealNames(all);
    }, 120_000);

    test.each(all.map((contract, n) => [titleOf(contract), contract, n] as const))(
      '%s',
      (_, contract, n) => {
        const declared = typedNames(contract);
        expect(declared).not.toEqual([]);
        const { names, problem } = real[n]!;
        expect(problem).toBeUndefined();
        const missing = declared.filter((name) => !names.includes(name));
        expect(missing).toEqual([]);
        expect(names).not.toContain('aNameThatNothingHas');
      }
    );
  });
}
