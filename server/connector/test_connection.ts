import { i18n } from '@kbn/i18n';
import { ANSWERS, type AnswerSource } from '../../common/actions/sentinelone_answers';
import type {
  ConnectionCheck,
  TestConnectionResult,
  ConnectionCheckId,
} from '../../common/api/connector';
import { listText } from '../../common/lib/text';
import { REASON_CATALOG } from '../../common/actions/reasons';
import { reasonText } from '../../common/actions/describe_reason';
import { permissionFor, requiredPermissionsText } from '../../common/actions/token_permissions';
import { problemOf, type ApiProblem } from '../sentinelone_client/failure';
import { sendRead, type RetryPorts } from '../sentinelone_client/retry';
import type { ApiRequest, Send } from '../sentinelone_client/transport';
import { isRecord } from '../../common/lib/is_record';
import { DAY } from '../../common/lib/constants';

/** Days before the expiry of a token from which a warning is shown. */
const EXPIRY_WARNING_DAYS = 14;

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

/** What to check depends on the sender of the response. */
const WHAT_TO_DO: Readonly<Record<AnswerSource, () => string>> = {
  sentinelone: () =>
    i18n.translate('sentineloneResponse.testConnection.todoSentinelOne', {
      defaultMessage: 'Test again in a few minutes.',
    }),
  elsewhere: connectionErrorText,
  proxy: connectionErrorText,
  unknown: connectionErrorText,
  none: connectionErrorText,
};

function connectionErrorText(): string {
  return i18n.translate('sentineloneResponse.testConnection.todoOnTheWay', {
    defaultMessage:
      'Check the tenant URL, the settings xpack.actions in kibana.yml (allowedHosts, proxyUrl, customHostSettings), and what is between Kibana and SentinelOne.',
  });
}

const failedCheck = (
  id: ConnectionCheck['id'],
  { reason, detail, answer }: ApiProblem
): ConnectionCheck => {
  const { what, todo } = reasonText(reason, 'read', { detail });
  const from = answer === undefined ? 'sentinelone' : ANSWERS[answer].from;
  return {
    id,
    status: 'failed',
    message: what,
    todo: REASON_CATALOG[reason].hasOwnAdvice ? todo : WHAT_TO_DO[from](),
  };
};

const ok = (id: ConnectionCheck['id'], message: string): ConnectionCheck => ({
  id,
  status: 'ok',
  message,
});

/** SentinelOne's code for a request that an authenticated token may not make. */
const NOT_PERMITTED = 4030010;

/**
 * One cheap call, which the token with the fewest permissions can make, for three checks: reachable, token accepted,
 * may read hosts.
 */
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
  const { problem } = agents;
  switch (problem.answer) {
    case 'token_refused':
      return [reachable, failedCheck('token', problem)];
    case 'permission_refused':
      return [
        reachable,
        ...(problem.code === NOT_PERMITTED ? [accepted] : []),
        failedCheck('permissions', problem),
      ];
    default:
      return [failedCheck('reachable', problem)];
  }
}

/** The roles of the token. `scopeRoles[].name` is not a role but the name of the site, account or group of the role. */
function rolesOf(user: Record<string, unknown>): string[] {
  const roles = Array.isArray(user.scopeRoles) ? user.scopeRoles.filter(isRecord) : [];
  return roles.flatMap(({ roleName, roles: names }) => {
    const name = text(roleName);
    if (name !== undefined) return [name];
    return Array.isArray(names) ? names.flatMap((one) => text(one) ?? []) : [];
  });
}

/**
 * SentinelOne returns a token's role, but not whether that role may disconnect or reconnect hosts. Only a command to a
 * host would show that. So the check proves that the token may read, and names the role for a manual check.
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
          'The token may read hosts. Whether it may isolate and release them is not known.',
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
      values: { roles: listText(roles) },
    }),
    todo,
  };
}

/** A warning that something could not be read, with the reason if known. Actions remain possible. */
const unreadCheck = (
  id: ConnectionCheck['id'],
  message: string,
  read: Read,
  todo: string
): ConnectionCheck => ({
  id,
  status: 'warning',
  message:
    read.ok || read.problem.detail === undefined ? message : `${message} ${read.problem.detail}`,
  todo,
});

function expiryCheck(user: Read, now: number): ConnectionCheck {
  const apiToken = user.ok && isRecord(user.data) ? user.data.apiToken : undefined;
  const expiresAt = isRecord(apiToken) ? text(apiToken.expiresAt) : undefined;
  const expires = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt);
  const renew = i18n.translate('sentineloneResponse.testConnection.expiryTodo', {
    defaultMessage:
      'Generate a new token in SentinelOne and enter it in this connector. The old token stops working at once.',
  });
  if (Number.isNaN(expires)) {
    return unreadCheck(
      'expiry',
      i18n.translate('sentineloneResponse.testConnection.expiryUnknown', {
        defaultMessage: 'The expiry date of the token is not known.',
      }),
      user,
      i18n.translate('sentineloneResponse.testConnection.expiryUnknownTodo', {
        defaultMessage:
          'Give the role of the token {permission} to have this checked, or note the date in a calendar.',
        values: { permission: permissionFor('/user')! },
      })
    );
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
  if (version === undefined) {
    return unreadCheck(
      'version',
      i18n.translate('sentineloneResponse.testConnection.versionUnknown', {
        defaultMessage: 'The version of the console is not known.',
      }),
      info,
      i18n.translate('sentineloneResponse.testConnection.versionUnknownTodo', {
        defaultMessage: 'No action is needed. Actions on hosts do not depend on it.',
      })
    );
  }
  return ok(
    'version',
    i18n.translate('sentineloneResponse.testConnection.version', {
      defaultMessage: 'Management console version {version}.',
      values: { version },
    })
  );
}

/**
 * Tests a connection without sending a command to a host: reachable, token accepted, its permissions as far as
 * SentinelOne returns them, its expiry (with a warning from 14 days before), console version. Costs at most three
 * calls. `now` in ms since the epoch. Never throws.
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

const NAMES: Readonly<Record<ConnectionCheckId, () => string>> = {
  reachable: () =>
    i18n.translate('sentineloneResponse.testConnection.name.reachable', {
      defaultMessage: 'connection',
    }),
  token: () =>
    i18n.translate('sentineloneResponse.testConnection.name.token', {
      defaultMessage: 'API token',
    }),
  permissions: () =>
    i18n.translate('sentineloneResponse.testConnection.name.permissions', {
      defaultMessage: 'permissions',
    }),
  expiry: () =>
    i18n.translate('sentineloneResponse.testConnection.name.expiry', {
      defaultMessage: 'expiry of the token',
    }),
  version: () =>
    i18n.translate('sentineloneResponse.testConnection.name.version', {
      defaultMessage: 'console version',
    }),
};

/** The failed checks in one paragraph, as Kibana's Test tab shows it; undefined if none failed. */
export function failedChecksText(checks: readonly ConnectionCheck[]): string | undefined {
  const failed = checks.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return undefined;
  return failed
    .map(({ id, message, todo }) =>
      i18n.translate('sentineloneResponse.testConnection.failedCheck', {
        defaultMessage: 'Failed check ({name}): {text}',
        values: { name: NAMES[id](), text: [message, todo].filter(Boolean).join(' ') },
      })
    )
    .join(' ');
}
