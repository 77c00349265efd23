import type { Request } from '@hapi/hapi';
import { randomBytes } from 'node:crypto';

const SESSION_COOKIE = 'sid';

export interface Session {
  readonly username: string;
  readonly darkMode: boolean;
}

const cookieOf = (request: Request): string | undefined => {
  const header = request.headers.cookie ?? '';
  return new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([^;]+)`).exec(header)?.[1];
};

/** Browser sessions; they end with the process. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();

  of(request: Request): Session | undefined {
    const id = cookieOf(request);
    return id === undefined ? undefined : this.sessions.get(id);
  }

  usernameOf(request: Request): string | undefined {
    return this.of(request)?.username;
  }

  /** Starts a session, or changes the request's; returns the cookie's header. */
  put(request: Request, session: Session): string {
    const known = cookieOf(request);
    const id =
      known !== undefined && this.sessions.has(known) ? known : randomBytes(32).toString('hex');
    this.sessions.set(id, session);
    return `${SESSION_COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`;
  }
}
