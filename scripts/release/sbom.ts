import type { BundledPackage } from '../build/licences';

/**
 * The software bill of materials of the zips, as CycloneDX 1.5 JSON. It lists the packages whose code the bundler put
 * into the files. A generator for npm projects would list everything in node_modules instead, of which nothing else is
 * shipped.
 */

export interface SbomInput {
  readonly plugin: {
    readonly id: string;
    readonly version: string;
    readonly license: string;
    readonly description: string;
  };
  readonly packages: readonly BundledPackage[];
  /** The content of package-lock.json. */
  readonly lock: PackageLock;
}

/** What is read of package-lock.json: the digest of each package and what it needs. */
export interface PackageLock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly integrity?: string;
        readonly dependencies?: Readonly<Record<string, string>>;
        readonly peerDependencies?: Readonly<Record<string, string>>;
      }
    >
  >;
}

/** The package URL of an npm package, such as `pkg:npm/%40scope/name@1.0.0`. */
const packageUrl = ({ name, version }: BundledPackage): string =>
  `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

/** SHA-512 of the package as npm delivers it, in hexadecimal. Throws if the lock file does not have it. */
function digestOf(name: string, lock: PackageLock): string {
  const [, base64] =
    /^sha512-(\S+)$/.exec(lock.packages[`node_modules/${name}`]?.integrity ?? '') ?? [];
  if (base64 === undefined) throw new Error(`package-lock.json has no SHA-512 digest of ${name}`);
  return Buffer.from(base64, 'base64').toString('hex');
}

/** The bill of materials. It contains no time and no random id: the same sources give the same bytes. */
export function sbomOf({ plugin, packages, lock }: SbomInput): Record<string, unknown> {
  const pluginRef = `${plugin.id}@${plugin.version}`;
  const refs = new Map(packages.map((one) => [one.name, packageUrl(one)]));
  const neededBy = (name: string): string[] => {
    const { dependencies, peerDependencies } = lock.packages[`node_modules/${name}`] ?? {};
    return Object.keys({ ...dependencies, ...peerDependencies })
      .flatMap((needed) => refs.get(needed) ?? [])
      .sort();
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': pluginRef,
        name: plugin.id,
        version: plugin.version,
        description: plugin.description,
        licenses: [{ license: { id: plugin.license } }],
      },
    },
    components: packages.map((one) => ({
      type: 'library',
      'bom-ref': packageUrl(one),
      name: one.name,
      version: one.version,
      scope: 'required',
      hashes: [{ alg: 'SHA-512', content: digestOf(one.name, lock) }],
      licenses: [{ license: { id: one.licence } }],
      purl: packageUrl(one),
    })),
    dependencies: [
      { ref: pluginRef, dependsOn: [...refs.values()] },
      ...packages.map((one) => ({ ref: packageUrl(one), dependsOn: neededBy(one.name) })),
    ],
    compositions: [{ aggregate: 'complete', assemblies: [pluginRef] }],
  };
}
