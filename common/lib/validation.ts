import { isLeft } from 'fp-ts/lib/Either';
import * as t from 'io-ts';
import { visibleText } from './text';

/**
 * What a custom codec accepts, as data. io-ts provides this for its own codecs only. The API's description is
 * generated from it.
 */
type CodecShape =
  | {
      readonly kind: 'object';
      readonly required: Readonly<Record<string, t.Mixed>>;
      readonly optional: Readonly<Record<string, t.Mixed>>;
      /** At least one of these fields is required. */
      readonly oneOfFields?: readonly string[];
    }
  | {
      readonly kind: 'list';
      readonly item: t.Mixed;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'whole_number'; readonly min: number; readonly max: number }
  | ({ readonly kind: 'text' } & TextShape);

interface TextShape {
  /** A regular expression, without slashes. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** `date-time`, `uuid`, … */
  readonly format?: string;
}

const shapes = new WeakMap<object, CodecShape>();

/** Registers what `codec` accepts. Returns the codec. */
function withShape<C extends t.Mixed>(codec: C, shape: CodecShape): C {
  shapes.set(codec, shape);
  return codec;
}

/** What was registered for `codec`; undefined for io-ts' own codecs. */
export const shapeOf = (codec: t.Mixed): CodecShape | undefined => shapes.get(codec);

/** A text or null. */
export const nullableString = t.union([t.string, t.null]);

/**
 * A codec's name describes what is accepted ("an agent id: a text of 1 to 20 digits"), so that every message can
 * contain the field, the value and what is accepted.
 */

/** An invalid value: `field` is a path (`hosts[0].uuid`), `message` the complete sentence. */
export interface InputProblem {
  readonly field: string;
  readonly message: string;
}

export type Decoded<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

const SHOWN_CHARACTERS = 80;
const SHOWN_PROBLEMS = 5;

/** Codecs whose values must never be printed, such as the API token. */
const secretCodecs = new WeakSet<object>();

