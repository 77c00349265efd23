import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { simulatorClient } from './client';
import { FULL_TOKEN } from './test_support';

// In the same process, so that nothing is left behind when it is killed.
const TSX = ['--require', require.resolve('tsx/cjs')];
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs the simulator on its own; resolves with what it printed when `until` shows up or it ends. */
function run(
  args: readonly string[],
  until: RegExp
): Promise<{ output: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [...TSX, join(__dirname, 'main.ts'), ...args]);
  children.push(child);
  return new Promise((resolve) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (until.test(output)) resolve({ output, child });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => resolve({ output, child }));
  });
}

describe('the simulator as a separate process', () => {
  it('reports that it is ready, serves, and ends on a signal', async () => {
    const { output, child } = await run(
      ['--', '--port', '0', '--fleet', '5'],
      /start anew[^]*reset/
    );
    const url = /^ready (http:\S+)$/m.exec(output)?.[1] ?? '';
    expect(output).toContain(FULL_TOKEN);
    expect(await simulatorClient(url).agents()).toHaveLength(5);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 30_000);

  it('explains invalid arguments', async () => {
    const { output } = await run(['--port', 'web'], /Usage[^]*--help/);
    expect(output).toContain('--port is a whole number');
  }, 30_000);
});
