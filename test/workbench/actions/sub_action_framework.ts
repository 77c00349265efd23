import type { SubActionConnectorType } from '@kbn/actions-plugin/server';
import type { Logger } from '@kbn/core/server';
import { anObject, aString, schemaOf } from './config_schema_texts';
import type { ConfigUtilities, ConnectorType, ExecutorOptions, Values } from './types';
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

function executorOf(type: AnyType, logger: Logger, configurationUtilities: ConfigUtilities) {
  return async ({ actionId, params, config, secrets, services }: ExecutorOptions) => {
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
    try {
      // Only a check: the method gets what was sent, not what the schema returns.
      action.schema?.validate(subActionParams);
    } catch (error) {
      throw new Error(`Request validation failed (${String(error)})`);
    }
    const data = (await method.call(service, subActionParams)) as unknown;
    return { status: 'ok' as const, data: data ?? {}, actionId };
  };
}

/** A sub-action connector type as the registry takes it (`sub_action_framework/register.js`, 8.12.2). */
export function connectorTypeOf(
  type: AnyType,
  logger: Logger,
  configurationUtilities: ConfigUtilities
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
    executor: executorOf(type, logger, configurationUtilities),
    ...(type.renderParameterTemplates && {
      renderParameterTemplates: type.renderParameterTemplates,
    }),
  };
}
