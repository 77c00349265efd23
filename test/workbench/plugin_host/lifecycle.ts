/** Kibana's limit (ms) for each of a plugin's `setup` and `start`. */
const LIMIT = 10_000;

/** Waits for a lifecycle; throws Kibana's error when it takes longer than it may. */
export async function withinLimit<T>(
  pluginId: string,
  name: 'Setup' | 'Start',
  work: () => T | Promise<T>,
  limit: number = LIMIT
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new Error(
          `${name} lifecycle of "${pluginId}" plugin wasn't completed in ${limit / 1000}sec. Consider disabling the plugin and re-start.`
        )
      );
    }, limit);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
