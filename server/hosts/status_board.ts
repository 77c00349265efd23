import {
  hostStatusOf,
  idStillToLookUp,
  type Agent,
  type AgentReference,
  type HostStatus,
} from '../../common/agent';
import type { GetAgentsParams } from '../../common/connector';
import { LIMITS } from '../../common/constants';
import type { HostsStatus } from '../../common/routes';
import type { Clock } from '../response_actions/ports';
import type { Sleep } from '../management_api/transport';

/** How long (ms) an answer is shared, and the least pause between two questions to SentinelOne. */
export const SHARED_FOR = 2_000;

/** Asks SentinelOne as the viewer who waits: exact agents only. Throws when it cannot. */
export type AskAgents = (
  params: Pick<GetAgentsParams, 'uuids' | 'ids'>
) => Promise<readonly Agent[]>;

/** True for an error that is this viewer's alone, such as a missing privilege. */
export type IsViewersOwn = (error: unknown) => boolean;

interface Known {
  readonly agents: readonly Agent[];
  readonly at: number;
}
type Answers = ReadonlyMap<string, Known>;

interface Viewer {
  readonly keys: readonly string[];
  readonly ask: AskAgents;
  readonly resolve: (answers: Answers) => void;
  readonly reject: (error: unknown) => void;
}

export interface StatusBoardPorts {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly isViewersOwn: IsViewersOwn;
}

/** Ids to remember as those to ask for at once. */
const MOST_REMEMBERED = 10_000;

const UUID = 'uuid:';
const ID = 'id:';

/** The UUID where there is one, since that finds clones as well. */
const keyOf = ({ uuid, agentId }: AgentReference): string =>
  uuid !== undefined ? `${UUID}${uuid}` : `${ID}${agentId}`;

/** The id, where it is given beside a UUID; the same as `keyOf` otherwise. */
const idKeyOf = (reference: AgentReference): string =>
  reference.agentId === undefined ? keyOf(reference) : `${ID}${reference.agentId}`;

/** Keys in batches that one question can ask for: of one kind, up to 100. */
function batchesOf(keys: readonly string[]): string[][] {
  return [UUID, ID].flatMap((kind) => {
    const ofKind = keys.filter((key) => key.startsWith(kind));
    const count = Math.ceil(ofKind.length / LIMITS.agentsPerStatus);
    return Array.from({ length: count }, (_, n) =>
      ofKind.slice(n * LIMITS.agentsPerStatus, (n + 1) * LIMITS.agentsPerStatus)
    );
  });
}

const isOf = (agent: Agent, key: string): boolean =>
  key === `${ID}${agent.id}` || (agent.uuid !== null && key === `${UUID}${agent.uuid}`);

function questionOf(batch: readonly string[]): Parameters<AskAgents>[0] {
  const values = batch.map((key) => key.slice(key.indexOf(':') + 1));
  return batch[0]?.startsWith(UUID) === true ? { uuids: values } : { ids: values };
}

/**
 * Answers viewers about hosts' live status with few calls: what was read less than 2 s ago is shared,
 * and everything that is asked for within 2 s goes into one call for up to 100 agents. Fifty viewers
 * of fifty hosts cost one call per 2 s. One board serves one connector.
 */
export class StatusBoard {
  private readonly known = new Map<string, Known>();
  private waiting: Viewer[] = [];
  /** Agent ids that had to be looked up beside a UUID: they are asked for at once the next time. */
  private readonly askedById = new Set<string>();
  private lastAsked = Number.NEGATIVE_INFINITY;
  private running = false;
  /** Counts what was forgotten, so that an answer from before is not kept. */
  private forgotten = 0;

  constructor(private readonly ports: StatusBoardPorts) {}

