/** Waits until `look` finds something, for at most `seconds`; `what` names it in the error. */
export async function until<A>(
  what: string,
  look: () => Promise<A | undefined>,
  seconds = 150
): Promise<A> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`Waited in vain: ${what}`);
}
