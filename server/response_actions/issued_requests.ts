import type { AppliedProtection } from '../../common/hosts/protection_settings';

/**
 * Requests that the plugin's routes pass to the connector. The route creates the action id and passes it as a
 * parameter, so that it can read the result from the record, regardless of what the actions framework returns. The
 * framework executes a connector in the process that called it. So an id that was not issued here, or was used before,
 * is forged and refused.
 */

/** Data that a route has read for a request, so that the connector does not read it again. */
export interface IssuedRequest {
  readonly connectorId: string;
  /** The space; undefined means the default space. */
  readonly namespace: string | undefined;
  readonly guards: AppliedProtection;
  readonly connectors: ReadonlyArray<{ readonly id: string; readonly name: string }>;
}

interface Entry {
  readonly request: IssuedRequest;
  isUsed: boolean;
  recordedAs: string;
}

export class IssuedRequests {
  private readonly entries = new Map<string, Entry>();

  /** `newId` makes UUIDs. */
  constructor(private readonly newId: () => string) {}

  /** Issues the id of an action. */
  issue(request: IssuedRequest): string {
    const actionId = this.newId();
    this.entries.set(actionId, { request, isUsed: false, recordedAs: actionId });
    return actionId;
  }

  /** The request with this id, once; undefined for an id that was not issued for this connector and space. */
  use(
    actionId: string,
    { connectorId, namespace }: Pick<IssuedRequest, 'connectorId' | 'namespace'>
  ): IssuedRequest | undefined {
    const entry = this.entries.get(actionId);
    if (entry === undefined || entry.isUsed) return undefined;
    const { request } = entry;
    if (request.connectorId !== connectorId || request.namespace !== namespace) return undefined;
    entry.isUsed = true;
    return request;
  }

  /** Stores that the request was counted in, or answered from, the record of the action `recordedAs`. */
  setRecord(actionId: string, recordedAs: string): void {
    const entry = this.entries.get(actionId);
    if (entry !== undefined) entry.recordedAs = recordedAs;
  }

  /** Ends the request. Returns the id of the action whose record has its result. */
  close(actionId: string): string {
    const recordedAs = this.entries.get(actionId)?.recordedAs ?? actionId;
    this.entries.delete(actionId);
    return recordedAs;
  }
}
