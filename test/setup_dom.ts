import '@testing-library/jest-dom';

// jsdom has no layout; EUI asks for it.
Object.defineProperty(window, 'scrollTo', { value: () => {}, writable: true });
