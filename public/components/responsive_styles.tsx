import type { FC } from 'react';
import { Global } from '@emotion/react';

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

/** Below this height (px) header and footer leave too little space for a flyout's body, as at 200 % zoom. */
const SHORT_BELOW = 500;

const FLYOUT = '.euiFlyout[data-test-subj^="sentineloneResponse"]';

/** On short screens our flyouts scroll as a whole, instead of their bodies between header and footer. */
export const ShortScreenStyle: FC = () => (
  <Global
    styles={{
      [`@media (max-height: ${SHORT_BELOW}px)`]: {
        [FLYOUT]: { display: 'block', overflowY: 'auto' },
        [`${FLYOUT} .euiFlyoutBody`]: { height: 'auto', overflow: 'visible' },
        [`${FLYOUT} .euiFlyoutBody__overflow`]: {
          height: 'auto',
          overflow: 'visible',
          maskImage: 'none',
        },
      },
    }}
  />
);
