import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { User } from './role';

/** Who is calling, as Elasticsearch knows it. */
export interface Identity {
  readonly user: User;
  readonly apiKey?: { readonly id: string; readonly name: string };
  /** They sent a token that they had been given before, and not the credentials themselves. */
  readonly byToken?: boolean;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly api_key: string;
  /** For the header: `Authorization: ApiKey <encoded>`. */
  readonly encoded: string;
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const token = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Users, their API keys, and who an `Authorization` header stands for. */
export class UserDirectory {
  private readonly users = new Map<string, User>();
  private readonly keys = new Map<string, { readonly key: ApiKey; readonly username: string }>();
  private readonly tokens = new Map<string, Identity>();

  constructor(users: readonly User[]) {
    for (const user of users) this.users.set(user.username, user);
  }

  get usernames(): readonly string[] {
    return [...this.users.keys()];
  }

  /** Throws when there is no such user. */
  get(username: string): User {
    const user = this.users.get(username);
    if (user === undefined) throw new Error(`There is no user "${username}" in the workbench`);
    return user;
  }

  /** Makes an API key with its owner's privileges. */
  createApiKey({ username, name }: { readonly username: string; readonly name: string }): ApiKey {
    this.get(username);
    const id = token(15);
    const secret = token(16);
    const encoded = Buffer.from(`${id}:${secret}`).toString('base64');
    const key = { id, name, api_key: secret, encoded };
    this.keys.set(id, { key, username });
    return key;
  }

  /**
   * Makes an OAuth token for the user of an `Authorization` header, as the grant `client_credentials` of
   * `POST /_security/oauth2/token` does; returns the header that it is sent in.
   */
  createToken(authorization: string): string {
    const { identity, problem } = this.identify(authorization);
    if (identity === undefined) throw new Error(problem);
    const access = token(32);
    this.tokens.set(access, { ...identity, byToken: true });
    return `Bearer ${access}`;
  }

  /** The header that logs a user in. */
  authorizationOf(username: string): string {
    const { password } = this.get(username);
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  /** Who this header stands for; undefined when nobody, `name` is how the message names them. */
  identify(authorization: string): { readonly identity?: Identity; readonly problem: string } {
    const [, scheme = '', credentials = ''] = /^(\S+)\s+(\S+)$/.exec(authorization) ?? [];
    const [name = '', ...rest] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
    const secret = rest.join(':');
    switch (scheme.toLowerCase()) {
      case 'basic': {
        const user = this.users.get(name);
        const identity = user !== undefined && same(user.password, secret) ? { user } : undefined;
        return { identity, problem: `unable to authenticate user [${name}]` };
      }
      case 'apikey': {
        const found = this.keys.get(name);
        if (found === undefined || !same(found.key.api_key, secret)) {
          return { problem: 'unable to authenticate with provided credentials' };
        }
        const { key, username } = found;
        return {
          identity: { user: this.get(username), apiKey: { id: key.id, name: key.name } },
          problem: '',
        };
      }
      case 'bearer': {
        const identity = this.tokens.get(credentials);
        return { identity, problem: 'token expired' };
      }
      default:
        return { problem: 'unable to authenticate with provided credentials' };
    }
  }
}
