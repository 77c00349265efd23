import { basic, expectOk, sendAs, type HttpAnswer } from './http';

/** The Elasticsearch behind the official Kibana under test: see `npm run test:kibana`. */

/** The header for `user:password`. */
function headerFor(credentials: string): string {
  const [username = '', ...password] = credentials.split(':');
  return basic(username, password.join(':'));
}

/** An administrator of Kibana. */
export const adminHeader = (): string => headerFor(process.env.KIBANA_AUTH ?? 'admin:admin');

export const elasticsearchUrl = (): string =>
  process.env.ELASTICSEARCH_URL ?? 'http://127.0.0.1:9200';

/** A request as a user who may write Kibana's own indices. Never throws for a status. */
export const askElasticsearch = (
  method: string,
  path: string,
  body?: unknown
): Promise<HttpAnswer> => {
  const { ELASTICSEARCH_AUTH } = process.env;
  const header = ELASTICSEARCH_AUTH === undefined ? adminHeader() : headerFor(ELASTICSEARCH_AUTH);
  return sendAs(elasticsearchUrl(), header, method, path, { body });
};

/** The same; throws where Elasticsearch does not answer with success. */
export async function inElasticsearch(
  method: string,
  path: string,
  body?: unknown
): Promise<HttpAnswer> {
  return expectOk(await askElasticsearch(method, path, body), `${method} ${path}`);
}

/** What Elasticsearch answers the administrator; throws where that is not success. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every kind
export async function elasticsearch(method: string, path: string, body?: unknown): Promise<any> {
  const answer = await sendAs(elasticsearchUrl(), adminHeader(), method, path, { body });
  return expectOk(answer, `${method} ${path}`).json;
}
