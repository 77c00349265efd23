/**
 * In place of `@emotion/react`: elements without styles. jsdom has no layout, and tests find
 * elements by role and label, so the styles of each element would be computed, hashed and inserted for nothing.
 */
const emotion = require('@emotion/react');
const { createElement } = require('react');

const NO_STYLES = Object.freeze({ name: 'none', styles: '', toString: () => 'none' });

/** Properties without `css`, which no element of the DOM has. */
function withoutStyles(props) {
  if (props === null || props === undefined || !Object.hasOwn(props, 'css')) return props;
  const { css: _, ...rest } = props;
  return rest;
}

const jsx = (type, props, ...children) => createElement(type, withoutStyles(props), ...children);

module.exports = {
  ...emotion,
  css: () => NO_STYLES,
  keyframes: () => NO_STYLES,
  Global: () => null,
  jsx,
  createElement: jsx,
  withoutStyles,
};
