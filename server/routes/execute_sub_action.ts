import type { ActionsClient } from '@kbn/actions-plugin/server';
import { parseProblemMessage } from '../connector/problem_message';
import { TypedError } from '../lib/typed_error';

export type Execution =
  { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly message: string };

/**
 * Executes a sub-action of the connector as the current user, with all checks of the connector.
 * Throws what Kibana throws (403 without "Actions and Connectors: Read").
 */
export async function executeSubAction(
  actionsClient: Pick<ActionsClient, 'execute'>,
  connectorId: string,
  subAction: string,
  subActionParams: unknown
): Promise<Execution> {
  const result = await actionsClient.execute({
    actionId: connectorId,
    params: { subAction, subActionParams: subActionParams as Record<string, unknown> },
  });
  if (result.status === 'ok') return { ok: true, data: result.data };
  return { ok: false, message: result.serviceMessage ?? result.message ?? '' };
}

/** The error for an execution without a record. Its reason determines the HTTP status. */
export function executionError(message: string): TypedError {
  const { reason = 'unexpected_answer', text, retryAfter } = parseProblemMessage(message);
  return new TypedError(reason, text, retryAfter);
}
