import type { ElasticsearchClient } from '@kbn/core/server';
import { onlyThese } from '../not_in_the_workbench';
import { ResponseError } from '../search/elasticsearch_error';
import { compileQuery } from '../search/query';
import type { Privileges } from '../users/privileges';
import type { Identity, UserDirectory } from '../users/user_directory';
import type { Indices } from './indices';
import type { ElasticsearchRequests } from './requests';
import { openIndex, search, type SearchParameters } from './search_request';
import { authenticateAnswer, hasPrivilegesAnswer } from './security_api';

interface Headers {
  readonly authorization?: string | string[];
}

interface RequestOptions {
  readonly signal?: AbortSignal;
}

/** As the client's own `errors.RequestAbortedError`. */
class RequestAbortedError extends Error {
  override readonly name = 'RequestAbortedError';
}

/** Kibana's own user, which may do everything. */
const KIBANA_SYSTEM = Symbol('kibana_system');

interface ElasticsearchPorts {
  readonly requests: ElasticsearchRequests;
  readonly indices: Indices;
  readonly users: UserDirectory;
  readonly privileges: Privileges;
}

/**
 * Elasticsearch as the plugin sees it: searches over the alerts of each space, and who the caller is.
 * The `Authorization` header identifies the caller, of real and of fake requests.
 */
export function createElasticsearch({ indices, users, privileges, requests }: ElasticsearchPorts) {
  const identityOf = ({ authorization }: Headers, what: string): Identity => {
    const header = Array.isArray(authorization) ? authorization[0] : authorization;
    const { identity, problem } =
      header === undefined
        ? { identity: undefined, problem: 'missing authentication credentials' }
        : users.identify(header);
    if (identity !== undefined) return identity;
    throw new ResponseError(401, {
      type: 'security_exception',
      reason: `${problem} for REST request [${what}]`,
    });
  };

  const clientFor = (headers: Headers | typeof KIBANA_SYSTEM): ElasticsearchClient => {
    const caller = (what: string): Identity | undefined =>
      headers === KIBANA_SYSTEM ? undefined : identityOf(headers, what);
    /** Each call is asynchronous, as over the network, and can be aborted. */
    const ask = async <T>(
      what: string,
      options: RequestOptions | undefined,
      work: (identity: Identity | undefined) => T
    ) => {
      await new Promise((resolve) => setImmediate(resolve));
      await requests.send(what.split('/_').at(-1)!);
      if (options?.signal?.aborted === true) throw new RequestAbortedError('Request aborted');
      return work(caller(what));
    };
    const person = (identity: Identity | undefined): Identity => {
      if (identity !== undefined) return identity;
      return { user: { ...users.get('admin'), username: 'kibana_system' } };
    };
    const client = {
      search: (parameters: SearchParameters = {}, options?: RequestOptions) =>
        ask('/_search', options, (identity) =>
          search(indices, privileges, identity?.user, parameters)
        ),
      count: (parameters: SearchParameters = {}, options?: RequestOptions) =>
        ask('/_count', options, (identity) => {
          const action = 'indices:data/read/search';
          const index = openIndex(indices, privileges, identity?.user, parameters, action);
          if (index === undefined) return { count: 0 };
          const matches = compileQuery(index.documents, parameters.query ?? { match_all: {} });
          let count = 0;
          for (let doc = 0; doc < index.documents.size; doc++) if (matches(doc)) count += 1;
          return { count };
        }),
      indices: onlyThese('elasticsearch.indices', {
        exists: (parameters: SearchParameters, options?: RequestOptions) =>
          ask('/_exists', options, (identity) => {
            const lenient = { ...parameters, ignore_unavailable: true, allow_no_indices: true };
            const action = 'indices:admin/get';
            return openIndex(indices, privileges, identity?.user, lenient, action) !== undefined;
          }),
      }),
      security: onlyThese('elasticsearch.security', {
        authenticate: (_parameters?: object, options?: RequestOptions) =>
          ask('/_security/_authenticate', options, (identity) =>
            authenticateAnswer(person(identity))
          ),
        hasPrivileges: (parameters: { readonly body?: object }, options?: RequestOptions) =>
          ask('/_security/user/_has_privileges', options, (identity) =>
            hasPrivilegesAnswer(person(identity), privileges, parameters.body ?? parameters)
          ),
      }),
    };
    return onlyThese('elasticsearch', client) as unknown as ElasticsearchClient;
  };

  const asInternalUser = clientFor(KIBANA_SYSTEM);
  return {
    client: onlyThese('elasticsearch.client', {
      asInternalUser,
      asScoped: (request: { readonly headers: Headers }) => ({
        asInternalUser,
        asCurrentUser: clientFor(request.headers),
      }),
    }),
    identityOf,
  };
}
export type Elasticsearch = ReturnType<typeof createElasticsearch>;
