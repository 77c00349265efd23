import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from './file_store';

const HOUR = 3_600_000;
const SOURCE = { type: 'some', references: [] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('shows a change in searches a second later by its own clock, whatever those of its processes are', () => {
  let now = Date.parse('2026-07-01T00:00:00.000Z');
  const stores = [fileStore(folder, () => now), fileStore(folder, () => now)];
  const found = () => stores.map((store) => store.searchable().map(({ id }) => id));
  try {
    jest.useFakeTimers({ now: now + HOUR });
    stores[0]!.put('a', SOURCE, {}, false);
    jest.setSystemTime(now);
    expect(found()).toEqual([[], []]);
    now += 999;
    expect(found()).toEqual([[], []]);
    now += 1;
    expect(found()).toEqual([['a'], ['a']]);
    stores[1]!.put('b', SOURCE, {}, true);
    expect(found()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  } finally {
    jest.useRealTimers();
    for (const store of stores) store.close();
  }
});
