/** In place of the package that EUI highlights code with: of its 277 languages, those that the plugin shows. */
const refractor = require('refractor/core');

refractor.register(require('refractor/lang/json'));
refractor.register(require('refractor/lang/yaml'));

module.exports = refractor;
