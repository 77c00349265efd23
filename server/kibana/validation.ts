import type { RouteValidationFunction } from '@kbn/core/server';
import type * as t from 'io-ts';
import { decode, describeProblems } from '../../common/lib/validation';

/**
 * Adapts codecs to Kibana's `validate`, so that each input is described once, in `common/`. Messages contain the field,
 * the value and what is accepted.
 */

/** For a route's `validate.request.{body,query,params}`: Kibana answers 400 with the message. */
export const routeValidation =
  <A>(codec: t.Type<A, unknown>): RouteValidationFunction<A> =>
  (input, { ok, badRequest }) => {
    // A request without a body or query arrives as null or an empty object.
    const decoded = decode(codec, input ?? {});
    return decoded.ok ? ok(decoded.value) : badRequest(describeProblems(decoded.problems));
  };

/**
 * For the actions framework, which calls `validate` up to 9.2 and `parse` from 9.3 on, and reports the error
 * that they throw.
 */
export interface ThrowingSchema<A> {
  validate(input: unknown): A;
  parse(input: unknown): A;
}

/** A schema of the actions framework, for every supported Kibana. `parse` throws what makes the input invalid. */
export const schemaThat = <A>(parse: (input: unknown) => A): ThrowingSchema<A> => ({
  validate: parse,
  parse,
});

/** The codec as a schema of the actions framework. Throws an `Error` with the message. */
export const throwingSchema = <A>(codec: t.Type<A, unknown>): ThrowingSchema<A> =>
  schemaThat((input) => parseOrThrow(codec, input));

/** The decoded value; throws an `Error` that names the field when `input` does not fit. */
export function parseOrThrow<A>(codec: t.Type<A, unknown>, input: unknown): A {
  const decoded = decode(codec, input);
  if (decoded.ok) return decoded.value;
  throw new Error(describeProblems(decoded.problems));
}
