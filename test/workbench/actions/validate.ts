import Boom from '@hapi/boom';
import type { ConfigUtilities, ConnectorType, Values } from './types';

const NAMES = {
  params: 'action params',
  config: 'action type config',
  secrets: 'action type secrets',
} as const;

/** The validated value; throws Boom's 400 `error validating action type config: …` and its like. */
export function validateWithType(
  type: ConnectorType,
  key: keyof typeof NAMES,
  value: unknown,
  configurationUtilities: ConfigUtilities
): Values {
  const { schema, customValidator } = type.validate[key];
  try {
    const validated = schema.validate(value);
    customValidator?.(validated, { configurationUtilities });
    return validated as Values;
  } catch (error) {
    throw Boom.badRequest(`error validating ${NAMES[key]}: ${(error as Error).message}`);
  }
}
