import type { Request, ResponseToolkit } from '@hapi/hapi';
import Boom from '@hapi/boom';
import type { ElasticsearchRequests } from '../elasticsearch/requests';
import { ResponseError } from '../search/elasticsearch_error';
import type { Identity, UserDirectory } from '../users/user_directory';
import { answerOf } from './answer';
import { responseFactory } from './kibana_response';
import type { Sessions } from './sessions';

export type Authenticate = (
  request: Request,
  toolkit: ResponseToolkit
) => Promise<ReturnType<ResponseToolkit['authenticated']>>;

const identities = new WeakMap<object, Identity>();

/** Who sent a request; undefined when nobody had to log in. */
export const identityOf = (rawRequest: object): Identity | undefined => identities.get(rawRequest);

const CHALLENGE = 'Basic realm="security", charset="UTF-8"';

/**
 * Basic auth and API keys, or the browser's session cookie; otherwise Kibana's 401. As in Kibana a
 * session becomes an `Authorization` header, so that everything behind it works alike.
 */
export function authentication(
  users: UserDirectory,
  sessions: Sessions,
  requests: ElasticsearchRequests
): Authenticate {
  return async (request, toolkit) => {
    const { headers } = request;
    const username = sessions.usernameOf(request);
    const given = headers.authorization;
    const authorization = given ?? (username && users.authorizationOf(username));
    if (authorization === undefined) throw unauthorized(toolkit);
    // Every request is authenticated (`security-plugin/server/authentication/providers/base.js`, `getUser`).
    await requests.send('authenticate');
    const { identity, problem } = users.identify(authorization);
    if (identity === undefined) {
      throw unauthorized(
        toolkit,
        new ResponseError(401, {
          type: 'security_exception',
          reason: `${problem} for REST request [/_security/_authenticate]`,
        })
      );
    }
    headers.authorization = authorization;
    identities.set(request, identity);
    return toolkit.authenticated({ credentials: { user: { username: identity.user.username } } });
  };
}

function unauthorized(toolkit: ResponseToolkit, body?: Error): Boom.Boom {
  const headers = { 'www-authenticate': CHALLENGE };
  const answer = answerOf(responseFactory.unauthorized({ headers, body }), toolkit);
  return answer instanceof Boom.Boom ? answer : Boom.unauthorized();
}
