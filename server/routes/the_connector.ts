import { reasonText } from '../../common/reason_text';
import type { NamedConnector } from '../connector/connectors_in_space';
import { TypedError } from '../typed_error';

/** The one connector to use; throws `no_connector` or `several_connectors` (naming them) otherwise. */
export function theConnector(connectors: readonly NamedConnector[]): NamedConnector {
  const [only, ...others] = connectors;
  if (only === undefined) throw reasonError('no_connector');
  if (others.length > 0) {
    throw reasonError('several_connectors', connectors.map(({ name }) => name).join(', '));
  }
  return only;
}

function reasonError(reason: 'no_connector' | 'several_connectors', detail?: string): TypedError {
  const { what, todo } = reasonText(reason, 'read', { detail });
  return new TypedError(reason, `${what} ${todo}`);
}
