import '@testing-library/jest-dom';
import { configure, getConfig } from '@testing-library/react';

const { getElementError } = getConfig();
const isLookedUpAgain = (): boolean =>
  (getConfig() as { _disableExpensiveErrorDiagnostics?: boolean })
    ._disableExpensiveErrorDiagnostics ?? false;

/** As the library's, but what is waited for and looked up many times prints the document only when its error is read. */
function elementError(message: string | null, container: Element): Error {
  if (!isLookedUpAgain()) {
    const error = getElementError(message, container);
    Error.captureStackTrace(error, elementError);
    return error;
  }
  let text: string | undefined;
  return Object.defineProperty(
    Object.assign(new Error(), { name: 'TestingLibraryElementError' }),
    'message',
    {
      get: () => (text ??= getElementError(message, container).message),
      set: (changed: string) => {
        text = changed;
      },
    }
  );
}

configure({
  // A busy machine is no failure: what is waited for may take longer than the library's second.
  asyncUtilTimeout: 4_000,
  getElementError: elementError,
});
jest.setTimeout(20_000);

// jsdom has no layout; EUI asks for it.
Object.defineProperty(window, 'scrollTo', { value: () => {}, writable: true });

// jsdom holds every element against every rule of EUI's style sheets, which is most of a test's time.
// What our components hide, they hide by attribute, by inline style, or by not rendering it.
window.getComputedStyle = (element) => (element as HTMLElement).style;

// EUI's number of a step says this at each render, and every message costs a stack trace.
const { warn } = console;
Object.assign(console, {
  warn: (...args: readonly unknown[]) => {
    if (!String(args[0]).startsWith('Contrast cannot be accurately calculated')) warn(...args);
  },
});
