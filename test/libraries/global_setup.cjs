const { buildLibraries } = require('./bundle.cjs');

module.exports = buildLibraries;
