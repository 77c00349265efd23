import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A file that the linter checks as if it existed. `path` is relative to the project's root. */
export interface PlantedFile {
  readonly path: string;
  readonly text: string;
}

export interface LintMessage {
  /** Without the name of its plugin; undefined for an error of the syntax. */
  readonly rule: string | undefined;
  /** The first line is 1. */
  readonly line: number;
}

/** What the linter prints as JSON. */
interface Report {
  readonly diagnostics: ReadonlyArray<{
    /** Such as `eslint(no-var)`. */
    readonly code?: string;
    readonly filename: string;
    readonly labels: ReadonlyArray<{ readonly span: { readonly line: number } }>;
  }>;
}

/** What the linter reports in each of the files, with the project's configuration and no other files. */
export function lintTexts(files: readonly PlantedFile[]): ReadonlyArray<readonly LintMessage[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-lint-'));
  try {
    copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    mkdirSync(join(folder, 'scripts'));
    symlinkSync(join(ROOT, 'scripts', 'lint'), join(folder, 'scripts', 'lint'));
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { stdout, stderr } = spawnSync(
      join(ROOT, 'node_modules', '.bin', 'oxlint'),
      ['--format=json', ...files.map(({ path }) => path)],
      { cwd: folder, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }
    );
    if (!stdout.startsWith('{')) throw new Error(`The linter did not run: ${stdout} ${stderr}`);
    const { diagnostics } = JSON.parse(stdout) as Report;
    return files.map(({ path }) =>
      diagnostics
        .filter(({ filename }) => filename === path)
        .map(({ code, labels }) => ({
          rule: code === undefined ? undefined : /\((.+)\)$/.exec(code)?.[1],
          line: labels[0]?.span.line ?? 0,
        }))
        .sort((a, b) => a.line - b.line)
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
