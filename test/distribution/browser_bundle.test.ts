import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CONNECTOR_TYPE_ID, PLUGIN_ID } from '../../common/lib/constants';
import { buildPlugin } from '../../scripts/build/build_plugin';
import { SHARED_MODULES } from '../../scripts/build/externals';
import { askKibana, KIBANA_HOME } from './distribution';
import type { BundleAnswer, BundleQuestion } from './real_bundle';

/** A lazy part is a module with imports of its own; a window that only knows scripts gets one script. */
async function asScript(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    format: 'iife',
    globalName: 'lazyPart',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

if (KIBANA_HOME === undefined) {
  // Counted as skipped, so that a run without a distribution does not look like a check against one.
  test.skip("the plugin's bundle with the real shared dependencies: set KIBANA_HOME to an unpacked distribution", () => {});
} else {
  describe("the plugin's bundle with the shared dependencies of the Kibana in KIBANA_HOME", () => {
    const folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-bundle-'));
    let answer: BundleAnswer;
    let code: string;

    beforeAll(async () => {
      const { entry } = await buildPlugin({ outDir: folder, compress: false });
      const assets = join(folder, 'target/public');
      const lazyParts: Record<string, string> = {};
      for (const file of readdirSync(assets)) {
        if (file !== entry) lazyParts[file] = await asScript(join(assets, file));
      }
      const question: BundleQuestion = {
        pluginId: PLUGIN_ID,
        entry: readFileSync(join(assets, entry), 'utf8'),
        lazyParts,
      };
      code = [question.entry, ...Object.values(lazyParts)].join('\n');
      answer = await askKibana<BundleAnswer>('real_bundle.ts', question);
    }, 120_000);

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each(Object.entries(SHARED_MODULES))('%s is shared as %s', (module, name) => {
      expect(answer.definitions[module]).toBe(name);
      expect(answer.shared).toContain(name);
    });

    test('the entry defines the plugin, which registers its parts', () => {
      expect(answer.connectorTypes).toEqual([CONNECTOR_TYPE_ID]);
      expect(answer.applications).toEqual([PLUGIN_ID]);
    });

    test('every lazy part loads', () => {
      const parts = Object.entries(answer.lazyParts);
      expect(parts.length).toBeGreaterThan(1);
      for (const [, names] of parts) expect(names).toEqual(expect.any(Array));
      expect(parts.flatMap(([, names]) => names)).toEqual(
        expect.arrayContaining(['mountApp', 'connectorForm'])
      );
    });

    test('every EUI component in use exists in this version', () => {
      const used = [...code.matchAll(/\.(Eui[A-Z]\w+)\b/g)].map(([, name]) => name!);
      expect(used).toContain('EuiFlyout');
      expect([...new Set(used)].filter((name) => !answer.eui.includes(name))).toEqual([]);
      expect(answer.eui).not.toContain('EuiThatNobodyMade');
    });
  });
}
