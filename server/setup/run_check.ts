import { i18n } from '@kbn/i18n';
import type { Checked } from '../../common/api/setup';
import { isViewersOwn } from '../lib/typed_error';

/** Time (ms) after which a check that has not answered counts as one that cannot. */
const TIME_OUT = 20_000;

/**
 * Runs one check and returns its result, or why it has none. Never rejects, so that a check cannot
 * fail the others. `right` is the privilege that is missing after a 403.
 */
export async function runCheck<A>(
  check: () => Promise<A>,
  right: string,
  timeOut: number = TIME_OUT
): Promise<Checked<A>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Checked<A>>((resolve) => {
    const message = i18n.translate('sentineloneResponse.check.timedOut', {
      defaultMessage: 'No answer within {seconds} seconds.',
      values: { seconds: timeOut / 1_000 },
    });
    timer = setTimeout(() => resolve({ state: 'unknown', message }), timeOut);
  });
  try {
    return await Promise.race([answer(check, right), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function answer<A>(check: () => Promise<A>, right: string): Promise<Checked<A>> {
  try {
    return { state: 'answered', value: await check() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { state: 'unknown', message, ...(isViewersOwn(error) ? { missing: right } : {}) };
  }
}
