import axe from 'axe-core';

/** What needs a whole page, or layout, which jsdom lacks: test/e2e/accessibility.test.ts checks it. */
const NOT_IN_JSDOM = ['color-contrast', 'region', 'landmark-one-main', 'page-has-heading-one'];

/** The violations that axe finds in the document, each as its rule and element. Runs with real timers. */
export async function axeViolations(): Promise<readonly string[]> {
  const { violations } = await axe.run(document.body, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] },
    rules: Object.fromEntries(NOT_IN_JSDOM.map((rule) => [rule, { enabled: false }])),
    resultTypes: ['violations'],
    iframes: false,
    preload: false,
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
