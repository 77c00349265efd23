/**
 * A module as Kibana's shared bundle holds it. Whoever imports it by name or by default finds what an
 * ES module would give; `import * as` alone would lose which of the two it was.
 */
export const asModule = (module: object): object => ({ ...module, __esModule: true });
