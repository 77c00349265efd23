import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A file that ESLint checks as if it existed. `path` is relative to the project's root. */
export interface PlantedFile {
  readonly path: string;
  readonly text: string;
}

export interface LintMessage {
  readonly ruleId: string | null;
  /** The first line is 1. */
  readonly line: number;
}

const SCRIPT = `
const { ESLint } = require('eslint');
const files = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const eslint = new ESLint();
(async () => {
  const found = [];
  for (const { path, text } of files) {
    const [{ messages }] = await eslint.lintText(text, { filePath: path });
    found.push(messages.map(({ ruleId, line }) => ({ ruleId, line })));
  }
  process.stdout.write(JSON.stringify(found));
})();
`;

/** What ESLint reports in each of the files, with the project's configuration; one process for all of them. */
export function lintTexts(files: readonly PlantedFile[]): ReadonlyArray<readonly LintMessage[]> {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', SCRIPT], {
    cwd: ROOT,
    encoding: 'utf8',
    input: JSON.stringify(files),
  });
  if (stdout === '') throw new Error(`ESLint did not run: ${stderr}`);
  return JSON.parse(stdout) as ReadonlyArray<readonly LintMessage[]>;
}
