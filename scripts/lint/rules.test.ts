import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintTexts } from '../../test/helpers/lint_text';

/** Each rule of `.oxlintrc.json` finds what it is for. The project's own have tests of their own. */

/** For each rule what it reports, by the kind of file. */
const FAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ts: {
    'modified-clicks': 'export const a = (event: MouseEvent) => event.metaKey;',
    eqeqeq: 'export const a = (x: number) => x == 1;',
    'for-direction': 'export const a = () => { for (let i = 0; i < 10; i--) { i; } };',
    'no-async-promise-executor': 'export const a = new Promise(async (r) => { r(1); });',
    'no-case-declarations':
      'export const a = (x: number) => { switch (x) { case 1: const y = 1; return y; } return 2; };',
    'no-class-assign': 'class A {}\nA = class {};\nexport { A };',
    'no-compare-neg-zero': 'export const a = (x: number) => x === -0;',
    'no-cond-assign': 'export const a = (x: number) => { if (x = 1) return 1; return 2; };',
    'no-console': 'console.log(1);',
    'no-constant-condition':
      'export const a = () => { while (true) { if (Math.random() > 0.5) break; } };',
    'no-control-regex': 'export const a = /\\x1f/;',
    'no-debugger': 'debugger;',
    'no-dupe-else-if':
      'export const a = (x: number) => { if (x === 1) return 1; else if (x === 1) return 2; return 3; };',
    'no-duplicate-case':
      'export const a = (x: number) => { switch (x) { case 1: return 1; case 1: return 2; } return 3; };',
    'no-empty': 'export const a = (x: number) => { if (x) {} };',
    'no-empty-character-class': 'export const a = /a[]/;',
    'no-empty-pattern': 'export const a = ({}: object) => 1;',
    'no-ex-assign': 'export const a = () => { try { a(); } catch (e) { e = 1; } };',
    'no-extra-boolean-cast': 'export const a = (x: number) => { if (!!x) return 1; return 2; };',
    'no-fallthrough':
      'export const a = (x: number) => { switch (x) { case 1: x++; case 2: return 2; } return x; };',
    'no-global-assign': 'Object = 1;\nexport const a = 1;',
    'no-inner-declarations':
      'export const a = (x: number) => { if (x) { function f() { return 1; } return f(); } return 2; };',
    'no-invalid-regexp': "export const a = new RegExp('[');",
    'no-irregular-whitespace': 'export const a =\u00a01;',
    'no-loss-of-precision': 'export const a = 5123000000000000000000000000001;',
    'no-misleading-character-class': 'export const a = /[👍]/;',
    'no-prototype-builtins': "export const a = (x: object) => x.hasOwnProperty('a');",
    'no-regex-spaces': 'export const a = /a  b/;',
    'no-self-assign': 'export const a = (x: number) => { x = x; return x; };',
    'no-shadow-restricted-names': 'export const a = (undefined: number) => 1;',
    'no-sparse-arrays': 'export const a = [1, , 2];',
    'no-unsafe-finally': 'export const a = () => { try { return 1; } finally { return 2; } };',
    'no-unsafe-optional-chaining': 'export const a = (x?: { y: () => number }) => (x?.y)();',
    'no-unused-labels': 'export const a = () => { A: for (;;) { break; } };',
    'no-useless-backreference': 'export const a = /\\1(a)/;',
    'no-useless-catch': 'export const a = () => { try { a(); } catch (e) { throw e; } };',
    'no-useless-escape': 'export const a = /[\\.]\\:/;',
    'no-useless-rename': 'const o = { a: 1 };\nexport const { a: a } = o;',
    'no-var': 'var a = 1;\nexport { a };',
    'object-shorthand': 'const a = 1;\nexport const b = { a: a };',
    'prefer-const': 'let a = 1;\nexport const b = a;',
    'prefer-rest-params': 'export function a() { return arguments; }',
    'prefer-spread':
      'export const a = (f: (...x: number[]) => void, l: number[]) => f.apply(undefined, l);',
    'require-yield': 'export function* a() { return 1; }',
    'use-isnan': 'export const a = (x: number) => x === NaN;',
    'valid-typeof': "export const a = (x: number) => typeof x === 'nunber';",
    'ban-ts-comment': '// @ts-ignore\nexport const a = 1;',
    'ban-types': 'export const a = (x: Object) => x;',
    'consistent-type-imports': "import { A } from 'x';\nexport const f = (a: A) => a;",
    'no-array-constructor': 'export const a = new Array(1, 2);',
    'no-duplicate-enum-values': 'export enum E { A = 1, B = 1 }',
    'no-explicit-any': 'export const a = (x: any) => x;',
    'no-extra-non-null-assertion': 'export const a = (x?: { y: number }) => x!!.y;',
    'no-misused-new': 'export interface A { new (): A }',
    'no-namespace': 'export namespace A { export const b = 1; }',
    'no-non-null-asserted-optional-chain': 'export const a = (x?: { y: number }) => x?.y!;',
    'no-this-alias': 'export class A { m() { const self = this; return () => self; } }',
    'no-unnecessary-type-constraint': 'export const a = <T extends unknown>(x: T) => x;',
    'no-unsafe-declaration-merging': 'export interface A { b: string }\nexport class A {}',
    'no-unused-vars': 'const a = 1;',
    'no-var-requires': "const a = require('a');\nexport const b = a;",
    'prefer-as-const': "export const a = 'x' as 'x';",
    'triple-slash-reference': '/// <reference path="./x" />\nexport const a = 1;',
    'no-default-export': 'export default 1;',
    'no-duplicates': "import { a } from './x';\nimport { b } from './x';\nexport const c = a + b;",
    'no-restricted-imports': "import { x } from '@kbn/x';\nexport const y = x;",
  },
  tsx: {
    'exhaustive-deps':
      "import { useEffect } from 'react';\nexport const F = ({ a }: { a: () => void }) => { useEffect(() => { a(); }, []); return null; };",
    'rules-of-hooks':
      "import { useState } from 'react';\nexport const F = ({ a }: { a: boolean }) => { if (a) { useState(1); } return null; };",
    'alt-text': 'export const F = () => <img src="x" />;',
    'anchor-has-content': 'export const F = () => <a href="/x" />;',
    'anchor-is-valid': 'export const F = () => <a href="#">x</a>;',
    'aria-activedescendant-has-tabindex':
      'export const F = () => <div aria-activedescendant="x" />;',
    'aria-props': 'export const F = () => <div aria-labeledby="x" />;',
    'aria-proptypes':
      'export const F = () => <div role="checkbox" tabIndex={0} aria-checked="nope" />;',
    'aria-role': 'export const F = () => <div role="nope" />;',
    'aria-unsupported-elements': 'export const F = () => <meta aria-hidden="false" />;',
    'autocomplete-valid': 'export const F = () => <input type="text" autoComplete="nope" />;',
    'click-events-have-key-events':
      'export const F = ({ f }: { f: () => void }) => <div onClick={f} role="button" tabIndex={0} />;',
    'heading-has-content': 'export const F = () => <h1 />;',
    'html-has-lang': 'export const F = () => <html />;',
    'iframe-has-title': 'export const F = () => <iframe src="x" />;',
    'img-redundant-alt': 'export const F = () => <img src="x" alt="an image of x" />;',
    'interactive-supports-focus':
      'export const F = ({ f }: { f: () => void }) => <div onClick={f} onKeyDown={f} role="button" />;',
    'label-has-associated-control': 'export const F = () => <label>x</label>;',
    'media-has-caption': 'export const F = () => <video src="x" />;',
    'mouse-events-have-key-events':
      'export const F = ({ f }: { f: () => void }) => <button onMouseOver={f}>x</button>;',
    'no-access-key': 'export const F = () => <button accessKey="h">x</button>;',
    'no-autofocus': 'export const F = () => <input autoFocus />;',
    'no-distracting-elements': 'export const F = () => <marquee />;',
    'no-interactive-element-to-noninteractive-role':
      'export const F = () => <button role="img">x</button>;',
    'no-noninteractive-element-interactions':
      'export const F = ({ f }: { f: () => void }) => <li onClick={f} onKeyDown={f}>x</li>;',
    'no-noninteractive-element-to-interactive-role':
      'export const F = () => <h1 role="button">x</h1>;',
    'no-noninteractive-tabindex': 'export const F = () => <div tabIndex={0} />;',
    'no-redundant-roles': 'export const F = () => <button role="button">x</button>;',
    'no-static-element-interactions':
      'export const F = ({ f }: { f: () => void }) => <div onClick={f} onKeyDown={f} />;',
    'role-has-required-aria-props': 'export const F = () => <span role="checkbox" tabIndex={0} />;',
    'role-supports-aria-props': 'export const F = () => <ul role="list" aria-checked="true" />;',
    scope: 'export const F = () => <div scope="col" />;',
    'tabindex-no-positive': 'export const F = () => <button tabIndex={3}>x</button>;',
  },
  mjs: {
    'constructor-super': 'export class A extends B { constructor() {} }\nclass B {}',
    'getter-return': 'export const a = { get b() {} };',
    'no-const-assign': 'const a = 1;\na = 2;\nexport { a };',
    'no-dupe-class-members': 'export class A { b() {} b() {} }',
    'no-dupe-keys': 'export const a = { b: 1, b: 2 };',
    'no-func-assign': 'export function a() {}\na = 1;',
    'no-import-assign': "import { a } from './x.mjs';\na = 1;",
    'no-new-native-nonconstructor': "export const a = new Symbol('x');",
    'no-obj-calls': 'export const a = Math();',
    'no-redeclare': 'var a = 1;\nvar a = 2;\nexport { a };',
    'no-setter-return': 'export const a = { set b(x) { return x; } };',
    'no-this-before-super':
      'class B {}\nexport class A extends B { constructor() { this.x = 1; super(); } }',
    'no-unreachable': 'export const a = () => { return 1; a(); };',
    'no-unsafe-negation': 'export const a = (x) => !x in {};',
  },
  cjs: {
    'no-nonoctal-decimal-escape': "module.exports = '\\8';",
    'no-delete-var': 'let x = 1;\ndelete x;\nmodule.exports = () => x;',
    'no-with': 'with (module) { exports = 1; }',
    sloppy: 'module.exports = [010, function (a, a) { return a; }];',
  },
};

