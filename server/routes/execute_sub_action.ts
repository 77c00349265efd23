import type * as t from 'io-ts';
import type { ActionsClient } from '@kbn/actions-plugin/server';
import { parseOrThrow } from '../kibana/validation';
import { parseProblemMessage } from '../connector/problem_message';
import { TypedError } from '../lib/typed_error';
import { reasonText } from '../../common/actions/describe_reason';
import { listText } from '../../common/lib/text';
import type { NamedConnector } from '../connector/connectors_in_space';

/** Returns the only connector; throws `no_connector`, or `several_connectors` with their names, otherwise. */
export function requireSingleConnector(connectors: readonly NamedConnector[]): NamedConnector {
  const first = firstConnector(connectors);
  if (connectors.length > 1) throw severalConnectors(listText(connectors.map(({ name }) => name)));
  return first;
}

/** Returns the first connector; throws `no_connector` if there is none. */
export function firstConnector([first]: readonly NamedConnector[]): NamedConnector {
  if (first === undefined) throw reasonError('no_connector');
  return first;
}

/** The error for several connectors. */
export const severalConnectors = (names: string | undefined): TypedError =>
  reasonError('several_connectors', names);

function reasonError(reason: 'no_connector' | 'several_connectors', detail?: string): TypedError {
  const { what, todo } = reasonText(reason, 'read', { detail });
  return new TypedError(reason, `${what} ${todo}`);
}

type Failure = { readonly ok: false; readonly message: string };
export type Execution = { readonly ok: true; readonly data: unknown } | Failure;

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

/**
 * Executes a sub-action that reads, and returns its parsed result. Throws the error of an execution that failed, and what
 * `executeSubAction` throws.
 */
export async function executeRead<C extends t.Mixed>(
  actionsClient: Pick<ActionsClient, 'execute'>,
  connectorId: string,
  subAction: string,
  subActionParams: unknown,
  codec: C
): Promise<t.TypeOf<C>> {
  const execution = await executeSubAction(actionsClient, connectorId, subAction, subActionParams);
  if (!execution.ok) throw executionError(execution.message);
  return parseOrThrow(codec, execution.data);
}

/** The error for an execution without a record. Its reason determines the HTTP status. */
export function executionError(message: string): TypedError {
  const { reason = 'unexpected_answer', text, retryAfter } = parseProblemMessage(message);
  return new TypedError(reason, text, retryAfter);
}
