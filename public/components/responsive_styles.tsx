import type { FC } from 'react';
import { Global } from '@emotion/react';

/** Pixels below which EUI shows the rows of a table as cards. */
const CARDS_BELOW = 768;

/**
 * The style of a table with a minimum width in pixels for its columns. On narrower pages the table scrolls
 * horizontally, instead of breaking words. For `css`.
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

/** On short screens the plugin's flyouts scroll as a whole, instead of their bodies between header and footer. */
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
