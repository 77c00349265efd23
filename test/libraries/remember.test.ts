import remember from './remember.cjs';

const light = { euiTheme: { size: 1 }, colorMode: 'LIGHT' };
const dark = { ...light, colorMode: 'DARK' };

function remembered() {
  let computed = 0;
  const count = () => (computed += 1);
  const compute = { euiText: count, useEuiText: count, contrast: () => count, SIZES: ['m'] };
  const euiText: (...args: unknown[]) => number = compute.euiText;
  const exports = { ...compute, euiText };
  remember(exports);
  return exports;
}

it('computes styles once for a theme, its mode, and the words that they depend on', () => {
  const { euiText } = remembered();
  expect([euiText(light, 'm'), euiText({ ...light }, 'm')]).toEqual([1, 1]);
  expect([euiText(dark, 'm'), euiText(light, 's'), euiText(light, 'm', true)]).toEqual([2, 3, 4]);
  expect([euiText({ ...light, euiTheme: { size: 2 } }, 'm'), euiText(dark, 'm')]).toEqual([5, 2]);
  expect([euiText(light, '1'), euiText(light, 1)]).toEqual([6, 7]);
});

it('computes anew what depends on anything else', () => {
  const { euiText, useEuiText, SIZES } = remembered();
  expect([euiText(light, {}), euiText(light, {}), euiText([]), euiText([])]).toEqual([1, 2, 3, 4]);
  expect([useEuiText(), useEuiText()]).toEqual([5, 6]);
  expect(SIZES).toEqual(['m']);
});

it('remembers what a function returns that was itself returned', () => {
  const { contrast } = remembered();
  expect([contrast()(), contrast()()]).toEqual([1, 1]);
});
