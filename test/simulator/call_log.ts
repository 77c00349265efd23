import { isTokenParameter, type Query } from './query';
import type { FaultKind } from './faults';

/** Every call to the API, in the order of arrival. */
export interface SimulatorCall {
  /** From 1; never used twice, also after the log was cleared. */
  readonly n: number;
  /** ISO 8601, by the simulator's clock. */
  readonly at: string;
  readonly method: string;
  /** Below `/web/api/v2.1`, such as `/agents/actions/disconnect`; the whole path for anything else. */
  readonly path: string;
  readonly query: {
    /** A parameter that was given twice has its values joined by commas. */
    readonly parsed: Query;
    /** As it was sent, without the question mark. */
    readonly raw: string;
  };
  /** The body as JSON, as text when it is not JSON, null when there was none. */
  readonly body: unknown;
  /** How the call authenticated; never the token itself. */
  readonly authorization: string;
  /** The name of the token that was used, known or expired; null for any other. */
  readonly tokenName: string | null;
  /** A token stood in the URL, where proxies and logs see it. */
  readonly tokenInUrl: boolean;
  /** The fault that the call met, or null. */
  readonly fault: FaultKind | null;
  /** The HTTP status of the answer; null while there is none, and for ever if none was given. */
  readonly status: number | null;
  /** Agents that a command's filter selected, whether they took it or not. */
  readonly selectedIds: readonly string[];
  /** Agents whose state the call changed. */
  readonly affectedIds: readonly string[];
}

export type CallNotes = Partial<Omit<SimulatorCall, 'n' | 'at'>>;

export interface CallLog {
  readonly calls: readonly SimulatorCall[];
  /** Adds a call to the log as it arrives; the returned function completes the entry. */
  open(call: Omit<SimulatorCall, 'n'>): (notes: CallNotes) => void;
  clear(): void;
}

export function createCallLog(): CallLog {
  const calls = new Map<number, SimulatorCall>();
  let last = 0;
  return {
    get calls() {
      return [...calls.values()];
    },
    open(call) {
      const n = ++last;
      calls.set(n, { n, ...call });
      return (notes) => {
        const open = calls.get(n);
        if (open !== undefined) calls.set(n, { ...open, ...notes });
      };
    },
    clear: () => calls.clear(),
  };
}

/** A call that sends a command to agents, whatever its result. */
export const isWrite = ({ method, path }: SimulatorCall): boolean =>
  method === 'POST' && path.startsWith('/agents/actions/');

const HIDDEN = '[token]';

/** Removes token strings, plain or percent-encoded, from a text. */
function redactText(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret)]) safe = safe.split(form).join(HIDDEN);
  }
  return safe;
}

/** The same for everything in a JSON value; what stands under `apiToken` is hidden whatever it is. */
export function redact(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (Array.isArray(value)) return value.map((entry) => redact(entry, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      redactText(name, secrets),
      isTokenParameter(name) ? HIDDEN : redact(entry, secrets),
    ])
  );
}

/** A query as the log may keep it. */
export function queryNotes(
  search: string,
  secrets: readonly string[]
): SimulatorCall['query'] & { readonly tokenInUrl: boolean } {
  const raw = search.replace(/^\?/, '');
  const parsed: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(raw)) {
    const shown = isTokenParameter(name) ? HIDDEN : redactText(value, secrets);
    parsed[name] = name in parsed ? `${parsed[name]},${shown}` : shown;
  }
  const shownRaw = raw
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=');
      return isTokenParameter(decodeName(name)) ? `${name}=${HIDDEN}` : redactText(pair, secrets);
    })
    .join('&');
  return { parsed, raw: shownRaw, tokenInUrl: shownRaw !== raw };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
