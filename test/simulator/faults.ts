/** Faults on demand: what goes wrong with the next calls of a path. */

export type Fault =
  /** Nothing: lets calls through, to reach a later one of the queue. */
  | { readonly kind: 'pass' }
  /** This status instead of an answer; nothing is applied. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** JSON, or text as it is. Without it SentinelOne's error body for that status. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** 429; `retryAfter` in seconds or as an HTTP date, null for an answer without that header. */
  | { readonly kind: 'throttle'; readonly retryAfter: number | string | null }
  /** No answer for so many ms, then the connection is closed. Applied first if `applied` says so. */
  | { readonly kind: 'hang'; readonly ms: number; readonly applied?: boolean }
  /** Applied and answered rightly, so many ms late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Applied and answered rightly, but so many bytes at a time (default 1), with a pause of so many ms. */
  | { readonly kind: 'drip'; readonly everyMs: number; readonly bytes?: number }
  /**
   * The other end of the connection is gone: it stays open, and nothing comes any more. Applied first if
   * `applied` says so. With `afterBytes` it is applied, and the head and so many bytes of the answer come first.
   */
  | { readonly kind: 'halfOpen'; readonly applied?: boolean; readonly afterBytes?: number }
  /** The connection breaks before anything is applied. */
  | { readonly kind: 'resetBefore' }
  /** Applied; then the connection breaks without an answer. */
  | { readonly kind: 'resetAfter' }
  /** Applied; then this error is the answer, as from a gateway that gave up waiting. */
  | { readonly kind: 'answerAfterApply'; readonly status: number; readonly body?: unknown }
  /** Applied; the answer is JSON that ends in the middle. */
  | { readonly kind: 'truncatedJson' }
  /** 200 with a web page, as from a proxy that wants a login. Nothing is applied. */
  | { readonly kind: 'html' }
  /** A command is answered with `affected: 0`. Nothing is applied. */
  | { readonly kind: 'affected0' }
  /** A command is applied and answered with this count. */
  | { readonly kind: 'affectedWrong'; readonly affected: unknown }
  /** These fields of every entry are null; without `fields`, all but id, uuid and networkStatus. */
  | { readonly kind: 'nullFields'; readonly fields?: readonly string[] }
  /** The ids of agents are JSON numbers, which JavaScript rounds. */
  | { readonly kind: 'numericIds' }
  /** Fields that nobody knows yet, in the envelope and in every entry. */
  | { readonly kind: 'extraFields' }
  /** A read answers with all agents, whatever it asked for. */
  | { readonly kind: 'ignoreFilter' }
  /** The right answer, padded to so many bytes (default 1,500,000). */
  | { readonly kind: 'hugeBody'; readonly bytes?: number };

export type FaultKind = Fault['kind'];

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isStatus = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599;
const optional =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || check(value);
const anything = (): boolean => true;

type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

/** What each kind takes beside its `kind`. */
const SHAPES: Readonly<Record<FaultKind, Checks>> = {
  pass: {},
  status: {
    status: isStatus,
    body: anything,
    headers: optional(
      (value) => typeof value === 'object' && Object.values(value ?? {}).every(isText)
    ),
  },
  throttle: { retryAfter: (value) => value === null || isText(value) || isCount(value) },
  hang: { ms: isCount, applied: optional((value) => typeof value === 'boolean') },
  delay: { ms: isCount },
  drip: { everyMs: isCount, bytes: optional((value) => isCount(value) && value !== 0) },
  halfOpen: {
    applied: optional((value) => typeof value === 'boolean'),
    afterBytes: optional(isCount),
  },
  resetBefore: {},
  resetAfter: {},
  answerAfterApply: { status: isStatus, body: anything },
  truncatedJson: {},
  html: {},
  affected0: {},
  affectedWrong: { affected: anything },
  nullFields: { fields: optional((value) => Array.isArray(value) && value.every(isText)) },
  numericIds: {},
  extraFields: {},
  ignoreFilter: {},
  hugeBody: { bytes: optional(isCount) },
};

export interface FaultRule {
  /** Default: any. */
  readonly method?: 'GET' | 'POST' | '*';
  /** Below `/web/api/v2.1`, such as `/agents`; `*` for any. */
  readonly path: string;
  /** Meets only calls whose query has this in it, such as an agent's UUID; default: any call. */
  readonly naming?: string;
  /** How many calls it meets; default 1. */
  readonly count?: number | 'always';
  readonly fault: Fault;
}

export interface FaultQueue {
  /**
   * Queues a fault; those that fit a call take their turn in the order in which they were added.
   * Throws for a fault, method or path that does not exist: it would never happen.
   */
  add(rule: FaultRule): void;
  clear(): void;
  /** Rules that have calls left to meet, with how many. */
  pending(): readonly FaultRule[];
  /** The fault that this call meets, and counts it. */
  take(method: string, path: string, query: string): Fault | undefined;
}

function checkFault(fault: Fault): void {
  const shape: Checks | undefined = Object.hasOwn(SHAPES, fault?.kind)
    ? SHAPES[fault.kind]
    : undefined;
  if (shape === undefined) throw new Error(`There is no fault of the kind "${fault?.kind}"`);
  const given = fault as unknown as Record<string, unknown>;
  for (const name of Object.keys(given)) {
    if (name !== 'kind' && !Object.hasOwn(shape, name)) {
      throw new Error(`A fault of the kind "${fault.kind}" has no "${name}"`);
    }
  }
  for (const [name, check] of Object.entries(shape)) {
    if (!check(given[name])) throw new Error(`"${name}" of the fault "${fault.kind}" is not valid`);
  }
}

/** `exists` tells whether the API has that method and path. */
export function createFaultQueue(exists: (method: string, path: string) => boolean): FaultQueue {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      for (const name of Object.keys(rule)) {
        if (!['method', 'path', 'naming', 'count', 'fault'].includes(name)) {
          throw new Error(`A fault rule has no "${name}"`);
        }
      }
      const { method = '*', path, naming = '', count = 1, fault } = rule;
      checkFault(fault);
      const methods = method === '*' ? ['GET', 'POST'] : [method];
      if (path !== '*' && !methods.some((one) => exists(one, path))) {
        throw new Error(`The API has no ${method === '*' ? '' : `${method} `}${path}`);
      }
      if (count !== 'always' && !(Number.isInteger(count) && count > 0)) {
        throw new Error('"count" is a number above 0, or "always"');
      }
      if (!isText(naming)) throw new Error('"naming" is a text');
      rules.push({ rule, left: count === 'always' ? Infinity : count });
    },
    clear() {
      rules = [];
    },
    pending: () =>
      rules.map(({ rule, left }) => ({ ...rule, count: left === Infinity ? 'always' : left })),
    take(method, path, query) {
      const met = rules.find(
        ({ rule }) =>
          [undefined, '*', method].includes(rule.method) &&
          ['*', path].includes(rule.path) &&
          query.includes(rule.naming ?? '')
      );
      if (met === undefined) return undefined;
      met.left -= 1;
      if (met.left <= 0) rules = rules.filter((one) => one !== met);
      return met.rule.fault;
    },
  };
}
