import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands in for Kibana and Elasticsearch 8.12.2 in tests of the set-up: it keeps what it is given, answers
 * 409 for what is there already, and 404 for all that the set-up has no business with.
 */

interface Body {
  readonly [key: string]: unknown;
}
interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface StandIn {
  readonly url: string;
  /** `METHOD /path` of every request, the first first. */
  readonly requests: readonly string[];
  readonly roles: ReadonlyMap<string, Body>;
  readonly users: ReadonlyMap<string, Body>;
  readonly connectors: Map<string, Body>;
  readonly rules: Map<string, Body>;
  readonly dataViews: Map<string, Body>;
  /** The documents of each data stream. */
  readonly documents: ReadonlyMap<string, ReadonlyMap<string, Body>>;
  /** Answers a request, or `create <document id>`, with this status until another one is set. */
  refuse(request: string, status: number | undefined): void;
  stop(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Some of the roles that Elasticsearch does not allow to change. */
const RESERVED_ROLES = ['superuser', 'editor', 'viewer', 'kibana_admin', 'kibana_system'];
const conflict: Answer = { status: 409, body: { message: 'It is there already' } };

/** Starts it on a free port, for callers who are `auth`. */
export async function startStandIn(auth: string): Promise<StandIn> {
  const requests: string[] = [];
  const refused = new Map<string, number | undefined>();
  const roles = new Map<string, Body>();
  const users = new Map<string, Body>();
  const connectors = new Map<string, Body>();
  const rules = new Map<string, Body>();
  const dataViews = new Map<string, Body>();
  const documents = new Map<string, Map<string, Body>>();
  let hasLists = false;
  let unnamed = 0;

  function bulk(stream: string, text: string): Answer {
    const stored = documents.get(stream) ?? new Map<string, Body>();
    documents.set(stream, stored);
    const lines = text.trimEnd().split('\n');
    const items = [];
    for (let n = 0; n < lines.length; n += 2) {
      const { _id: id = `unnamed-${(unnamed += 1)}` } = JSON.parse(lines[n]!).create;
      const status = refused.get(`create ${id}`) ?? (stored.has(id) ? 409 : 201);
      if (status === 201) stored.set(id, JSON.parse(lines[n + 1]!));
      items.push({ create: { _id: id, status } });
    }
    return { status: 200, body: { errors: items.some((one) => one.create.status > 201), items } };
  }

  function createConnector(id: string | undefined, body: Body): Answer {
    if (id !== undefined && !UUID.test(id)) return { status: 400, body: { message: 'No UUID' } };
    const key = id ?? `unnamed-${(unnamed += 1)}`;
    if (connectors.has(key)) return conflict;
    connectors.set(key, body);
    return { status: 200, body: { id: key } };
  }

  function createRule(body: Body): Answer {
    const id = (body.rule_id as string | undefined) ?? `unnamed-${(unnamed += 1)}`;
    if (rules.has(id)) return conflict;
    rules.set(id, body);
    return { status: 200, body };
  }

  function createDataView({ data_view: view, override }: Body): Answer {
    const { id } = view as { id: string };
    if (dataViews.has(id) && override !== true) return { status: 400, body: { message: 'Twice' } };
    dataViews.set(id, view as Body);
    return { status: 200, body: { data_view: view } };
  }

  function createLists(): Answer {
    if (hasLists) return conflict;
    hasLists = true;
    return { status: 200, body: { acknowledged: true } };
  }

  function answer(method: string, path: string, text: string): Answer {
    const [, start, key] = /^(.*)\/([^/]+)$/.exec(path)!;
    const json = () => JSON.parse(text) as Body;
    switch (`${method} ${start}`) {
      case 'PUT /api/security/role':
        if (RESERVED_ROLES.includes(key!)) return { status: 400, body: { message: 'Reserved' } };
        roles.set(key!, json());
        return { status: 204 };
      case 'PUT /_security/user':
        users.set(key!, json());
        return { status: 200, body: { created: true } };
      case 'POST /api/actions/connector':
        return createConnector(key, json());
      case 'GET /api/data_views/data_view':
        return { status: dataViews.has(key!) ? 200 : 404, body: {} };
    }
    switch (`${method} ${path}`) {
      case 'GET /api/actions/connectors':
        return {
          status: 200,
          body: [...connectors].map(([id, one]) => ({ ...one, id, secrets: undefined })),
        };
      case 'POST /api/actions/connector':
        return createConnector(undefined, json());
      case 'POST /api/detection_engine/index':
        return { status: 200, body: { acknowledged: true } };
      case 'POST /api/detection_engine/rules':
        return createRule(json());
      case 'POST /api/lists/index':
        return createLists();
      case 'POST /api/data_views/data_view':
        return createDataView(json());
    }
    const [, stream] = /^POST \/(logs-[^/]+)\/_bulk$/.exec(`${method} ${path}`) ?? [];
    return stream === undefined ? { status: 404, body: { path } } : bulk(stream, text);
  }

  const expected = `Basic ${Buffer.from(auth).toString('base64')}`;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const [path = ''] = url.split('?');
      const name = `${method} ${path}`;
      requests.push(name);
      const status = headers.authorization === expected ? refused.get(name) : 401;
      const { status: answered, body } =
        status === undefined
          ? answer(method, path, Buffer.concat(chunks).toString('utf8'))
          : { status, body: { message: 'Refused' } };
      response.writeHead(answered, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ requests, roles, users, connectors, rules, dataViews, documents },
    refuse: (request, status) => void refused.set(request, status),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
