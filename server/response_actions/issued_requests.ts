import type { LocksReadAhead } from './ports';
import type { Actor } from '../../common/actions/actor';
import type { AppliedProtection } from '../../common/hosts/protection_settings';

/**
 * Requests that the plugin's routes pass to the connector. The route creates the action id and passes it as a
 * parameter, so that it can read the result from the record, regardless of what the actions framework returns. The
 * framework executes a connector in the process that called it. So an id that was not issued here, or was used before,
 * is forged and refused.
 */

/** The caller and their privileges, as Elasticsearch reports both for one request. */
export interface CallerAndPrivileges {
  /** `UNKNOWN_ACTOR` if Kibana runs without security, or if the caller could not be identified. */
  readonly actor: Actor;
  /** The checked privileges that the caller has; undefined if they could not be determined. */
  readonly privileges: ReadonlySet<string> | undefined;
  /** Why not. */
  readonly problem?: string;
}

/**
 * Reads that a route has started for a request, so that the connector does not repeat them. The connector executes with
 * the credentials of the same HTTP request, so it would get the same results.
 */
export interface IssuedRequest {
  readonly connectorId: string;
  /** The space; undefined means the default space. */
  readonly namespace: string | undefined;
  readonly guards: AppliedProtection;
  /** The caller, and which of the relevant privileges they have. Never rejects. */
  readonly caller: Promise<CallerAndPrivileges>;
  /** The host locks of the tenant, if it is known. Never rejects. */
  readonly locksAhead?: Promise<LocksReadAhead>;
  readonly connectors: ReadonlyArray<{ readonly id: string; readonly name: string }>;
}

interface Entry {
  readonly request: IssuedRequest;
  isUsed: boolean;
  recordedAs: string;
}

export class IssuedRequests {
  private readonly entries = new Map<string, Entry>();

  /** `newId` creates UUIDs. */
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
