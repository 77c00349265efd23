import type { Request, ResponseToolkit, Server } from '@hapi/hapi';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { KibanaVersion } from '../versions/kibana_version';
import type { UserDirectory } from '../users/user_directory';
import type { BasePath } from './base_path';
import { CONTENT_SECURITY_POLICY } from './csp';
import type { Session, Sessions } from './sessions';

/** The data that the browser's side needs to start; the page contains it. */
export interface PageMetadata {
  readonly version: string;
  readonly buildNumber: number;
  readonly basePath: string;
  readonly spaceId: string;
  readonly username: string;
  readonly users: readonly string[];
  readonly darkMode: boolean;
  readonly capabilities: object;
  /** Where the plugin's lazy chunks are, by plugin id. */
  readonly pluginPublicPath: Readonly<Record<string, string>>;
  readonly csp: string;
  /** What this version of Kibana has in the browser. */
  readonly kibana: Pick<KibanaVersion, 'branch' | 'browser' | 'caseRegistries'>;
}

export interface PagesOptions {
  readonly kibana: KibanaVersion;
  readonly server: Server;
  readonly sessions: Sessions;
  readonly users: UserDirectory;
  readonly basePath: BasePath;
  readonly spaceIds: readonly string[];
  readonly plugin: { readonly id: string; readonly version: string };
  /** Folders with the workbench's own browser files and the plugin's; built when first asked for. */
  readonly assets: () => Promise<{ readonly assetsDir: string; readonly publicDir: string }>;
  readonly capabilitiesOf: (username: string, spaceId: string) => object;
  readonly renderPage: (metadata: PageMetadata) => string;
}

const FIRST_USER = 'analyst';
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Serves the files of a folder, whose name changes with its contents; what is not there, or lies outside of it, is a
 * 404. Browsers ask each time whether a file has changed, and keep what they compiled if it has not.
 */
function files(folder: () => Promise<string>) {
  return async ({ params }: Request, toolkit: ResponseToolkit) => {
    const path = normalize(`/${String(params.file ?? '')}`);
    try {
      const file = join(await folder(), path);
      const etag = createHash('sha256').update(file).digest('hex');
      const unchanged = toolkit.entity({ etag });
      if (unchanged !== undefined) return unchanged;
      return toolkit
        .response(await readFile(file))
        .type(TYPES[extname(path)] ?? 'application/octet-stream')
        .header('cache-control', 'no-cache');
    } catch {
      return toolkit
        .response({ statusCode: 404, error: 'Not Found', message: 'Not Found' })
        .code(404);
    }
  };
}

/** The page of Kibana's apps, the files it needs, and the session behind the bar at its top. */
export function servePages(options: PagesOptions): void {
  const { server, sessions, users, basePath, plugin, spaceIds, assets, kibana } = options;
  const { version, buildNumber, branch, browser, caseRegistries } = kibana;
  const bundles = `/${buildNumber}/bundles/plugin/${plugin.id}/${plugin.version}`;
  const open = { auth: false, app: { access: 'public' } as object } as const;

  server.route([
    {
      method: 'GET',
      path: '/',
      options: open,
      handler: (request, toolkit) => toolkit.redirect(`${basePath.get(request)}/app/${plugin.id}`),
    },
    {
      method: 'GET',
      path: '/app/{path*}',
      options: open,
      handler: async (request, toolkit) => {
        const spaceId = basePath.spaceIdOf(request);
        if (!spaceIds.includes(spaceId))
          return toolkit.response('There is no such space').code(404);
        const known = sessions.of(request);
        const session: Session = known ?? { username: FIRST_USER, darkMode: false };
        const { darkMode } = session;
        const { authorization } = request.headers;
        const caller = authorization === undefined ? undefined : users.identify(authorization);
        const username = caller?.identity?.user.username ?? session.username;
        await assets();
        const page = options.renderPage({
          version,
          buildNumber,
          basePath: basePath.get(request),
          spaceId,
          username,
          users: users.usernames,
          darkMode,
          capabilities: options.capabilitiesOf(username, spaceId),
          pluginPublicPath: { [plugin.id]: `${bundles}/` },
          csp: CONTENT_SECURITY_POLICY,
          kibana: { branch, browser, caseRegistries },
        });
        const response = toolkit.response(page).type('text/html; charset=utf-8');
        // Whoever opens the page first is logged in; a bar on the page switches users.
        return known === undefined
          ? response.header('set-cookie', sessions.put(request, session))
          : response;
      },
    },
    {
      method: 'POST',
      path: '/workbench/session',
      options: { ...open, app: { access: 'public', xsrfRequired: true } as object },
      handler: (request, toolkit) => {
        const current = sessions.of(request) ?? { username: FIRST_USER, darkMode: false };
        const asked = (request.payload ?? {}) as { username?: unknown; darkMode?: unknown };
        const { username = current.username, darkMode = current.darkMode } = asked;
        if (!users.usernames.includes(String(username)) || typeof darkMode !== 'boolean') {
          const message = `username is one of ${users.usernames.join(', ')}; darkMode is true or false`;
          return toolkit.response({ statusCode: 400, error: 'Bad Request', message }).code(400);
        }
        const session = { username: String(username), darkMode };
        return toolkit.response(session).header('set-cookie', sessions.put(request, session));
      },
    },
    {
      method: 'GET',
      path: `${bundles}/{file*}`,
      options: open,
      handler: files(async () => (await assets()).publicDir),
    },
    {
      method: 'GET',
      path: '/workbench/{file*}',
      options: open,
      handler: files(async () => (await assets()).assetsDir),
    },
  ]);
}
