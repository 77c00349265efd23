import { i18n } from '@kbn/i18n';
import type { ConnectionCheck, TestConnectionResult } from '../../common/connector';
import { reasonText } from '../../common/reason_text';
import { permissionFor, requiredPermissionsText } from '../../common/token_permissions';
import { problemOf, type ApiProblem } from '../management_api/failure';
import { sendRead, type RetryPorts } from '../management_api/retry';
import type { ApiRequest, Send } from '../management_api/transport';

/** Days before its expiry from which a token is warned about. */
const EXPIRY_WARNING_DAYS = 14;
const DAY = 86_400_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

type Read =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly problem: ApiProblem };

async function read(send: Send, ports: RetryPorts, path: string, limit?: string): Promise<Read> {
  const request: ApiRequest = { method: 'GET', path, ...(limit ? { query: { limit } } : {}) };
  const answer = await sendRead(send, request, ports);
  if (!answer.ok) return { ok: false, problem: problemOf(answer.failure, request) };
  if (isRecord(answer.body) && 'data' in answer.body) return { ok: true, data: answer.body.data };
  return { ok: false, problem: { reason: 'unexpected_answer' } };
}

const failedCheck = (
  id: ConnectionCheck['id'],
  { reason, detail }: ApiProblem
): ConnectionCheck => {
  const { what, todo } = reasonText(reason, 'read', { detail });
  return { id, status: 'failed', message: what, todo };
};

const ok = (id: ConnectionCheck['id'], message: string): ConnectionCheck => ({
  id,
  status: 'ok',
  message,
});

/** The cheapest call that the least token can make answers three questions at once. */
function basicChecks(agents: Read): ConnectionCheck[] {
  const reachable = ok(
    'reachable',
    i18n.translate('sentineloneResponse.testConnection.reachable', {
      defaultMessage: 'SentinelOne answers.',
    })
  );
  const accepted = ok(
    'token',
    i18n.translate('sentineloneResponse.testConnection.tokenAccepted', {
      defaultMessage: 'SentinelOne accepts the API token.',
    })
  );
  if (agents.ok) return [reachable, accepted];
  switch (agents.problem.reason) {
    case 'unauthorized':
      return [reachable, failedCheck('token', agents.problem)];
    case 'forbidden':
      return [reachable, accepted, failedCheck('permissions', agents.problem)];
    default:
      return [failedCheck('reachable', agents.problem)];
  }
}

function rolesOf(user: Record<string, unknown>): string[] {
  const roles = Array.isArray(user.scopeRoles) ? user.scopeRoles : [];
  return roles.flatMap((role) => {
    const name = isRecord(role) ? (text(role.roleName) ?? text(role.name)) : undefined;
    return name === undefined ? [] : [name];
  });
}

/**
 * SentinelOne tells a token's role, not whether that role may disconnect or reconnect; trying it would
 * touch a host. So reading is proved, and for acting the role is named to be looked at.
 */
function permissionsCheck(user: Read): ConnectionCheck {
  const todo = i18n.translate('sentineloneResponse.testConnection.permissionsTodo', {
    defaultMessage:
      'In SentinelOne, check that the role of the token has {permissions}, or isolate a test host.',
    values: { permissions: requiredPermissionsText() },
  });
  const roles = user.ok && isRecord(user.data) ? rolesOf(user.data) : [];
  if (roles.length === 0) {
    return {
      id: 'permissions',
      status: 'warning',
      message: i18n.translate('sentineloneResponse.testConnection.permissionsUnknown', {
        defaultMessage:
          'The token may read hosts. SentinelOne does not say whether it may isolate and release them.',
      }),
      todo,
    };
  }
  return {
    id: 'permissions',
    status: 'ok',
    message: i18n.translate('sentineloneResponse.testConnection.permissionsRoles', {
      defaultMessage:
        'The token may read hosts. Its role is {roles}; SentinelOne does not list what that role may do to hosts.',
      values: { roles: roles.join(', ') },
    }),
    todo,
  };
}

function expiryCheck(user: Read, now: number): ConnectionCheck {
  const apiToken = user.ok && isRecord(user.data) ? user.data.apiToken : undefined;
  const expiresAt = isRecord(apiToken) ? text(apiToken.expiresAt) : undefined;
  const expires = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt);
  const renew = i18n.translate('sentineloneResponse.testConnection.expiryTodo', {
    defaultMessage:
      'Generate a new token in SentinelOne and put it into this connector. The old one stops at once.',
  });
  if (Number.isNaN(expires)) {
    return {
      id: 'expiry',
      status: 'warning',
      message: i18n.translate('sentineloneResponse.testConnection.expiryUnknown', {
        defaultMessage: 'SentinelOne does not tell this token when it expires.',
      }),
      todo: i18n.translate('sentineloneResponse.testConnection.expiryUnknownTodo', {
        defaultMessage:
          'Give the role of the token {permission} to have this checked, or note the date in a calendar.',
        values: { permission: permissionFor('/user')! },
      }),
    };
  }
  const at = new Date(expires).toISOString();
  const date = at.slice(0, 10);
  const days = Math.floor((expires - now) / DAY);
  if (expires <= now) {
    const message = i18n.translate('sentineloneResponse.testConnection.expired', {
      defaultMessage: 'The token expired on {date}.',
      values: { date },
    });
    return { id: 'expiry', status: 'failed', message, todo: renew, expiresAt: at };
  }
  const message = i18n.translate('sentineloneResponse.testConnection.expiresOn', {
    defaultMessage:
      'The token expires on {date}, in {days, plural, =0 {less than a day} one {# day} other {# days}}.',
    values: { date, days },
  });
  return expires - now <= EXPIRY_WARNING_DAYS * DAY
    ? { id: 'expiry', status: 'warning', message, todo: renew, expiresAt: at }
    : { ...ok('expiry', message), expiresAt: at };
}

function versionCheck(info: Read): ConnectionCheck {
  const data = info.ok && isRecord(info.data) ? info.data : {};
  const version = text(data.version) ?? text(data.release) ?? text(data.build);
  return version === undefined
    ? {
        id: 'version',
        status: 'warning',
        message: i18n.translate('sentineloneResponse.testConnection.versionUnknown', {
          defaultMessage: 'SentinelOne does not tell this token the version of the console.',
        }),
        todo: i18n.translate('sentineloneResponse.testConnection.versionUnknownTodo', {
          defaultMessage: 'Nothing needs to be done; isolating and releasing do not depend on it.',
        }),
      }
    : ok(
        'version',
        i18n.translate('sentineloneResponse.testConnection.version', {
          defaultMessage: 'Management console version {version}.',
          values: { version },
        })
      );
}

/**
 * Tests a connection without touching a host: reachable, token accepted, what it may do as far as
 * SentinelOne tells, when it expires (warned about from 14 days before), console version. Costs at
 * most three calls. `now` in ms since the epoch. Never throws.
 */
export async function testConnection(
  send: Send,
  ports: RetryPorts,
  now: number
): Promise<TestConnectionResult> {
  const checks = basicChecks(await read(send, ports, '/agents', '1'));
  if (checks.some(({ status }) => status === 'failed')) return { checks };
  const user = await read(send, ports, '/user');
  const info = await read(send, ports, '/system/info');
  return {
    checks: [...checks, permissionsCheck(user), expiryCheck(user, now), versionCheck(info)],
  };
}
