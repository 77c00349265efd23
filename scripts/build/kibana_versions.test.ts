import * as fc from 'fast-check';
import { isKnownVersion, versionProblem } from './kibana_versions';

it.each(['8.12.0', '8.12.2', '8.13.4', '8.19.12', '9.0.0', '9.2.1', '9.5.4'])(
  'builds for %s',
  (version) => {
    expect(versionProblem(version, false)).toBeUndefined();
  }
);

it.each(['8.11.4', '8.20.0', '9.6.0', '7.17.0', '10.0.0'])(
  'refuses %s, names the known versions, and builds for it if forced',
  (version) => {
    expect(versionProblem(version, false)).toMatch(
      /accepted are 8\.12 to 8\.19 and 9\.0 to 9\.5\. Use --force-version/
    );
    expect(versionProblem(version, true)).toBeUndefined();
  }
);

it.each(['', '8.x', '8.12', 'latest', '8.12.2-SNAPSHOT', ' 8.12.2', '8.12.2\n9'])(
  'refuses %j even if forced, because it is not one version',
  (version) => {
    expect(versionProblem(version, true)).toMatch(/accepted is one version with three numbers/);
  }
);

it('accepts every patch of a known minor version, and none of an unknown one', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(30), fc.nat(99), (major, minor, patch) => {
      const isKnown = (major === 8 && minor >= 12 && minor <= 19) || (major === 9 && minor <= 5);
      expect(isKnownVersion(`${major}.${minor}.${patch}`)).toBe(isKnown);
    })
  );
});
