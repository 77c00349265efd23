/** In place of `@emotion/react/jsx-runtime`: React's own, for elements without styles. */
const { Fragment, jsx, jsxs } = require('react/jsx-runtime');
const { withoutStyles } = require('./emotion.cjs');

module.exports = {
  Fragment,
  jsx: (type, props, key) => jsx(type, withoutStyles(props), key),
  jsxs: (type, props, key) => jsxs(type, withoutStyles(props), key),
};
