import { linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';

/** How long (ms) a lock is waited for. */
const TIMEOUT = 10_000;
/** After this long (ms) a lock for breaking locks is one that a killed process left behind. */
const BREAKING_TAKES = 2_000;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** When a process began, in the kernel's ticks, which tells it from an earlier one with its id; '' elsewhere than on Linux. */
function startOf(pid: number): string {
  try {
    // The name, in brackets, can hold anything; the 20th field after it is the start.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const identityOf = (pid: number): string => `${pid} ${startOf(pid)}`;

function isAlive(identity: string): boolean {
  const pid = Number(identity.split(' ')[0]);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return identity === identityOf(pid);
}

const isCode = (error: unknown, code: string): boolean =>
  (error as NodeJS.ErrnoException).code === code;

const own = identityOf(process.pid);

/**
 * Creates a lock file that names its owner; false if there is one. The file appears whole: a process that is
 * killed while it makes one leaves nothing at `path`.
 */
function tryLock(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

const ownerOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/**
 * Removes a lock whose owner is dead: a process that was killed leaves its lock behind. One process at a time
 * does so, or it could remove the lock that another one has just taken.
 */
function breakIfAbandoned(path: string): void {
  const owner = ownerOf(path);
  if (owner === undefined || isAlive(owner)) return;
  const breaking = `${path}.breaking`;
  if (!tryLock(breaking)) {
    try {
      if (Date.now() - statSync(breaking).mtimeMs > BREAKING_TAKES) unlinkSync(breaking);
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
    }
    return;
  }
  try {
    if (ownerOf(path) === owner) unlinkSync(path);
  } finally {
    unlinkSync(breaking);
  }
}

/** Runs `work` while no other process does under the same lock file. Blocks; `work` must be short. */
export function withFileLock<T>(path: string, work: () => T): T {
  const deadline = performance.now() + TIMEOUT;
  while (!tryLock(path)) {
    if (performance.now() > deadline) throw new Error(`The store is locked: ${path}`);
    breakIfAbandoned(path);
    Atomics.wait(pause, 0, 0, 1);
  }
  try {
    return work();
  } finally {
    unlinkSync(path);
  }
}
