/** Prints figures in columns; a figure is text, so that it includes its unit. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: ReadonlyArray<readonly string[]>
): void {
  const widths = head.map((name, n) =>
    Math.max(name.length, ...rows.map((row) => row[n]?.length ?? 0))
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, n) => cell.padStart(widths[n] ?? 0)).join('  ')}`;
  console.log([`\n${title}`, line(head), ...rows.map(line)].join('\n'));
}

export const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;
export const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)} ×`;

/** Wall time of `work` in ms, and what it resolved to. */
export async function timed<A>(
  work: () => Promise<A>
): Promise<{ readonly took: number; readonly value: A }> {
  const from = performance.now();
  const value = await work();
  return { took: performance.now() - from, value };
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
