import type { FC } from 'react';
import { visibleName } from '../../common/lib/text';
import { i18n } from '@kbn/i18n';

/**
 * Names from outside (of hosts, users, files) within translated texts. Without isolation, right-to-left letters in a
 * name would change the order of the words around it.
 */

/** The text for an alert without a rule name. */
export const noRuleName = (): string =>
  i18n.translate('sentineloneResponse.alerts.noRuleName', {
    defaultMessage: 'Alert without a rule name',
  });

/** A name as an element: invisible characters are shown as escapes, and its text direction is isolated. */
export const ShownName: FC<{ readonly name: string }> = ({ name }) => (
  <bdi>{visibleName(name)}</bdi>
);

/** Scripts that are written from right to left: Hebrew to Arabic Extended-A, presentation forms, and others. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** First strong isolate, and its end. */
const [ISOLATE, POP] = ['\u2068', '\u2069'];

/** The same within a text that cannot contain elements, such as a title or a toast. */
export function nameInText(name: string): string {
  const visible = visibleName(name);
  return RIGHT_TO_LEFT.test(visible) ? `${ISOLATE}${visible}${POP}` : visible;
}