/** Registers that no message may contain a value of `codec`. Returns the codec. */
export function confidential<C extends t.Mixed>(codec: C): C {
  secretCodecs.add(codec);
  return codec;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = typeof value === 'bigint' ? `${value}n` : JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

function pathOf(context: t.Context): string {
  let path = '';
  for (const { key } of context) {
    if (key === '') continue;
    if (/^\d+$/.test(key)) path += `[${key}]`;
    else path += path === '' ? key : `.${key}`;
  }
  return path;
}

function problemOf(error: t.ValidationError): InputProblem {
  const field = pathOf(error.context);
  const codecs = error.context.map(({ type }) => type as object);
  const came = codecs.some((codec) => secretCodecs.has(codec))
    ? 'a value that is not shown'
    : shown(error.value);
  const last = error.context[error.context.length - 1];
  const accepted = error.message ?? `accepted is ${last?.type.name ?? 'something else'}`;
  return {
    field,
    message: visibleText(`${field === '' ? 'The input' : `[${field}]`}: got ${came}; ${accepted}`),
  };
}

/** Decodes `input` with `codec`. Never throws; every problem names the field. */
export function decode<A>(codec: t.Type<A, unknown>, input: unknown): Decoded<A> {
  const result = codec.decode(input);
  if (isLeft(result)) return { ok: false, problems: result.left.map(problemOf) };
  return { ok: true, value: result.right };
}

/** One sentence per problem, limited in number. */
export function describeProblems(problems: readonly InputProblem[]): string {
  const lines = problems.slice(0, SHOWN_PROBLEMS).map(({ message }) => message);
  const rest = problems.length - lines.length;
  return lines.join('. ') + (rest > 0 ? `. And ${rest} more` : '');
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Fields<R extends t.Props, O extends t.Props> = {
  readonly [K in keyof R]: t.TypeOf<R[K]>;
} & { readonly [K in keyof O]?: t.TypeOf<O[K]> };

/**
 * An object with exactly these fields. A missing required field and an unknown field are both problems (a misspelt
 * `agentID` must not silently widen an action).
 */
export function closedObject<R extends t.Props, O extends t.Props = Record<never, never>>(
  name: string,
  required: R,
  optional: O = {} as O
): t.Type<Fields<R, O>, unknown> {
  const codecs: t.Props = { ...required, ...optional };
  const fieldNames = Object.keys(codecs);
  const unknownField = new t.Type<never, never, unknown>(
    'nothing under this name',
    (_): _ is never => false,
    t.failure,
    t.identity
  );
  const validate: t.Validate<unknown, Fields<R, O>> = (input, context) => {
    if (!isPlainObject(input)) return t.failure(input, context);
    const errors: t.Errors = [];
    const value: Record<string, unknown> = {};
    for (const field of fieldNames) {
      const given = Object.prototype.hasOwnProperty.call(input, field) ? input[field] : undefined;
      if (given === undefined && field in optional) continue;
      const codec = codecs[field]!;
      const result = codec.validate(given, t.appendContext(context, field, codec, given));
      if (isLeft(result)) errors.push(...result.left);
      else if (result.right !== undefined) value[field] = result.right;
    }
    for (const field of Object.keys(input)) {
      if (!fieldNames.includes(field)) {
        const at = t.appendContext(context, field, unknownField, input[field]);
        const known = fieldNames.join(', ') || 'none';
        const message = `there is no such field; known are ${known}`;
        errors.push({ value: input[field], context: at, message });
      }
    }
    return errors.length > 0 ? t.failures(errors) : t.success(value as Fields<R, O>);
  };
  const codec = new t.Type<Fields<R, O>, Fields<R, O>, unknown>(
    name,
    (value): value is Fields<R, O> => !isLeft(validate(value, [])),
    validate,
    t.identity
  );
  return withShape(codec, { kind: 'object', required, optional });
}

/** What `codec` accepts, or null. A problem names both once. */
export function nullable<A>(codec: t.Type<A, unknown>): t.Type<A | null, unknown> {
  const name = `${codec.name}, or null`;
  const is = (value: unknown): value is A | null => value === null || codec.is(value);
  const member: t.Type<A, unknown> = codec;
  return new t.UnionType<[typeof member, t.NullC], A | null, unknown, unknown>(
    name,
    is,
    (value, context) => {
      if (value === null) return t.success(null);
      const decoded = codec.validate(value, context);
      return isLeft(decoded) ? t.failure(value, context) : decoded;
    },
    t.identity,
    [member, t.null]
  );
}

/** A value that `is` accepts; `name` describes it. */
export const valueThat = <A>(
  name: string,
  is: (value: unknown) => value is A
): t.Type<A, unknown> =>
  new t.Type<A, A, unknown>(
    name,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity
  );

/**
 * A string that `accepts` accepts; `name` describes it, and `shape` is the part that the API's description can express.
 */
export const stringThat = <S extends string = string>(
  name: string,
  accepts: (value: string) => boolean,
  shape: TextShape = {}
): t.Type<S, unknown> =>
  withShape(
    valueThat(name, (value): value is S => typeof value === 'string' && accepts(value)),
    { kind: 'text', ...shape }
  );

/** The problem of a decoded object: of the object, or of one `field`, for which `accepted` describes valid values. */
export interface Unacceptable<A> {
  readonly field?: Extract<keyof A, string>;
  readonly accepted?: t.Mixed;
  /** Replaces the description of what is accepted. */
  readonly message?: string;
}

/**
 * `codec` with a condition on several fields, for which io-ts has no type. `problemOf` returns undefined for a valid
 * value. The API's description is that of `codec`, with `shape` added.
 */
export function refine<A>(
  codec: t.Type<A, unknown>,
  problemOf: (value: A) => Unacceptable<A> | undefined,
  shape: Pick<Extract<CodecShape, { readonly kind: 'object' }>, 'oneOfFields'> = {}
): t.Type<A, unknown> {
  const refined: t.Type<A, unknown> = new t.Type<A, A, unknown>(
    codec.name,
    (value): value is A => codec.is(value) && problemOf(value) === undefined,
    (input, context) => {
      const decoded = codec.validate(input, context);
      const problem = isLeft(decoded) ? undefined : problemOf(decoded.right);
      if (isLeft(decoded) || problem === undefined) return decoded;
      const { field, accepted = refined, message } = problem;
      if (field === undefined) return t.failure(input, context, message);
      const value = decoded.right[field];
      return t.failure(value, t.appendContext(context, field, accepted, value), message);
    },
    t.identity
  );
  const known = shapeOf(codec);
  return known === undefined ? refined : withShape(refined, { ...known, ...shape });
}

/** A list of `min` to `max` items. */
export function listOf<C extends t.Mixed>(
  item: C,
  min: number,
  max: number,
  what: string
): t.Type<ReadonlyArray<t.TypeOf<C>>, unknown> {
  const name = `a list of ${min} to ${max} ${what}`;
  const array = t.array(item);
  const codec = new t.Type<ReadonlyArray<t.TypeOf<C>>, ReadonlyArray<t.TypeOf<C>>, unknown>(
    name,
    (value): value is ReadonlyArray<t.TypeOf<C>> =>
      array.is(value) && value.length >= min && value.length <= max,
    (value, context) =>
      Array.isArray(value) && value.length >= min && value.length <= max
        ? (array.validate(value, context) as t.Validation<ReadonlyArray<t.TypeOf<C>>>)
        : t.failure(value, context),
    t.identity
  );
  return withShape(codec, { kind: 'list', item, min, max });
}

/** A whole number within bounds; from a query string when `fromText`. */
export function wholeNumber(
  min: number,
  max: number,
  { fromText = false }: { readonly fromText?: boolean } = {}
): t.Type<number, unknown> {
  const fits = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  const codec = new t.Type<number, number, unknown>(
    `a whole number from ${min} to ${max}`,
    fits,
    (input, context) => {
      const value =
        fromText && typeof input === 'string' && /^-?\d{1,16}$/.test(input) ? Number(input) : input;
      return fits(value) ? t.success(value) : t.failure(input, context);
    },
    t.identity
  );
  return withShape(codec, { kind: 'whole_number', min, max });
}

/** One of these words. */
export function oneOf<W extends string>(words: readonly W[]): t.Type<W, unknown> {
  const codec = stringThat<W>(`one of ${words.join(', ')}`, (value) =>
    (words as readonly string[]).includes(value)
  );
  return withShape(codec, { kind: 'words', words });
}
