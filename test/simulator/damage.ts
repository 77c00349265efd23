import type { Fault } from './faults';

/** What faults do to an answer that is otherwise right. */

type Body = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const HUGE = 1_500_000;
const KEPT = ['id', 'uuid', 'networkStatus'];
const NEWS = { futureField: { nested: [1, 'two', null] }, futureFlag: true };

function withNulls(entry: unknown, fields: readonly string[] | undefined): unknown {
  if (!isRecord(entry)) return entry;
  const empty = (name: string) =>
    fields === undefined ? !KEPT.includes(name) : fields.includes(name);
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, empty(name) ? null : value])
  );
}

/** Changes the body as the fault says; most faults leave it alone. */
export function damageBody(body: Body, fault: Fault | undefined): Body {
  const { data } = body;
  switch (fault?.kind) {
    case 'nullFields':
      return Array.isArray(data)
        ? { ...body, data: data.map((entry) => withNulls(entry, fault.fields)) }
        : { ...body, data: withNulls(data, fault.fields) };
    case 'extraFields': {
      const add = (entry: unknown) => (isRecord(entry) ? { ...entry, ...NEWS } : entry);
      return { ...body, ...NEWS, data: Array.isArray(data) ? data.map(add) : add(data) };
    }
    case 'hugeBody':
      return { ...body, padding: 'x'.repeat(fault.bytes ?? HUGE) };
    default:
      return body;
  }
}

/** Changes the text of the answer as the fault says. */
export function damageText(text: string, fault: Fault | undefined): string {
  switch (fault?.kind) {
    case 'truncatedJson':
      return text.slice(0, Math.floor(text.length / 2));
    case 'numericIds':
      return text.replace(/"(id|agentId)":\s*"(\d+)"/g, '"$1":$2');
    default:
      return text;
  }
}

export const LOGIN_PAGE = `<!doctype html>
<html lang="en"><head><title>Sign in</title></head>
<body><h1>Sign in</h1><p>Your session has ended.</p></body></html>
`;
