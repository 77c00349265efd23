import type { SubActionConnectorType } from '@kbn/actions-plugin/server';
import type { Logger } from '@kbn/core/server';
import type { ServerContracts } from '../versions/kibana_version';
import { anObject, aString, schemaOf } from './config_schema_texts';
import type { ConfigUtilities, ConnectorType, ExecutorOptions, Values } from './types';
import { parsedBy } from './validate';
import { ValidatorType } from './validator_type';

const paramsSchema = schemaOf(
  anObject({ subAction: aString(), subActionParams: anObject({}, { unknowns: true }) })
);

type AnyType = SubActionConnectorType<Values, Values>;
type Validator = (value: Values, services: { configurationUtilities: ConfigUtilities }) => void;

function validatorOf({ validators = [] }: AnyType, wanted: ValidatorType): Validator | undefined {
  const chosen = validators.filter(({ type }) => (type as number) === wanted);
  if (chosen.length === 0) return undefined;
  return (value, services) => {
    for (const { validator } of chosen) (validator as Validator)(value, services);
  };
}

function executorOf(
  type: AnyType,
  logger: Logger,
  configurationUtilities: ConfigUtilities,
  { schemaMethod, subActionGets }: ServerContracts
) {
  return async (options: ExecutorOptions) => {
    const { actionId, params, config, secrets, services, usageCollector } = options;
    const { subAction, subActionParams } = params as { subAction: string; subActionParams: Values };
    const where = `Connector id: ${actionId}. Connector name: ${type.name}. Connector type: ${type.id}`;
    const service = type.getService({
      connector: { id: actionId, type: type.id },
      config,
      secrets,
      configurationUtilities,
      logger,
      services,
    });
    const subActions = service.getSubActions();
    if (subActions.size === 0) {
      throw new Error('You should register at least one subAction for your connector type');
    }
    const action = subActions.get(subAction);
    if (action === undefined)
      throw new Error(`Sub action "${subAction}" is not registered. ${where}`);
    const method = (service as unknown as Record<string, unknown>)[action.method];
    if (!method) {
      throw new Error(
        `Method "${action.method}" does not exists in service. Sub action: "${subAction}". ${where}`
      );
    }
    if (typeof method !== 'function') {
      throw new Error(`Method "${action.method}" must be a function. ${where}`);
    }
    let given: unknown = subActionParams;
    try {
      if (action.schema) {
        const parsed = parsedBy(action.schema, subActionParams, schemaMethod);
        if (subActionGets === 'parsed') given = parsed;
      }
    } catch (error) {
      throw new Error(`Request validation failed (${String(error)})`);
    }
    const data = (await method.call(
      service,
      given,
      ...(usageCollector === undefined ? [] : [usageCollector])
    )) as unknown;
    return { status: 'ok' as const, data: data ?? {}, actionId };
  };
}

/** Calls a type's rendering with the arguments of this version of Kibana. */
function renderingOf(
  { renderParameterTemplates: render }: AnyType,
  logger: Logger,
  { loggerInTemplates }: ServerContracts
): ConnectorType['renderParameterTemplates'] {
  if (render === undefined) return undefined;
  return (...args) =>
    Reflect.apply(render, undefined, [...(loggerInTemplates ? [logger] : []), ...args]) as Values;
}

/** A sub-action connector type as the registry takes it (`sub_action_framework/register.js`). */
export function connectorTypeOf(
  type: AnyType,
  logger: Logger,
  configurationUtilities: ConfigUtilities,
  contracts: ServerContracts
): ConnectorType {
  const { id, name, minimumLicenseRequired, supportedFeatureIds, schema } = type;
  const config = validatorOf(type, ValidatorType.CONFIG);
  const secrets = validatorOf(type, ValidatorType.SECRETS);
  return {
    id,
    name,
    minimumLicenseRequired,
    supportedFeatureIds,
    validate: {
      config: {
        schema: schema.config,
        ...(config && { customValidator: (value, services) => config(value as Values, services) }),
      },
      secrets: {
        schema: schema.secrets,
        ...(secrets && {
          customValidator: (value, services) => secrets(value as Values, services),
        }),
      },
      params: { schema: paramsSchema },
    },
    executor: executorOf(type, logger, configurationUtilities, contracts),
    renderParameterTemplates: renderingOf(type, logger, contracts),
  };
}
