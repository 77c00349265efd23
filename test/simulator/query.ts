import { badInput, notSimulated } from './api_error';
import { queryOfApi } from './api_specification';

export type Query = Readonly<Record<string, string>>;

/** `APIToken` in any spelling: where Kibana's own connector puts the token. */
export const isTokenParameter = (name: string): boolean => name.toLowerCase() === 'apitoken';

/**
 * Query parameters by name. What the API documents as a list is one parameter with commas: `ids[]=`,
 * `ids[0]=` and a parameter given twice are refused (400) instead of guessed at.
 */
export function readQuery(search: URLSearchParams): Query {
  const query: Record<string, string> = {};
  for (const [name, value] of search) {
    if (isTokenParameter(name)) continue;
    if (name.includes('[')) throw badInput(name, 'Unknown field. Lists are comma-separated');
    if (name in query) throw badInput(name, 'Given more than once. Lists are comma-separated');
    query[name] = value;
  }
  return query;
}

/** Refuses (400) a parameter that the API does not have for the path. */
export function allowOnlyOfApi(query: Query, method: string, path: string): void {
  const known = queryOfApi(method, path);
  for (const name of Object.keys(query)) {
    if (!known.includes(name)) throw badInput(name, 'Unknown field');
  }
}

/** Refuses (501) a parameter of the API that the simulator does not have. */
export function allowOnly(query: Query, names: readonly string[]): void {
  for (const name of Object.keys(query)) {
    if (!names.includes(name)) throw notSimulated(`the parameter ${name}`);
  }
}
