import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine is no failure: what is waited for may take longer than the library's second.
configure({ asyncUtilTimeout: 4_000 });
jest.setTimeout(20_000);

// jsdom has no layout; EUI asks for it.
Object.defineProperty(window, 'scrollTo', { value: () => {}, writable: true });

// jsdom holds every element against every rule of EUI's style sheets, which is most of a test's time.
// What our components hide, they hide by attribute, by inline style, or by not rendering it.
window.getComputedStyle = (element) => (element as HTMLElement).style;

// EUI's test environment gives every element one and the same id: labels would name the wrong field.
jest.mock('@elastic/eui/test-env/services/accessibility/html_id_generator', () => {
  const { useState } = jest.requireActual<typeof import('react')>('react');
  let count = 0;
  const join = (...parts: ReadonlyArray<string | undefined>): string =>
    parts.filter((part) => part !== undefined && part !== '').join('_');
  const htmlIdGenerator = (prefix?: string) => {
    const id = `id${++count}`;
    return (suffix?: string) =>
      join(prefix, suffix === undefined ? `${id}-${++count}` : id, suffix);
  };
  const useGeneratedHtmlId = ({
    prefix,
    suffix,
    conditionalId,
  }: { prefix?: string; suffix?: string; conditionalId?: string } = {}): string => {
    const [id] = useState(() => join(prefix, `id${++count}`, suffix));
    return conditionalId ?? id;
  };
  return { htmlIdGenerator, useGeneratedHtmlId };
});
