import type { HostReference } from '../../common/api/connector';
import { namesOf } from '../../common/hosts/host_identity';
import type { RecordedHost } from '../../common/actions/record';
import { namedBySentinelOne, type Decision } from './guards';

/** A host of a request, and its progress. */
export type Progress =
  | Extract<Decision, { readonly kind: 'send' | 'await_approval' }>
  | { readonly kind: 'end'; readonly result: RecordedHost };

/** A host as the request names it, and its progress. */
export interface NamedProgress {
  readonly reference: HostReference;
  readonly progress: Progress;
}

const agentIdOf = ({ progress }: NamedProgress): string | null =>
  progress.kind === 'end' ? progress.result.agentId : progress.agent.id;

const isRefused = ({ progress }: NamedProgress): boolean =>
  progress.kind === 'end' && progress.result.outcome !== 'unchanged';

const CONTRADICTED =
  'Another part of the request names this host without a contradiction. A user who can write alerts can add a contradicting one on purpose to prevent the action: check where the alert comes from';

/** The refusal of a host that one reference contradicts and another one matches. */
function refusalOf(refusing: NamedProgress, namings: readonly NamedProgress[]): Progress {
  const { progress } = refusing;
  if (progress.kind !== 'end' || progress.result.reason !== 'mismatch') return progress;
  if (namings.every(isRefused)) return progress;
  const { detail } = progress.result;
  const contradiction = detail === undefined ? CONTRADICTED : `${detail}. ${CONTRADICTED}`;
  return { ...progress, result: { ...progress.result, detail: contradiction } };
}

/** The identifiers by which the request names the host, each verified with SentinelOne. */
function identifiersIn(
  namings: readonly NamedProgress[]
): ReadonlySet<'uuid' | 'agentId' | 'name'> {
  const found = new Set<'uuid' | 'agentId' | 'name'>();
  for (const { reference } of namings) {
    if (reference.uuid !== undefined) found.add('uuid');
    if (reference.agentId !== undefined) found.add('agentId');
    if (namesOf(reference).length > 0) found.add('name');
  }
  return found;
}

const ONLY: Readonly<Record<'uuid' | 'agentId' | 'name', string>> = {
  uuid: 'Only its UUID is given',
  agentId: 'Only its agent id is given',
  name: 'Only its name is given',
};

/** Refuses an agent that is not named by two independent identifiers. */
function unlessNamedOnce(progress: Progress, namings: readonly NamedProgress[]): Progress {
  if (progress.kind === 'end') return progress;
  const identifiers = identifiersIn(namings);
  if (identifiers.size > 1) return progress;
  const [only] = identifiers;
  const result: RecordedHost = {
    ...namedBySentinelOne(progress.agent),
    outcome: 'refused',
    reason: 'named_once',
    ...(only === undefined ? {} : { detail: ONLY[only] }),
  };
  return { kind: 'end', result };
}

/**
 * Merges references to the same agent, by UUID and by id, or under two names. If one of the
 * references is refused, so is the agent, because it is not certain which host is meant. With
 * `mustBeNamedTwice`, an agent that is named by only one identifier is refused, because a user who
 * can write alerts may know or guess one.
 */
export function mergeByAgent(
  namings: readonly NamedProgress[],
  { mustBeNamedTwice = false }: { readonly mustBeNamedTwice?: boolean }
): readonly Progress[] {
  const byAgent = new Map<string, NamedProgress[]>();
  const rest: Progress[] = [];
  for (const naming of namings) {
    const agentId = agentIdOf(naming);
    if (agentId === null) rest.push(naming.progress);
    else byAgent.set(agentId, [...(byAgent.get(agentId) ?? []), naming]);
  }
  const merged = [...byAgent.values()].map((ofAgent): Progress => {
    const refusing = ofAgent.find(isRefused);
    if (refusing !== undefined) return refusalOf(refusing, ofAgent);
    const { progress } = ofAgent.find(({ progress: one }) => one.kind === 'end') ?? ofAgent.at(-1)!;
    return mustBeNamedTwice ? unlessNamedOnce(progress, ofAgent) : progress;
  });
  return [...merged, ...rest];
}
