import type { ActionName } from '../../common/actions/action_name';
import type { Actor } from '../../common/actions/actor';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { Refusal } from '../../common/actions/reasons';
import type { AppliedProtection } from '../../common/hosts/protection_settings';
import type { CoreLog } from '../lib/log';
import type { CallerAndPrivileges } from '../response_actions/issued_requests';
import type { ActionRequest } from '../response_actions/plan_action';
import { approvalProblem } from './caller';

/** What the caller of the connector may do, by the privileges that Elasticsearch reports. Makes no requests. */

/** Why nothing is allowed to a caller who could not be identified. */
export const UNKNOWN_CALLER = 'Elasticsearch could not identify the caller and their privileges';

export interface Permission {
  readonly actor: Actor;
  /** False if the caller and their privileges could not be determined. */
  readonly isKnown: boolean;
  readonly refusal?: { readonly reason: Refusal; readonly detail?: string };
}

/** Whether the caller has a privilege. If that could not be determined, they do not. */
export function permissionTo(
  apiPrivilege: string,
  /** The purpose of the privilege, after "to". */
  what: string,
  { actor, privileges, problem }: CallerAndPrivileges,
  log: Pick<CoreLog, 'warn'>
): Permission {
  if (privileges === undefined) {
    log.warn(`Refused: the caller could not be identified: ${problem}`);
    return { actor, isKnown: false, refusal: { reason: 'no_privilege', detail: UNKNOWN_CALLER } };
  }
  if (privileges.has(apiPrivilege)) return { actor, isKnown: true };
  const detail = `${actor.username} lacks the privilege to ${what}`;
  return { actor, isKnown: true, refusal: { reason: 'no_privilege', detail } };
}

/** Whether the caller may perform the action, and also its opposite if the action ends automatically. */
export function permissionFor(
  action: ActionName,
  releaseAt: string | undefined,
  caller: CallerAndPrivileges,
  log: Pick<CoreLog, 'warn'>
): Permission {
  const { privilege, words, opposite } = ACTION_DEFINITIONS[action];
  const permission = permissionTo(privilege.api, words.verb, caller, log);
  if (permission.refusal !== undefined || releaseAt === undefined) return permission;
  const end = ACTION_DEFINITIONS[opposite];
  const what = `${end.words.verb}, which an automatic ${end.words.verb} requires`;
  return permissionTo(end.privilege.api, what, caller, log);
}

/** Whether the caller may request approval of the isolation of protected hosts. */
export function requestedApproval(
  actor: Actor,
  { requestsExpireAfterMinutes }: AppliedProtection,
  releaseAfterMinutes: number | undefined
): NonNullable<ActionRequest['approval']> {
  const why = approvalProblem(actor);
  return why === undefined
    ? {
        kind: 'requested',
        expiresAfterMinutes: requestsExpireAfterMinutes,
        ...(releaseAfterMinutes === undefined ? {} : { releaseAfterMinutes }),
      }
    : { kind: 'denied', why };
}
