import { randomUUID } from 'node:crypto';
import type { ActionTypeExecutorResult, ActionsServices } from '@kbn/actions-plugin/server';
import type { Logger } from '@kbn/core/server';
import type { EventLog } from '../event_log/event_log';
import type { ServerContracts } from '../versions/kibana_version';
import type { ConnectorTypeRegistry } from './connector_type_registry';
import type { ActionExecutionSource, KibanaRequest, Values } from './types';
import { createUsageCollector } from './usage_collector';
import { validateWithType } from './validate';

export interface ConnectorInfo {
  readonly actionTypeId: string;
  readonly name: string;
  readonly config: Values;
  readonly secrets: Values;
  readonly isInMemory: boolean;
}

interface ExecutorPorts {
  readonly contracts: ServerContracts;
  readonly registry: ConnectorTypeRegistry;
  readonly logger: Logger;
  readonly eventLog: EventLog;
  readonly servicesFor: (request: KibanaRequest) => ActionsServices;
  readonly spaceIdOf: (request: KibanaRequest) => string;
  readonly usernameOf: (request: KibanaRequest) => string | undefined;
  /** With secrets in clear. Throws Kibana's 404 when there is none in the space. */
  readonly connectorInfo: (connectorId: string, spaceId: string) => Promise<ConnectorInfo>;
}

export interface Execution {
  readonly actionId: string;
  readonly params: unknown;
  readonly request: KibanaRequest;
  readonly source?: ActionExecutionSource;
}

type Result = ActionTypeExecutorResult & { readonly error?: Error };

/** One text of an error result, for the log. */
function errorText(result: Extract<Result, { status: 'error' }>): string {
  const { message = 'unknown error running action', serviceMessage, retry } = result;
  const text = serviceMessage ? `${message}: ${serviceMessage}` : message;
  if (retry instanceof Date) return `${text}; retry at ${retry.toISOString()}`;
  return retry ? `${text}; retry: ${JSON.stringify(retry)}` : text;
}

/** `ActionExecutor.execute` of Kibana: the order of its steps is what a client sees. */
export function connectorExecutor(ports: ExecutorPorts) {
  const { contracts, registry, eventLog } = ports;

  return async ({
    actionId,
    params,
    request,
    source,
  }: Execution): Promise<ActionTypeExecutorResult> => {
    const services = ports.servicesFor(request);
    const spaceId = ports.spaceIdOf(request);
    const info = await ports.connectorInfo(actionId, spaceId);
    const { actionTypeId, name } = info;
    if (!registry.isActionExecutable(actionId, actionTypeId, { notifyUsage: true })) {
      registry.ensureActionTypeEnabled(actionTypeId);
    }
    const type = registry.get(actionTypeId);
    const { utilities: configurationUtilities } = registry;
    const validate = (key: 'params' | 'config' | 'secrets', value: unknown) =>
      validateWithType(type, key, value, configurationUtilities, contracts);
    let validated: Record<'params' | 'config' | 'secrets', Values>;
    try {
      validated = {
        params: validate('params', params),
        config: validate('config', info.config),
        secrets: validate('secrets', info.secrets),
      };
    } catch (error) {
      return { actionId, status: 'error', message: (error as Error).message, retry: false };
    }

    const logger = ports.logger.get(actionTypeId.replace(/^\./, ''));
    const label = `${actionTypeId}:${actionId}: ${name}`;
    logger.debug(`executing action ${label}`);
    const executionUuid = randomUUID();
    const usageCollector = contracts.usageCollector ? createUsageCollector() : undefined;
    const log = (
      action: string,
      message: string,
      outcome?: 'success' | 'failure',
      error?: string
    ) =>
      eventLog.write({
        event: { provider: 'actions', action, kind: 'action', ...(outcome && { outcome }) },
        kibana: {
          saved_objects: [
            {
              rel: 'primary',
              type: 'action',
              id: actionId,
              type_id: actionTypeId,
              ...(info.isInMemory && { space_agnostic: true }),
              ...(spaceId !== 'default' && { namespace: spaceId }),
            },
          ],
          space_ids: [spaceId],
          action: {
            name,
            id: actionId,
            execution: {
              uuid: executionUuid,
              ...(source && { source: source.type.toLowerCase() }),
              ...(outcome &&
                usageCollector && {
                  usage: { request_body_bytes: usageCollector.requestBodyBytes },
                }),
            },
          },
        },
        message,
        ...(outcome && { user: { name: ports.usernameOf(request) } }),
        ...(error !== undefined && { error: { message: error } }),
      });
    log('execute-start', `action started: ${label}`);

    let result: Result;
    try {
      const answer = await type.executor({
        actionId,
        services,
        ...validated,
        configurationUtilities,
        logger,
        ...(usageCollector && { usageCollector }),
      });
      result = answer ?? { actionId, status: 'ok' };
    } catch (error) {
      result = {
        actionId,
        status: 'error',
        message: 'an error occurred while running the action',
        serviceMessage: (error as Error).message,
        error: error as Error,
        retry: true,
      };
    }

    if (result.status === 'ok') {
      log('execute', `action executed: ${label}`, 'success');
    } else {
      const text = errorText(result);
      if (result.error) {
        logger.error(result.error, { tags: [actionTypeId, actionId, 'action-run-failed'] });
      }
      logger.warn(`action execution failure: ${label}: ${text}`);
      log('execute', `action execution failure: ${label}`, 'failure', text);
    }
    const { error: _, ...withoutError } = result;
    return withoutError;
  };
}
export type ExecuteConnector = ReturnType<typeof connectorExecutor>;
