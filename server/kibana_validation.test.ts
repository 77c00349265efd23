import * as t from 'io-ts';
import { closedObject, stringThat } from '../common/validation';
import { parseOrThrow, throwingSchema } from './kibana_validation';

/** A codec that counts how often it decodes. */
function counting() {
  const inner = closedObject('the input', { name: stringThat('a name', (value) => value !== '') });
  let count = 0;
  const codec = new t.Type<t.TypeOf<typeof inner>, unknown, unknown>(
    inner.name,
    inner.is,
    (input, context) => {
      count += 1;
      return inner.validate(input, context);
    },
    t.identity
  );
  return { codec, decoded: () => count };
}

it('decodes what the actions framework has had validated once, whatever becomes of the object', () => {
  const { codec, decoded } = counting();
  const input: Record<string, unknown> = { name: 'a' };
  throwingSchema(codec).validate(input);
  input.name = '';
  expect(parseOrThrow(codec, input)).toEqual({ name: 'a' });
  expect(decoded()).toBe(1);
  // The next who comes with it has it decoded as it is by then.
  expect(() => parseOrThrow(codec, input)).toThrow('[name]: got ""');
});

it('keeps nothing of what does not fit, and nothing for another codec', () => {
  const { codec, decoded } = counting();
  const other = counting();
  const input = { name: '' };
  expect(() => throwingSchema(codec).validate(input)).toThrow('[name]');
  expect(() => parseOrThrow(codec, input)).toThrow('[name]');
  expect(decoded()).toBe(2);
  const good = { name: 'a' };
  throwingSchema(codec).validate(good);
  parseOrThrow(other.codec, good);
  expect(other.decoded()).toBe(1);
});
