/** Testing Library for React 18, rendering as Kibana does: into roots of `ReactDOM.render`. */
const library = require('@testing-library/react');

module.exports = {
  ...library,
  render: (element, options) => library.render(element, { legacyRoot: true, ...options }),
  renderHook: (hook, options) => library.renderHook(hook, { legacyRoot: true, ...options }),
};
