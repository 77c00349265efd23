import { agentPageOf, type AgentInFull, type AgentPage } from './decode_agent';
import { problemOf, type ApiProblem } from './failure';
import { sendRead, type RetryPorts } from './retry';
import type { ApiRequest, Send } from './transport';

/** Maximum characters of a query. With origin and path the URL stays under 6,000. */
const LONGEST_LIST = 5_500;
/**
 * Agents per look-up. An agent's object has 3 to 10 kB, and Kibana rejects responses above 1 MB
 * (`xpack.actions.maxResponseContentLength`).
 */
const AGENTS_PER_READ = 100;
const PAGE = '1000';

type Failure = { readonly ok: false; readonly problem: ApiProblem };
export type ReadResult<A> = { readonly ok: true; readonly value: A } | Failure;

export type AgentKey = 'uuids' | 'ids';

const NOT_A_PAGE: ApiProblem = {
  reason: 'unexpected_answer',
  detail: 'The answer is not a list of agents',
};

/** One page of agents, by SentinelOne's own filters. */
export async function readAgentPage(
  send: Send,
  ports: RetryPorts,
  query: Readonly<Record<string, string>>
): Promise<ReadResult<AgentPage> & { readonly tooLarge?: boolean }> {
  const request: ApiRequest = { method: 'GET', path: '/agents', query };
  const answer = await sendRead(send, request, ports);
  if (!answer.ok) {
    const problem = problemOf(answer.failure, request);
    return { ok: false, problem, tooLarge: answer.failure.kind === 'too_large' };
  }
  const page = agentPageOf(answer.body);
  return page === undefined ? { ok: false, problem: NOT_A_PAGE } : { ok: true, value: page };
}

/** Splits `values` into batches that fit in one URL and one response. */
export function batchesOf(values: readonly string[]): string[][] {
  const batches: string[][] = [];
  let current: string[] = [];
  let length = 0;
  for (const value of values) {
    if (current.length === AGENTS_PER_READ || length + value.length + 1 > LONGEST_LIST) {
      batches.push(current);
      current = [];
      length = 0;
    }
    current.push(value);
    length += value.length + 1;
  }
  return current.length > 0 ? [...batches, current] : batches;
}

const WITHOUT_ID: ApiProblem = {
  reason: 'unexpected_answer',
  detail:
    'SentinelOne returned an agent whose id is missing or is not a string. JavaScript rounds ids that are numbers, so the agent cannot be identified',
};

/**
 * The requested values that may belong to an agent without a valid id. If such an agent were
 * ignored, a cloned agent would look unique, and an existing agent would not be found.
 */
function uncertainIn(
  key: AgentKey,
  batch: readonly string[],
  { withoutId }: AgentPage,
  exact: readonly AgentInFull[]
): readonly string[] {
  if (withoutId.length === 0) return [];
  if (key === 'uuids') return batch.filter((uuid) => withoutId.some((one) => one.uuid === uuid));
  return batch.filter((id) => !exact.some((agent) => agent.id === id));
}

async function readExactBatch(
  send: Send,
  ports: RetryPorts,
  key: AgentKey,
  batch: readonly string[]
): Promise<ReadResult<ExactRead>> {
  const page = await readAgentPage(send, ports, { [key]: batch.join(','), limit: PAGE });
  if (!page.ok) {
    if (page.tooLarge === true && batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      const first = await readExactBatch(send, ports, key, batch.slice(0, half));
      if (!first.ok) return first;
      const second = await readExactBatch(send, ports, key, batch.slice(half));
      if (!second.ok) return second;
      const agents = [...first.value.agents, ...second.value.agents];
      const failed = new Map([...first.value.failed, ...second.value.failed]);
      return { ok: true, value: { agents, failed } };
    }
    return page;
  }
  // A hundred ids never fill a page of a thousand: SentinelOne ignored the filter, and an agent
  // that is not on this page may still exist.
  if (page.value.cursor !== null) {
    const detail = 'SentinelOne returned more agents than were requested';
    return { ok: false, problem: { reason: 'unexpected_answer', detail } };
  }
  const asked = new Set(batch);
  const valueOf = (agent: AgentInFull) => (key === 'uuids' ? agent.uuid : agent.id);
  const agents = page.value.agents.filter((agent) => asked.has(valueOf(agent) ?? ''));
  const uncertain = uncertainIn(key, batch, page.value, agents);
  return {
    ok: true,
    value: { agents, failed: new Map(uncertain.map((value) => [value, WITHOUT_ID])) },
  };
}

export interface ExactRead {
  /** Agents whose UUID or id equals a requested value. */
  readonly agents: readonly AgentInFull[];
  /**
   * The values that could not be read, or that the response leaves open, and why. No request
   * follows one that failed.
   */
  readonly failed: ReadonlyMap<string, ApiProblem>;
}

/** Reads agents by exact UUID or exact id, in as few calls as possible. */
export async function readExactAgents(
  send: Send,
  ports: RetryPorts,
  key: AgentKey,
  values: readonly string[]
): Promise<ExactRead> {
  const agents: AgentInFull[] = [];
  const failed = new Map<string, ApiProblem>();
  let problem: ApiProblem | undefined;
  for (const batch of batchesOf([...new Set(values)])) {
    if (problem === undefined) {
      const read = await readExactBatch(send, ports, key, batch);
      if (read.ok) {
        agents.push(...read.value.agents);
        for (const [value, why] of read.value.failed) failed.set(value, why);
        continue;
      }
      problem = read.problem;
    }
    for (const value of batch) failed.set(value, problem);
  }
  return { agents, failed };
}
