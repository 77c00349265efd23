import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm ci` is slow without addresses: `npm install` adds them by `scripts/lock_addresses.mjs`. */
it('package-lock.json has the address of each package, without the host of a registry', () => {
  const lock = JSON.parse(readFileSync(join(__dirname, '..', 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly resolved?: string }>>;
  };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(500);
  const isAddress = (resolved = '') =>
    /^https:\/\/registry\.invalid\/((?:@[^/]+\/)?([^/]+))\/-\/\2-\d.*\.tgz$/.test(resolved);
  const others = packages.filter(([, { resolved }]) => !isAddress(resolved));
  expect(others.map(([path]) => path)).toEqual([]);
});
