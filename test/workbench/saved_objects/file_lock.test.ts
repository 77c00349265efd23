import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from './file_lock';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('holds the lock while the work runs, and removes it afterwards', () => {
  expect(withFileLock(path, () => existsSync(path))).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

it('removes the lock when the work fails', () => {
  const fail = () => {
    throw new Error('no');
  };
  expect(() => withFileLock(path, fail)).toThrow('no');
  expect(readdirSync(folder)).toEqual([]);
});

it('takes over the lock of a process that was killed', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, `${pid} 1`);
  expect(withFileLock(path, () => 'done')).toBe('done');
});

it('takes over the lock of a killed process whose id another process has since', () => {
  writeFileSync(path, `${process.ppid} 1`);
  expect(withFileLock(path, () => 'done')).toBe('done');
});

it('takes over the lock even if a process was killed while it removed one', () => {
  writeFileSync(path, `${process.ppid} 1`);
  writeFileSync(`${path}.breaking`, `${process.ppid} 1`);
  expect(withFileLock(path, () => 'done')).toBe('done');
}, 20_000);