  /** One status per reference, in their order. Throws what `ask` throws. */
  async statusOf(references: readonly AgentReference[], ask: AskAgents): Promise<HostsStatus> {
    const answers = new Map<string, Known>();
    const agentsOf = (key: string): readonly Agent[] => answers.get(key)?.agents ?? [];
    const idKeys = new Set(references.map(idKeyOf).filter((key) => this.askedById.has(key)));
    await this.look([...references.map(keyOf), ...idKeys], ask, answers);
    for (const reference of references) {
      const { uuid } = reference;
      const id = idStillToLookUp(reference, agentsOf(keyOf(reference)));
      if (uuid !== undefined && id !== undefined) idKeys.add(idKeyOf(reference));
    }
    await this.look([...idKeys], ask, answers);
    this.rememberAskedById(idKeys);
    const hosts = references.map((reference): HostStatus =>
      hostStatusOf(reference, [...agentsOf(keyOf(reference)), ...agentsOf(idKeyOf(reference))])
    );
    const oldest = Math.min(...[...answers.values()].map(({ at }) => at));
    return { hosts, asOf: new Date(oldest).toISOString() };
  }

  /** Forgets everything after an action, so that nobody is shown the past. */
  forget(): void {
    this.known.clear();
    this.forgotten += 1;
  }

  /** Puts what is known of these keys into `answers`, and asks for the others. */
  private async look(
    keys: readonly string[],
    ask: AskAgents,
    answers: Map<string, Known>
  ): Promise<void> {
    this.dropOld();
    const wanted = [...new Set(keys)].filter((key) => !answers.has(key));
    for (const key of wanted) {
      const known = this.known.get(key);
      if (known !== undefined) answers.set(key, known);
    }
    const missing = wanted.filter((key) => !answers.has(key));
    if (missing.length === 0) return;
    for (const [key, known] of await this.read(missing, ask)) answers.set(key, known);
  }

  private rememberAskedById(keys: ReadonlySet<string>): void {
    if (this.askedById.size > MOST_REMEMBERED) this.askedById.clear();
    for (const key of keys) this.askedById.add(key);
  }

  private dropOld(): void {
    const now = this.ports.clock();
    for (const [key, { at }] of this.known) {
      // From later than now it is when the clock was set back.
      if (Math.abs(now - at) >= SHARED_FOR) this.known.delete(key);
    }
  }

  private read(keys: readonly string[], ask: AskAgents): Promise<Answers> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ keys, ask, resolve, reject });
      void this.run();
    });
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.waiting.length > 0) {
      const pause = this.lastAsked + SHARED_FOR - this.ports.clock();
      if (pause > 0) await this.ports.sleep(Math.min(pause, SHARED_FOR));
      const viewers = this.waiting;
      this.waiting = [];
      await this.answer(viewers);
    }
    this.running = false;
  }

  private async answer(viewers: readonly Viewer[]): Promise<void> {
    const answers = new Map<string, Known>();
    for (const batch of batchesOf([...new Set(viewers.flatMap(({ keys }) => keys))])) {
      const wanting = viewers.filter(({ keys }) => keys.some((key) => batch.includes(key)));
      for (const [key, known] of await this.askFor(batch, wanting)) answers.set(key, known);
    }
    // For a viewer whose question failed this comes too late, and does nothing.
    for (const viewer of viewers) viewer.resolve(answers);
  }

  /** Asks as the first viewer; as the next one only if what failed is the first one's own matter. */
  private async askFor(batch: readonly string[], viewers: readonly Viewer[]): Promise<Answers> {
    const generation = this.forgotten;
    for (const [n, viewer] of viewers.entries()) {
      this.lastAsked = this.ports.clock();
      try {
        const agents = await viewer.ask(questionOf(batch));
        const at = this.ports.clock();
        const read = new Map(
          batch.map((key) => [key, { at, agents: agents.filter((agent) => isOf(agent, key)) }])
        );
        if (generation === this.forgotten) for (const entry of read) this.known.set(...entry);
        return read;
      } catch (error) {
        viewer.reject(error);
        if (this.ports.isViewersOwn(error)) continue;
        for (const other of viewers.slice(n + 1)) other.reject(error);
        break;
      }
    }
    return new Map();
  }
}
