import { closedObject, stringThat } from '../../common/lib/validation';
import { parseOrThrow, throwingSchema } from './validation';

const codec = closedObject('the input', { name: stringThat('a name', (value) => value !== '') });

it('returns the decoded value of valid input', () => {
  expect(throwingSchema(codec).validate({ name: 'a' })).toEqual({ name: 'a' });
  expect(throwingSchema(codec).parse({ name: 'a' })).toEqual({ name: 'a' });
  expect(parseOrThrow(codec, { name: 'a' })).toEqual({ name: 'a' });
});

it.each([{ name: '' }, {}, { name: 'a', other: 1 }])(
  'names the field of %j, each time',
  (input) => {
    const schema = throwingSchema(codec);
    const { validate } = schema;
    for (const parse of [validate, schema.parse, (value: unknown) => parseOrThrow(codec, value)]) {
      expect(() => parse(input)).toThrow(/^\[(name|other)\]: got /);
      expect(() => parse(input)).toThrow(/^\[(name|other)\]: got /);
    }
  }
);
