/** Pixels below which EUI lays the rows of a table out as cards. */
const CARDS_BELOW = 768;

/**
 * The style of a table that keeps so many pixels for its columns: where the page is narrower, it scrolls in itself
 * instead of breaking words. For `css`.
 */
export const tableOfAtLeast = (minWidth: number) => ({
  [`@media (min-width: ${CARDS_BELOW}px)`]: {
    overflowX: 'auto' as const,
    '.euiTable': { minWidth },
  },
});
