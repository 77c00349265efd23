import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isKnownVersion } from '../build/kibana_versions';
import { readPackage } from '../check_package/plugin_package';
import { sha256Of } from '../check_package/reproducible';
import { knownReleases, makeRelease, STAMPED_FILES, type ReleaseOptions } from './make_release';
import { changesOf, releaseNotes } from './release_notes';
import { sbomOf } from './sbom';

const VERSIONS = ['8.12.2', '9.2.1'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-release-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('creates the same bytes twice; the zips of two Kibana versions differ only in their stamp', async () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  const files = await makeRelease({ outDir: first, kibanaVersions: VERSIONS });
  expect(await makeRelease({ outDir: second, kibanaVersions: VERSIONS })).toEqual(files);
  for (const file of files) {
    expect(readFileSync(join(first, file)).equals(readFileSync(join(second, file)))).toBe(true);
  }
  // Nothing of the work is left beside the releases.
  expect(readdirSync(folder).sort()).toEqual(['first', 'second']);

  const [zip, other] = await Promise.all(
    VERSIONS.map((version) =>
      readPackage(join(first, `sentineloneResponse-1.0.0_${version}.zip`)).then(
        (read) => new Map(read.files.map(({ path, content }) => [path, content]))
      )
    )
  );
  expect([...other!.keys()]).toEqual([...zip!.keys()]);
  const differing = [...zip!.keys()].filter((path) => !zip!.get(path)!.equals(other!.get(path)!));
  expect(differing).toEqual(STAMPED_FILES.map((file) => `kibana/sentineloneResponse/${file}`));
  expect(differing.map((path) => String(other!.get(path)).replaceAll('9.2.1', '8.12.2'))).toEqual(
    differing.map((path) => String(zip!.get(path)))
  );

  const sums = readFileSync(join(first, 'SHA256SUMS'), 'utf8');
  expect(sums).toBe(
    files
      .filter((file) => file !== 'SHA256SUMS')
      .map((file) => `${sha256Of(readFileSync(join(first, file)))}  ${file}\n`)
      .join('')
  );

  const notes = readFileSync(join(first, 'RELEASE_NOTES.md'), 'utf8');
  expect(notes).toContain(
    '| 8.12.2 | in its official distribution | `sentineloneResponse-1.0.0_8.12.2.zip`'
  );
  expect(notes).toContain(
    '| 9.2.1 | against published contracts | `sentineloneResponse-1.0.0_9.2.1.zip`'
  );

  const notice = String(zip!.get('kibana/sentineloneResponse/NOTICE.txt'));
  const { components } = JSON.parse(
    readFileSync(join(first, 'sentineloneResponse-1.0.0.cdx.json'), 'utf8')
  ) as { components: ReadonlyArray<{ name: string; version: string; purl: string }> };
  expect(components.map(({ name, version }) => `${name} ${version} (`)).toEqual(
    notice.match(/^\S+ \d+\.\d+\.\d+ \(/gm)
  );
}, 120_000);

it('keeps the earlier release unchanged if a zip violates a rule', async () => {
  const outDir = mkdtempSync(join(folder, 'kept-'));
  writeFileSync(join(outDir, 'earlier.zip'), 'earlier');
  const build: ReleaseOptions['build'] = async ({ outDir: empty }) => {
    mkdirSync(empty);
    return {
      id: 'sentineloneResponse',
      version: '1.0.0',
      kibanaVersion: '',
      entry: '',
      assets: [],
      packages: [],
    };
  };
  await expect(makeRelease({ outDir, kibanaVersions: ['9.2.1'], build })).rejects.toThrow(
    /_9\.2\.1\.zip: server\/index\.js is missing/
  );
  expect(readdirSync(outDir)).toEqual(['earlier.zip']);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('lists a release of every Kibana version that the plugin is built for, and no other', () => {
  const known = knownReleases();
  expect(known.filter((version) => !isKnownVersion(version))).toEqual([]);
  const minors = new Set(known.map((version) => version.replace(/\.\d+$/, '')));
  for (let major = 8; major <= 9; major++) {
    for (let minor = 0; minor < 40; minor++) {
      expect(minors.has(`${major}.${minor}`)).toBe(isKnownVersion(`${major}.${minor}.0`));
    }
  }
});

describe('the release notes', () => {
  const CHANGELOG = '# Changelog\n\nText.\n\n## 1.1.0 (2026-12-01)\n\n- B\n\n## 1.0.0\n\n- A\n';

  it('contain the changes of this version only', () => {
    expect(changesOf(CHANGELOG, '1.1.0')).toBe('- B');
    expect(changesOf(CHANGELOG, '1.0.0')).toBe('- A');
    expect(releaseNotes('1.1.0', '- B', [], 'x.cdx.json')).toContain(
      '# SentinelOne Response 1.1.0'
    );
  });

  it.each([
    ['1.1', CHANGELOG, /no section "## 1\.1"/],
    ['2.0.0', CHANGELOG, /no section "## 2\.0\.0"/],
    ['1.1.0', '## 1.1.0\n\n## 1.0.0\n\n- A\n', /1\.1\.0 in CHANGELOG\.md is empty/],
  ])('are refused without the changes of %s', (version, changelog, message) => {
    expect(() => changesOf(changelog, version)).toThrow(message);
  });
});

describe('the bill of materials', () => {
  const plugin = { id: 'p', version: '1.0.0', license: 'Apache-2.0', description: 'd' };
  const one = (name: string) => ({ name, version: '1.2.3', licence: 'MIT', text: '' });
  const integrity = `sha512-${Buffer.from('digest').toString('base64')}`;

  it('lists each package by its URL, with its digest and its dependencies', () => {
    const bill = sbomOf({
      plugin,
      packages: [one('@scope/a'), one('b')],
      lock: {
        packages: {
          'node_modules/@scope/a': { integrity, peerDependencies: { b: '1', other: '1' } },
          'node_modules/b': { integrity },
        },
      },
    });
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      components: [
        {
          purl: 'pkg:npm/%40scope/a@1.2.3',
          hashes: [{ alg: 'SHA-512', content: Buffer.from('digest').toString('hex') }],
          licenses: [{ license: { id: 'MIT' } }],
        },
        { purl: 'pkg:npm/b@1.2.3' },
      ],
      dependencies: [
        { ref: 'p@1.0.0', dependsOn: ['pkg:npm/%40scope/a@1.2.3', 'pkg:npm/b@1.2.3'] },
        { ref: 'pkg:npm/%40scope/a@1.2.3', dependsOn: ['pkg:npm/b@1.2.3'] },
        { ref: 'pkg:npm/b@1.2.3', dependsOn: [] },
      ],
    });
  });

  it('is refused for a package without a digest', () => {
    const lock = { packages: { 'node_modules/b': { integrity: 'sha1-abc=' } } };
    expect(() => sbomOf({ plugin, packages: [one('b')], lock })).toThrow(/no SHA-512 digest of b/);
  });
});
