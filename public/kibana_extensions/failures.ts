import type { NotificationsSetup } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import { PLUGIN_NAME } from '../../common/lib/constants';

/**
 * A failure in these additions must not break the page of Kibana that contains them: the page stays without the
 * addition, and the first failure is written to the browser console at level debug.
 */

let isLogged = false;

/** Writes the first failure since the page was loaded to the console. Never throws. */
export function logFailure(error: unknown): void {
  if (isLogged) return;
  isLogged = true;
  // eslint-disable-next-line no-console -- the user did not open this addition, so a toast would distract
  console.debug(PLUGIN_NAME, 'left out:', error);
}

/** Logs that a part could not be loaded, and shows it in a toast. For parts that the user opened by a click. */
export const showLoadFailure =
  (notifications: () => NotificationsSetup) =>
  (error: unknown): void => {
    logFailure(error);
    notifications().toasts.addDanger(
      i18n.translate('sentineloneResponse.loadFailure', {
        defaultMessage: '{plugin} could not be loaded. Reload the page, then try again.',
        values: { plugin: PLUGIN_NAME },
      })
    );
  };

/** Returns what `make` returns, or `instead` when it throws. */
export function attempt(make: () => void): void;
export function attempt<A>(make: () => A, instead: A): A;
export function attempt<A>(make: () => A, instead?: A): A | undefined {
  try {
    return make();
  } catch (error) {
    logFailure(error);
    return instead;
  }
}
