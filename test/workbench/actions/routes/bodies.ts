import type { ActionTypeExecutorResult } from '@kbn/actions-plugin/server';
import type { ConnectorTypeRegistry } from '../connector_type_registry';

interface ConnectorResult {
  readonly actionTypeId: string;
  readonly isPreconfigured: boolean;
  readonly isDeprecated: boolean;
  readonly isMissingSecrets?: boolean;
  readonly isSystemAction: boolean;
  readonly referencedByCount?: number;
}

/** A connector in HTTP's spelling. */
export function connectorBody<C extends ConnectorResult>(connector: C) {
  const {
    actionTypeId,
    isPreconfigured,
    isDeprecated,
    isMissingSecrets,
    isSystemAction,
    referencedByCount,
    ...rest
  } = connector;
  return {
    ...rest,
    connector_type_id: actionTypeId,
    is_preconfigured: isPreconfigured,
    is_deprecated: isDeprecated,
    ...(isMissingSecrets === undefined ? {} : { is_missing_secrets: isMissingSecrets }),
    is_system_action: isSystemAction,
    ...(referencedByCount === undefined ? {} : { referenced_by_count: referencedByCount }),
  };
}

export const connectorTypeBody = (type: ReturnType<ConnectorTypeRegistry['list']>[number]) => ({
  id: type.id,
  name: type.name,
  enabled: type.enabled,
  enabled_in_config: type.enabledInConfig,
  enabled_in_license: type.enabledInLicense,
  minimum_license_required: type.minimumLicenseRequired,
  supported_feature_ids: type.supportedFeatureIds,
  is_system_action_type: type.isSystemActionType,
});

/** The answer of `_execute`. */
export function executionBody(result: ActionTypeExecutorResult) {
  const { actionId, serviceMessage, ...rest } = result as ActionTypeExecutorResult & {
    serviceMessage?: string;
  };
  return {
    ...rest,
    connector_id: actionId,
    ...(serviceMessage ? { service_message: serviceMessage } : {}),
  };
}
