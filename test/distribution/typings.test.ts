import { contracts, kibana } from '../../typings/contracts.json';
import { askKibana, KIBANA_HOME } from './distribution';
import { typedNamesReader, type Contract } from './typed_names';

interface RealNames {
  readonly names: readonly string[];
  readonly problem?: string;
}

const titleOf = ({ typing, member, at }: Contract): string =>
  `${typing} ${member ?? 'exports'} in ${at.module ?? at.bundle ?? at.shared ?? at.mentions}`;

if (KIBANA_HOME === undefined) {
  // Counted as skipped, so that a run without a distribution does not look like a check against one.
  test.skip('typings against a real Kibana: set KIBANA_HOME to an unpacked distribution', () => {});
} else {
  describe(`typings against the Kibana in KIBANA_HOME (written for ${kibana})`, () => {
    const all = contracts as readonly Contract[];
    const typedNames = typedNamesReader();
    let real: readonly RealNames[];

    beforeAll(async () => {
      real = await askKibana<readonly RealNames[]>('real_names.ts', all);
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
