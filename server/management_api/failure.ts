import type { Failure } from '../../common/outcome';
import { permissionFor } from '../../common/token_permissions';
import type { ApiFailure, ApiRequest } from './transport';

/** An `ApiFailure` in the words of the contract. */
export interface ApiProblem {
  readonly reason: Failure;
  readonly detail?: string;
}

/** What the failure means to a person, and for 403 which permission the token lacks. */
export function problemOf(failure: ApiFailure, request: ApiRequest): ApiProblem {
  switch (failure.kind) {
    case 'not_connected':
      return { reason: 'unreachable', detail: failure.detail };
    case 'lost':
      return { reason: 'unreachable', detail: failure.detail };
    case 'not_allowed':
      return { reason: 'unreachable', detail: failure.detail };
    case 'too_large':
      return {
        reason: 'unexpected_answer',
        detail: 'The answer is larger than xpack.actions.maxResponseContentLength allows',
      };
    case 'status':
      return problemOfStatus(failure, request);
  }
}

function problemOfStatus(
  { status, detail, retryAfter }: Extract<ApiFailure, { kind: 'status' }>,
  { path }: ApiRequest
): ApiProblem {
  const said = detail === undefined ? {} : { detail };
  if (status === 401) return { reason: 'unauthorized', ...said };
  if (status === 403) {
    const permission = permissionFor(path);
    const missing = permission === undefined ? undefined : `The token lacks ${permission}`;
    const words = [missing, detail].filter((word) => word !== undefined).join('. ');
    return { reason: 'forbidden', ...(words === '' ? {} : { detail: words }) };
  }
  if (status === 429) {
    const wait =
      retryAfter === undefined ? undefined : `It asks to wait ${Math.ceil(retryAfter / 1000)} s`;
    const words = [wait, detail].filter((word) => word !== undefined).join('. ');
    return { reason: 'throttled', ...(words === '' ? {} : { detail: words }) };
  }
  if (status >= 500) {
    return { reason: 'unreachable', detail: detail ?? `SentinelOne answered with HTTP ${status}` };
  }
  return {
    reason: 'unexpected_answer',
    detail: detail ?? `SentinelOne answered with HTTP ${status}`,
  };
}
