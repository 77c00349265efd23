import type { Locator, Page } from 'playwright-core';
import { until } from './until';

/** The layout of a page. */

/** Headings, badges and links of a table that are broken within a word, or cut: their texts. */
export const brokenWords = (table: Locator): Promise<Array<string | null>> =>
  table.evaluate((element) =>
    Array.from(
      element.querySelectorAll<HTMLElement>(
        'th .euiTableCellContent__text, .euiHealth, .euiBadge, .euiBadge__text, .euiLink'
      )
    )
      .filter((one) => {
        const { lineHeight, textOverflow } = getComputedStyle(one);
        const lines = one.getBoundingClientRect().height / parseFloat(lineHeight);
        const isCut = textOverflow === 'ellipsis' && one.scrollWidth > one.clientWidth;
        return isCut || lines > (one.textContent ?? '').trim().split(/\s+/).length + 0.9;
      })
      .map((one) => one.textContent)
  );

/** Lines of table cells that overflow their cell, so that the cell cuts them without an ellipsis: their texts. */
export const linesOutOfCells = (table: Locator): Promise<Array<string | null>> =>
  table.evaluate((element) =>
    Array.from(element.querySelectorAll<HTMLElement>('td .eui-textTruncate'))
      .filter(
        (line) =>
          line.getBoundingClientRect().right > line.closest('td')!.getBoundingClientRect().right
      )
      .map((line) => line.textContent)
  );

/** Pixels by which the page is wider than the window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** True if all of an element is visible: nothing cuts it or covers its corners. */
const isSeen = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const corners = [
      [left + 1, top + 1],
      [right - 1, top + 1],
      [left + 1, bottom - 1],
      [right - 1, bottom - 1],
    ] as const;
    return corners.every(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (element.contains(hit) || hit.contains(element));
    });
  });

/** Waits until all of an element is visible; throws after ten seconds. */
export const untilSeen = (target: Locator): Promise<true> =>
  until(`${String(target)} is seen`, async () => ((await isSeen(target)) ? true : undefined), 10);
