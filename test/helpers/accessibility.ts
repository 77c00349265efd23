import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Reads axe's violations on a page, in light and dark, at any point of a test. */

/** WCAG 2.1 at levels A and AA, and what axe's authors recommend besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/** The rules among them whose outcome depends on colors. */
const RULES_ON_COLORS = ['color-contrast', 'link-in-text-block'];

/** What EUI's own components do, in one of the tested versions: elements that its users can't change. */
interface KnownViolation {
  /** Id of the rule in axe. */
  readonly rule: string;
  /** Matches the element. */
  readonly selector: string;
  /** Of contrasts that are too low, only those that are at least this. */
  readonly lowestContrast?: number;
  readonly reason: string;
}

const KNOWN_IN_EUI: readonly KnownViolation[] = [
  {
    rule: 'color-contrast',
    selector: '.euiHeader .euiBreadcrumb__content',
    reason: "The breadcrumbs in Kibana's header: EUI's colors of the type `application`",
  },
  {
    rule: 'color-contrast',
    selector: '[class*="euiTextColor-subdued"], [class*="euiTextColor-subdued"] *',
    lowestContrast: 4.48,
    reason: "EUI's dark theme: its subdued text has a contrast of 4.49, where WCAG wants 4.5",
  },
  {
    rule: 'color-contrast',
    selector: '[class*="euiBadge-success"], [class*="euiBadge-success"] *',
    lowestContrast: 4.36,
    reason: 'The badge of the color `success` in EUI 104: white on #008a5e, a contrast of 4.37',
  },
  {
    rule: 'region',
    selector: '[data-euiportal="true"]:has([role="tooltip"])',
    reason: '`EuiToolTip` renders its content at the end of the page, outside of all landmarks',
  },
];

/** Runs in the page. Serialized by Playwright: uses nothing but its argument and what the page has. */
async function runInPage({
  selectors,
  runOnly,
  known,
}: {
  readonly selectors: readonly string[] | undefined;
  readonly runOnly: { readonly type: 'tag' | 'rule'; readonly values: string[] };
  readonly known: ReadonlyArray<Omit<KnownViolation, 'reason'>>;
}): Promise<string[]> {
  // axe scrolls to measure, so the next click of the test could miss its target.
  const positions = Array.from(document.querySelectorAll('*'), (element) => ({
    element,
    left: element.scrollLeft,
    top: element.scrollTop,
  }));
  const present = selectors?.filter((selector) => document.querySelector(selector) !== null);
  if (present?.length === 0) return [`nothing matches ${selectors!.join(', ')}`];
  const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(
    present === undefined ? document : { include: present.map((selector) => [selector]) },
    {
      runOnly,
      resultTypes: ['violations'],
      // Nothing here is in frames, and no rule above needs the contents of style sheets.
      iframes: false,
      preload: false,
      elementRef: true,
    }
  );
  for (const { element, left, top } of positions) {
    if (element.scrollLeft !== left) element.scrollLeft = left;
    if (element.scrollTop !== top) element.scrollTop = top;
  }
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes
      .filter(
        ({ element, any }) =>
          !known.some(
            ({ rule, selector, lowestContrast = 0 }) =>
              rule === id &&
              (element as HTMLElement).matches(selector) &&
              !(any[0]?.data?.contrastRatio < lowestContrast)
          )
      )
      .map(({ target, html, failureSummary = '' }) => {
        const why = failureSummary.split('\n').slice(1).join(' ').replace(/\s+/g, ' ').trim();
        return `${id} (${impact}): ${help} | ${target.join(' ')} | ${html.slice(0, 200)} | ${why}`;
      })
  );
}

/**
 * Ends when no element is in a transition or an animation that ends: a color on its way is neither that of before nor
 * that of after. Runs in the page, serialized by Playwright.
 */
async function transitionsEnd(): Promise<void> {
  const nextFrame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  const running = (): Animation[] =>
    document
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === 'running' && effect?.getComputedTiming().endTime !== Infinity
      );
  do {
    await Promise.allSettled(running().map(({ finished }) => finished));
    // The frame in which React's latest change begins its transition, and the one that shows it.
    await nextFrame();
    await nextFrame();
  } while (running().length > 0);
}

/**
 * The violations of axe's rules, of every impact, a line each: rule, element and what is wrong. Empty when there are
 * none. With `selectors` only within the elements that match them, of which there must be one; with `onlyColors` only of
 * the rules whose outcome depends on colors. Scroll positions stay.
 */
export async function violationsIn(
  page: Page,
  selectors?: readonly string[],
  { onlyColors = false }: { readonly onlyColors?: boolean } = {}
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    // Evaluated, not added as an element: Kibana's content security policy forbids that.
    await page.evaluate(axe.source);
  }
  await page.evaluate(transitionsEnd);
  return page.evaluate(runInPage, {
    selectors,
    runOnly: onlyColors
      ? { type: 'rule' as const, values: RULES_ON_COLORS }
      : { type: 'tag' as const, values: TAGS },
    known: KNOWN_IN_EUI,
  });
}
