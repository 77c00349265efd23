import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of an unpacked official Kibana, or undefined: then the host checks are skipped. */
export const KIBANA_HOME = process.env.KIBANA_HOME;

/**
 * Runs a script of this folder with the distribution's Node.js and its modules, in a process of its
 * own: they don't know that they are under test. It gets the distribution's folder as argument and
 * `question` as JSON on standard input; its last line of output is the answer as JSON. Rejects with
 * what it wrote to standard error when it fails.
 */
export function askKibana<Answer>(script: string, question: unknown): Promise<Answer> {
  const home = KIBANA_HOME!;
  const itsNode = join(home, 'node/bin/node');
  const child = spawn(
    existsSync(itsNode) ? itsNode : process.execPath,
    ['-r', 'tsx/cjs', join(__dirname, script), home],
    {
      cwd: join(__dirname, '../..'),
      env: { ...process.env, NODE_ENV: 'production', NODE_PATH: join(home, 'node_modules') },
    }
  );
  return new Promise((resolve, reject) => {
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(output).toString('utf8').trimEnd();
      const answer = text.slice(text.lastIndexOf('\n') + 1);
      if (code === 0) resolve(JSON.parse(answer));
      else reject(new Error(`${script} failed: ${Buffer.concat(errors).toString('utf8')}`));
    });
    child.stdin.end(JSON.stringify(question));
  });
}
