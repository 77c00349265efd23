import { contracts, kibana } from '../../typings/contracts.json';
import { askKibana, KIBANA_HOME } from './distribution';
import { typedNamesReader, type Contract } from './typed_names';

interface RealNames {
  readonly names: readonly string[];
  readonly problem?: string;
}

const titleOf = ({ typing, member, at }: Contract): string =>
  `${typing} ${member ?? 'exports'} in ${at.module ?? at.bundle ?? at.shared ?? at.mentions}`;

const all = contracts as readonly Contract[];

describe('typings/contracts.json', () => {
  it('has the source of every contract', () => {
    expect(all.filter(({ read }) => read[kibana] !== 'distribution')).toEqual([]);
    for (const { read } of all) {
      // A path with the commit that was read, or several.
      if (read.later !== undefined) expect(read.later).toMatch(/\.tsx?@[0-9a-f]{7}|\.js@|\.md@/);
    }
  });

  it('makes the compiler require checks for what some versions lack', () => {
    const typedNames = typedNamesReader();
    const differing = all.filter(({ since, until }) => since !== undefined || until !== undefined);
    expect(differing.length).toBeGreaterThan(5);
    for (const contract of differing) {
      const declared = new Map(typedNames(contract).map((one) => [one.name, one.isOptional]));
      for (const name of Object.keys({ ...contract.since, ...contract.until })) {
        expect([titleOf(contract), name, declared.get(name)]).toEqual([
          titleOf(contract),
          name,
          true,
        ]);
      }
      // Only a published source can tell what a later version has.
      expect(contract.read.later).toBeDefined();
    }
  });
});

if (KIBANA_HOME === undefined) {
  // Counted as skipped, so that a run without a distribution does not look like a check against one.
  test.skip('typings against a real Kibana: set KIBANA_HOME to an unpacked distribution', () => {});
} else {
  describe(`typings against the Kibana in KIBANA_HOME (written for ${kibana})`, () => {
    const typedNames = typedNamesReader();
    let real: readonly RealNames[];

    beforeAll(async () => {
      real = await askKibana<readonly RealNames[]>('real_names.ts', all);
    }, 120_000);

    test.each(all.map((contract, n) => [titleOf(contract), contract, n] as const))(
      '%s',
      (_, contract, n) => {
        const declared = typedNames(contract)
          .map(({ name }) => name)
          .filter((name) => contract.since?.[name] === undefined);
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
