import { Readable } from 'node:stream';

/** A message about a part of the request, with Kibana's `[request body.field]: ` in front. */
class RequestValidationError extends Error {
  constructor(message: string, namespace: string, path: readonly string[] = []) {
    super(`[${[namespace, ...path].join('.')}]: ${message}`);
  }
}

/** Kibana accepts only schemas with this mark of `@kbn/config-schema`. */
interface SchemaObject {
  readonly __isKbnConfigSchemaType: true;
  validate(value: unknown, context: object, namespace: string): unknown;
}

type Result =
  | { readonly value: unknown; readonly error?: undefined }
  | { readonly error: { readonly message: string; readonly path: readonly string[] } };

type ValidationFunction = (data: unknown, factory: typeof FACTORY) => Result;
type Rule = SchemaObject | ValidationFunction;

export interface RouteSchemas {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

const FACTORY = {
  ok: (value: unknown) => ({ value }),
  badRequest: (error: Error | string, path: readonly string[] = []) => ({
    error: { message: error instanceof Error ? error.message : String(error), path },
  }),
};

const isSchema = (rule: unknown): rule is SchemaObject =>
  typeof rule === 'object' &&
  rule !== null &&
  (rule as Partial<SchemaObject>).__isKbnConfigSchemaType === true;

/** Throws, as Kibana does when a route is registered, unless every rule is a schema or a function. */
export function assertRules(schemas: RouteSchemas): void {
  for (const [key, rule] of Object.entries(schemas)) {
    if (rule === undefined && key !== 'unsafe') continue;
    if (!isSchema(rule) && typeof rule !== 'function') {
      throw new Error(
        `Expected a valid validation logic declared with '@kbn/config-schema' package or a RouteValidationFunction at key: [${key}].`
      );
    }
  }
}

function apply(rule: Rule | undefined, data: unknown, namespace: string): unknown {
  if (rule === undefined) return {};
  if (data instanceof Readable && !isSchema(rule)) return rule(data, FACTORY);
  if (isSchema(rule)) return rule.validate(data, {}, namespace);
  let result: Result;
  try {
    result = rule(data, FACTORY);
  } catch (error) {
    result = FACTORY.badRequest(error as Error);
  }
  if (result.error === undefined) return result.value;
  throw new RequestValidationError(result.error.message, namespace, result.error.path);
}

/** Checks params, query and body in Kibana's order. What no rule describes becomes `{}`. */
export function validateRequest(
  raw: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  schemas: RouteSchemas
): { params: unknown; query: unknown; body: unknown } {
  const params = apply(schemas.params as Rule | undefined, raw.params, 'request params');
  const query = apply(schemas.query as Rule | undefined, raw.query, 'request query');
  // Hapi gives null where there is no body; Kibana's pre-check lets it through as it is.
  const body = apply(schemas.body as Rule | undefined, raw.body, 'request body');
  return { params, query, body };
}
