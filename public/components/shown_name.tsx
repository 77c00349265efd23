import type { FC } from 'react';
import { visibleName } from '../../common/lib/text';
import { i18n } from '@kbn/i18n';

/**
 * Names that others chose (of hosts, users, files), between words of ours. Letters that are written from right
 * to left would otherwise change the order of the words around them.
 */

/** What stands for the name of the rule where an alert has none. */
export const noRuleName = (): string =>
  i18n.translate('sentineloneResponse.alerts.noRuleName', {
    defaultMessage: 'Alert without a rule name',
  });

/** A name by itself: what cannot be seen in it is an escape, and its direction is its own. */
export const ShownName: FC<{ readonly name: string }> = ({ name }) => (
  <bdi>{visibleName(name)}</bdi>
);

/** Scripts that are written from right to left: Hebrew to Arabic Extended-A, presentation forms, and others. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** First strong isolate, and its end. */
const [ISOLATE, POP] = ['\u2068', '\u2069'];

/** The same within a text that can hold no elements, such as a title or a toast. */
export function nameInText(name: string): string {
  const visible = visibleName(name);
  return RIGHT_TO_LEFT.test(visible) ? `${ISOLATE}${visible}${POP}` : visible;
}
