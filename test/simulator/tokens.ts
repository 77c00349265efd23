import { notAuthenticated, notPermitted, tokenExpired } from './api_error';
import type { Clock } from './clock';
import { OFFICE_SITE_ID } from './sample_fleet';

/** API tokens: their permissions, scope and expiry. */

export const PERMISSIONS = [
  'Endpoints.view',
  'Endpoints.disconnectFromNetwork',
  'Endpoints.reconnectToNetwork',
  'Endpoints.initiateScan',
  'Endpoints.abortScan',
  'Users.view',
  'Activity Page.view',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const DAY = 86_400_000;

export interface TokenSpec {
  readonly name: string;
  readonly token: string;
  readonly permissions: readonly Permission[];
  /** Days from the simulator's start; below 0 for an expired one, null for one that never does. */
  readonly expiresInDays: number | null;
  /** The only site whose agents it sees and acts on; null for the whole tenant. */
  readonly siteId: string | null;
}

const READ: readonly Permission[] = ['Endpoints.view', 'Users.view', 'Activity Page.view'];
const ACT: readonly Permission[] = [
  'Endpoints.disconnectFromNetwork',
  'Endpoints.reconnectToNetwork',
  'Endpoints.initiateScan',
  'Endpoints.abortScan',
];

const tokenSpec = (name: string, token: string, others: Partial<TokenSpec> = {}): TokenSpec => ({
  name,
  token,
  permissions: [...READ, ...ACT],
  expiresInDays: 180,
  siteId: null,
  ...others,
});

/** The simulator's sample tokens. They are valid only in a simulator. */
export const SAMPLE_TOKENS: readonly TokenSpec[] = [
  tokenSpec('full', 'full-token-0123456789'),
  tokenSpec('viewOnly', 'view-only-token-0123456789', { permissions: READ }),
  tokenSpec('disconnectOnly', 'disconnect-only-token-0123456789', {
    permissions: [...READ, 'Endpoints.disconnectFromNetwork'],
  }),
  tokenSpec('noUsersView', 'no-users-view-token-0123456789', {
    permissions: ['Endpoints.view', ...ACT],
  }),
  tokenSpec('withoutScans', 'without-scans-token-0123456789', {
    permissions: [...READ, 'Endpoints.disconnectFromNetwork', 'Endpoints.reconnectToNetwork'],
  }),
  tokenSpec('noPermissions', 'no-permissions-token-0123456789', { permissions: [] }),
  tokenSpec('expired', 'expired-token-0123456789', { expiresInDays: -1 }),
  tokenSpec('expiringSoon', 'expiring-soon-token-0123456789', { expiresInDays: 7 }),
  tokenSpec('neverExpires', 'never-expires-token-0123456789', { expiresInDays: null }),
  tokenSpec('siteScoped', 'site-scoped-token-0123456789', { siteId: OFFICE_SITE_ID }),
];

export interface ApiToken {
  readonly name: string;
  readonly token: string;
  readonly permissions: readonly Permission[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; null when it never expires. */
  readonly expiresAt: string | null;
  readonly siteId: string | null;
}

export type TokenPatch = Partial<Pick<ApiToken, 'token' | 'permissions' | 'expiresAt' | 'siteId'>>;

export interface TokenStore {
  list(): readonly ApiToken[];
  /** Throws for a name that no token has. */
  get(name: string): ApiToken;
  /** Changes a token. A new `token` string is what regenerating does: the old one stops at once. */
  set(name: string, patch: TokenPatch): ApiToken;
  /** Revokes a token: requests with it get 401. */
  revoke(name: string): void;
  bySecret(secret: string): ApiToken | undefined;
  /** Every token string that existed, for redaction. */
  secrets(): readonly string[];
}

export function createTokenStore(specs: readonly TokenSpec[], clock: Clock): TokenStore {
  const start = clock.now();
  const tokens = new Map<string, ApiToken>();
  const secrets = new Set<string>();
  for (const { expiresInDays, ...spec } of specs) {
    const createdAt = new Date(start - 10 * DAY).toISOString();
    const expires = expiresInDays === null ? null : start + expiresInDays * DAY;
    const expiresAt = expires === null ? null : new Date(expires).toISOString();
    tokens.set(spec.name, { ...spec, createdAt, expiresAt });
    secrets.add(spec.token);
  }
  const get = (name: string): ApiToken => {
    const token = tokens.get(name);
    if (token === undefined) throw new Error(`There is no token named "${name}"`);
    return token;
  };
  return {
    list: () => [...tokens.values()],
    get,
    set(name, patch) {
      for (const field of Object.keys(patch)) {
        if (!['token', 'permissions', 'expiresAt', 'siteId'].includes(field)) {
          throw new Error(`Tokens have no field "${field}"`);
        }
      }
      const changed = { ...get(name), ...patch };
      tokens.set(name, changed);
      secrets.add(changed.token);
      return changed;
    },
    revoke(name) {
      get(name);
      tokens.delete(name);
    },
    bySecret: (secret) => [...tokens.values()].find(({ token }) => token === secret),
    secrets: () => [...secrets],
  };
}

/**
 * The token behind a call. Throws 401 when none or an unknown one was presented, or when it expired.
 * `secret` is what came with the scheme `ApiToken`.
 */
export function authenticate(store: TokenStore, secret: string | undefined, now: number): ApiToken {
  const token = secret === undefined ? undefined : store.bySecret(secret);
  if (token === undefined) throw notAuthenticated();
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= now) throw tokenExpired();
  return token;
}

/** Throws 403 when the token lacks the permission. */
export function authorize(token: ApiToken, permission: Permission): void {
  if (!token.permissions.includes(permission)) throw notPermitted();
}
