import type { SavedObjectsType } from '@kbn/core/server';
import { assertAttributes } from './mappings';

const type: SavedObjectsType = {
  name: 'thing',
  hidden: false,
  namespaceType: 'single',
  mappings: {
    dynamic: false,
    properties: {
      any: { type: 'keyword' },
      short: { type: 'keyword', ignore_above: 10 },
      words: { type: 'text' },
      inner: { properties: { any: { type: 'keyword' } } },
    },
  },
};

it.each([
  ['a term of the greatest length', { any: 'x'.repeat(32_766) }],
  ['a longer one that the mapping leaves out', { short: 'x'.repeat(40_000) }],
  ['a long text of words', { words: 'x '.repeat(40_000) }],
  ['one that is not mapped', { other: 'x'.repeat(40_000) }],
])('accepts %s', (_, attributes) => {
  expect(() => assertAttributes(type, attributes)).not.toThrow();
});

it.each([
  ['a longer term', { any: 'x'.repeat(32_767) }],
  ['one of more bytes than characters', { any: 'ä'.repeat(16_384) }],
  ['one among others', { inner: [{ any: 'short' }, { any: 'x'.repeat(40_000) }] }],
])('refuses %s, as Elasticsearch does', (_, attributes) => {
  expect(() => assertAttributes(type, attributes)).toThrow('immense term');
});