const TESTED_ELSEWHERE = ['action-names', 'joined-lists', 'layers'];

const CYCLE = [
  { path: 'server/a.ts', text: "import { b } from './b';\nexport const a = () => b;" },
  { path: 'server/b.ts', text: "import { a } from './a';\nexport const b = () => a;" },
];

const files = Object.entries(FAULTS).flatMap(([kind, faults]) =>
  Object.entries(faults).map(([rule, text]) => ({
    rule,
    path: `server/sentinelone_client/${rule}.${kind}`,
    text,
  }))
);

let found: ReadonlyArray<readonly (string | undefined)[]>;
beforeAll(() => {
  found = lintTexts([...files, ...CYCLE]).map((messages) => messages.map(({ rule }) => rule));
}, 120_000);

it.each(files.map(({ rule }, n) => [rule, n] as const))('%s', (rule, n) =>
  expect(found[n]).toContain(rule)
);

it('no-cycle', () => expect(found.slice(files.length)).toEqual([['no-cycle'], ['no-cycle']]));

it('every rule has a fault here', () => {
  const text = readFileSync(join(__dirname, '..', '..', '.oxlintrc.json'), 'utf8');
  const { rules, overrides } = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as {
    readonly rules: object;
    readonly overrides: ReadonlyArray<{ readonly rules: object }>;
  };
  const names = [rules, ...overrides.map((one) => one.rules)]
    .flatMap((one) => Object.keys(one))
    .map((name) => name.split('/').at(-1));
  const tested = [...files.map(({ rule }) => rule), ...TESTED_ELSEWHERE, 'no-cycle'];
  expect([...new Set(names)].sort()).toEqual([...tested].sort());
});
