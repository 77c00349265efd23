import type { NotificationsSetup } from '@kbn/core/public';
import { PLUGIN_NAME } from '../../common/lib/constants';

/**
 * What fails in here must not break the page of Kibana that it is added to: the page goes on without it.
 * The first failure is told to whoever looks at the console's debug messages.
 */

let isNoted = false;

/** Takes note of a failure, once per page load. Never throws. */
export function noteFailure(error: unknown): void {
  if (isNoted) return;
  isNoted = true;
  // eslint-disable-next-line no-console -- there is no other place that disturbs nobody
  console.debug(PLUGIN_NAME, 'left out:', error);
}

/**
 * For what somebody clicked and waits for: takes note of a failure, and says it to him. It may be the words'
 * own file that is not there, so they are few and stand here.
 */
export const tellFailure =
  ({ toasts }: NotificationsSetup) =>
  (error: unknown): void => {
    noteFailure(error);
    toasts.addDanger(`${PLUGIN_NAME} could not be loaded. Reload the page, then try again.`);
  };

/** What `make` returns, or `instead` when it fails. */
export function attempt(make: () => void): void;
export function attempt<A>(make: () => A, instead: A): A;
export function attempt<A>(make: () => A, instead?: A): A | undefined {
  try {
    return make();
  } catch (error) {
    noteFailure(error);
    return instead;
  }
}
