import { rawRequestOf } from './kibana_request';

export const DEFAULT_SPACE_ID = 'default';
const SPACE_PATH = /^\/s\/([a-z0-9_-]+)(\/.*)?$/;

interface SpacePath {
  readonly spaceId: string;
  /** The path without `/s/<space>`. */
  readonly path: string;
}

/** Splits `/s/ops/app/x` into the space and the path in it. */
export function spacePathOf(path: string): SpacePath {
  const [, spaceId, rest] = SPACE_PATH.exec(path) ?? [];
  if (spaceId === undefined || spaceId === DEFAULT_SPACE_ID) {
    return { spaceId: DEFAULT_SPACE_ID, path: spaceId === undefined ? path : (rest ?? '/') };
  }
  return { spaceId, path: rest ?? '/' };
}

/** `core.http.basePath`: which space a request is in, as a prefix of its paths. */
export class BasePath {
  readonly serverBasePath = '';
  private readonly byRequest = new WeakMap<object, string>();

  get = (request: object): string => this.byRequest.get(rawRequestOf(request)) ?? '';

  set = (request: object, basePath: string): void => {
    if (this.byRequest.has(rawRequestOf(request))) {
      throw new Error(
        'Request basePath was previously set. Setting multiple times is not supported.'
      );
    }
    this.byRequest.set(rawRequestOf(request), basePath);
  };

  prepend = (path: string): string => path;

  /** The space of a request. */
  spaceIdOf = (request: object): string => spacePathOf(this.get(request) + '/').spaceId;
}
