/**
 * EUI computes the styles of an element anew each time that it is rendered, from nothing but the theme and a few words:
 * half of the time of a component test. `remember(exports)` makes functions of a module keep what they return.
 */
const themes = new Map();

/** A text that stands for an argument; undefined for one that is not known to stay the same. */
function keyOf(argument) {
  if (argument === null || !['object', 'function'].includes(typeof argument)) {
    return `${typeof argument} ${String(argument)}`;
  }
  const { euiTheme, colorMode } = argument;
  if (euiTheme === undefined || colorMode === undefined) return undefined;
  if (!themes.has(euiTheme)) themes.set(euiTheme, themes.size);
  return `theme ${themes.get(euiTheme)} ${colorMode}`;
}

function remembering(compute) {
  const known = new Map();
  return Object.assign((...args) => {
    const keys = args.map(keyOf);
    if (keys.includes(undefined)) return compute(...args);
    const key = JSON.stringify(keys);
    if (!known.has(key)) {
      const result = compute(...args);
      known.set(key, typeof result === 'function' ? remembering(result) : result);
    }
    return known.get(key);
  }, compute);
}

/** Hooks are left as they are: they depend on what is rendered. */
module.exports = function remember(exports) {
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function' && !name.startsWith('use')) exports[name] = remembering(value);
  }
};
