import { TESTED_KIBANA_VERSIONS } from '../../common/lib/constants';

/** The changes of one version from CHANGELOG.md, without their heading. Throws if the version has no section. */
export function changesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => one.split(/\s/, 1)[0] === version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section "## ${version}"`);
  const text = section.replace(/^[^\n]*\n/, '').trim();
  if (text === '') throw new Error(`The section of ${version} in CHANGELOG.md is empty`);
  return text;
}

export interface NotedZip {
  readonly file: string;
  readonly kibanaVersion: string;
}

/** The release notes in Markdown: what changed, which zip is for which Kibana, and how to verify a zip. */
export function releaseNotes(
  version: string,
  changes: string,
  zips: readonly NotedZip[],
  sbom: string
): string {
  const rows = zips.map(
    ({ file, kibanaVersion }) =>
      `| ${kibanaVersion} | ${TESTED_KIBANA_VERSIONS.includes(kibanaVersion) ? 'in its official distribution' : 'against published contracts'} | \`${file}\` |`
  );
  return `# SentinelOne Response ${version}

${changes}

## Files

Each zip is for exactly one Kibana version. The code in all of them is the same.

| Kibana | tested | file |
| --- | --- | --- |
${rows.join('\n')}

\`${sbom}\` lists the packages whose code is in the zips (CycloneDX).

## Verify

\`\`\`sh
sha256sum --ignore-missing --check SHA256SUMS
\`\`\`

The same sources give the same bytes: check out this version, run \`npm ci && npm run release\` and compare the checksums.
`;
}
