/** Waiting for conditions, instead of for a time. */

const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 500;

/**
 * Reads until the value is as wanted, and resolves to it. Rejects after `seconds` with `what`, which names the
 * condition, and the last value.
 */
export async function untilIs<A>(
  what: string,
  read: () => Promise<A> | A,
  isWanted: (value: A) => boolean,
  seconds = 30
): Promise<A> {
  const end = Date.now() + seconds * 1_000;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const value = await read();
    if (isWanted(value)) return value;
    if (Date.now() > end) {
      throw new Error(`Not within ${seconds} s: ${what}. The last value: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Waits until `look` finds something, for at most `seconds`; `what` names it in the error. */
export async function until<A>(
  what: string,
  look: () => Promise<A | undefined>,
  seconds = 150
): Promise<A> {
  const found = await untilIs(what, look, (value) => value !== undefined, seconds);
  return found as A; // `isWanted` excludes undefined
}
