import * as fc from 'fast-check';
import * as t from 'io-ts';
import { agentIdCodec, agentUuidCodec } from '../../common/hosts/agent';
import { shapeOf } from '../../common/lib/validation';
import { alertIdCodec } from '../../common/api/connector';
import written from '../../docs/openapi.json';
import { version } from '../../package.json';
import { openApiDocument } from './document';
import { schemaOf } from './schema_of';

it('docs/openapi.json matches the codecs; if it does not: npm run openapi', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument(version))));
});

it('every reference has a schema', () => {
  const text = JSON.stringify(written);
  const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(written.components.schemas).toHaveProperty(name);
});

it.each([
  ['agent UUIDs', agentUuidCodec],
  ['agent ids', agentIdCodec],
  ['alert ids', alertIdCodec],
] as const)('the schema of %s accepts what the codec accepts', (_, codec) => {
  const shape = shapeOf(codec);
  if (shape?.kind !== 'text') throw new Error('not a text');
  const { pattern = '', minLength = 0, maxLength = Infinity } = shape;
  const expression = new RegExp(pattern, 'u');
  const texts = fc.oneof(
    fc.string({ maxLength: 70 }),
    fc.stringOf(fc.constantFrom('a', '0', '-', ' ', 'Z'), { maxLength: 70 }),
    fc.stringMatching(/^[0-9]{0,25}$/)
  );
  fc.assert(
    fc.property(texts, (text) => {
      const fits = expression.test(text) && text.length >= minLength && text.length <= maxLength;
      expect(codec.is(text)).toBe(fits);
    })
  );
});

it('throws for an unknown codec', () => {
  const unknown = new t.Type<string>(
    'an unknown codec',
    t.string.is,
    (value, context) => t.string.validate(value, context),
    t.identity
  );
  expect(() => schemaOf(unknown)).toThrow('an unknown codec');
});
