import { reasonText } from '../../common/actions/reason_text';
import { listText } from '../../common/lib/list_text';
import type { NamedConnector } from '../connector/connectors_in_space';
import { TypedError } from '../lib/typed_error';

/** The one connector to use; throws `no_connector` or `several_connectors` (naming them) otherwise. */
export function requireSingleConnector(connectors: readonly NamedConnector[]): NamedConnector {
  const first = firstConnector(connectors);
  if (connectors.length > 1) throw severalConnectors(listText(connectors.map(({ name }) => name)));
  return first;
}

/** The first of them; throws `no_connector` when there is none. */
export function firstConnector([first]: readonly NamedConnector[]): NamedConnector {
  if (first === undefined) throw reasonError('no_connector');
  return first;
}

/** What to throw when there are several. */
export const severalConnectors = (names: string | undefined): TypedError =>
  reasonError('several_connectors', names);

function reasonError(reason: 'no_connector' | 'several_connectors', detail?: string): TypedError {
  const { what, todo } = reasonText(reason, 'read', { detail });
  return new TypedError(reason, `${what} ${todo}`);
}
