import Boom from '@hapi/boom';
import type { ServerContracts } from '../versions/kibana_version';
import type { ConfigUtilities, ConnectorType, Values } from './types';

/** Calls the method of a schema that this version of Kibana calls, and returns what it returns. */
export function parsedBy(
  schema: object,
  value: unknown,
  method: ServerContracts['schemaMethod']
): unknown {
  const parse: unknown = Reflect.get(schema, method);
  if (typeof parse !== 'function') throw new TypeError(`schema.${method} is not a function`);
  return parse.call(schema, value) as unknown;
}

/** The validated value; throws Boom's 400 `error validating action type config: …` and its like. */
export function validateWithType(
  type: ConnectorType,
  key: 'params' | 'config' | 'secrets',
  value: unknown,
  configurationUtilities: ConfigUtilities,
  { schemaMethod, typeInMessages }: ServerContracts
): Values {
  const { schema, customValidator } = type.validate[key];
  // From 9.3 on, secrets that are not there are not validated.
  if (key === 'secrets' && value === undefined && schemaMethod === 'parse') return {};
  try {
    const validated = parsedBy(schema, value, schemaMethod);
    customValidator?.(validated, { configurationUtilities });
    return validated as Values;
  } catch (error) {
    const name = key === 'params' ? 'action params' : `${typeInMessages} ${key}`;
    throw Boom.badRequest(`error validating ${name}: ${(error as Error).message}`);
  }
}
