import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';

const PATIENCE = 10_000;
const pause = new Int32Array(new SharedArrayBuffer(4));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Removes a lock whose owner is dead: a process that was killed leaves its lock behind. */
function breakIfAbandoned(path: string): void {
  try {
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner > 0 && !isAlive(owner)) unlinkSync(path);
  } catch {
    // Somebody else was quicker.
  }
}

/** Runs `work` while no other process does under the same lock file. Blocks; `work` must be short. */
export function withFileLock<T>(path: string, work: () => T): T {
  const deadline = Date.now() + PATIENCE;
  let lock: number | undefined;
  while (lock === undefined) {
    try {
      lock = openSync(path, 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (Date.now() > deadline) throw new Error(`The store is locked: ${path}`);
      breakIfAbandoned(path);
      Atomics.wait(pause, 0, 0, 1);
    }
  }
  try {
    writeSync(lock, String(process.pid));
    return work();
  } finally {
    closeSync(lock);
    unlinkSync(path);
  }
}
