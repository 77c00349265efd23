import { createHash } from 'node:crypto';
import type { ActionName } from '../../common/actions/action_name';
import type { Actor } from '../../common/actions/record';

export interface FingerprintedRequest {
  readonly action: ActionName;
  /** The tenant whose hosts are meant. */
  readonly tenant: string;
  readonly actor: Actor;
  /** In any order; an id that is named twice counts once. */
  readonly alertIds: readonly string[];
}

/**
 * The same text for the same action in the same tenant, asked for by the same caller for the same alerts, and
 * another one for everything else: SHA-256 in hexadecimal. A search by it finds the records of that request and no others,
 * whoever else names the same alerts.
 */
export function requestFingerprint({
  action,
  tenant,
  actor,
  alertIds,
}: FingerprintedRequest): string {
  // By its id: anybody can give an API key the name of another one.
  const caller = [actor.username, actor.authentication, actor.apiKeyId ?? null];
  const request = JSON.stringify([action, tenant, caller, [...new Set(alertIds)].sort()]);
  return createHash('sha256').update(request).digest('hex');
}
