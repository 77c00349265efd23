import type { ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionRecord } from '../../common/actions/record';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import { isRecord } from '../../common/lib/is_record';
import { withCommandDeadline } from './deadline';
import { ExactTargets, type HostAction } from './host_action';
import type { RetryPorts } from './retry';
import type { ApiRequest, Send } from './transport';

type Group = Pick<
  ActionRecord,
  | 'actionId'
  | 'action'
  | 'group'
  | 'groups'
  | 'tenant'
  | 'hosts'
  | 'releaseAt'
  | 'automaticRelease'
  | 'handledHosts'
>;

const idsIn = ({ body }: ApiRequest): readonly unknown[] | undefined => {
  const filter = isRecord(body) ? body.filter : undefined;
  const ids = isRecord(filter) && Object.keys(filter).length === 1 ? filter.ids : undefined;
  return Array.isArray(ids) && ids.length > 0 ? ids : undefined;
};

/** The transport of the requests of an automatic release. */
export interface ReleaseTransport {
  readonly send: Send;
  /** Limits the rate of requests. The checks of this file run after it, immediately before a request is sent. */
  readonly through: (send: Send) => Send;
  readonly ports: RetryPorts;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** When the release began, by that clock. The command deadline is counted from this time. */
  readonly began: number;
}

/**
 * The hosts of an action whose automatic release is due, and the only commands that the background task can send: the
 * opposite of the action, to these agents. It can only be created from a complete record whose `releaseAt` has passed.
 * The type has no public constructor, and each request is checked again at run time.
 */
export class DueRelease {
  /** The action that is sent. */
  readonly action: ActionName;
  /** The action that ends. */
  readonly endsActionId: string;
  readonly tenant: string;
  /** Not empty. */
  readonly agentIds: ReadonlySet<string>;
  readonly #releaseAt: number;

  private constructor(first: Group, agentIds: ReadonlySet<string>, releaseAt: number) {
    this.action = ACTION_DEFINITIONS[first.action].opposite;
    this.endsActionId = first.actionId;
    this.tenant = first.tenant;
    this.agentIds = agentIds;
    this.#releaseAt = releaseAt;
    Object.freeze(this);
  }

  /**
   * Returns the due release of an action at `now` (ms since the epoch), from all groups of its record; undefined if
   * nothing is due. Hosts in `handledHosts` are left out.
   */
  static of(groups: readonly Group[], now: number): DueRelease | undefined {
    const [first] = groups;
    if (first === undefined || !ACTION_DEFINITIONS[first.action].canEndAutomatically) {
      return undefined;
    }
    const isWhole =
      groups.length === first.groups &&
      groups.every(
        ({ actionId, group, tenant }, n) =>
          actionId === first.actionId && group === n && tenant === first.tenant
      );
    const { releaseAt, automaticRelease: release } = first;
    const isPending = release?.state === 'scheduled' || release?.state === 'releasing';
    if (!isWhole || !isPending) return undefined;
    const time = Date.parse(releaseAt ?? '');
    if (!(time <= now)) return undefined;
    const handled = new Set(first.handledHosts?.map(({ agentId }) => agentId));
    const ids = groups
      .flatMap(({ hosts }) => hosts.filter(isCoveredByRelease))
      .flatMap(({ agentId }) => (agentId === null || handled.has(agentId) ? [] : [agentId]));
    return ids.length === 0 ? undefined : new DueRelease(first, new Set(ids), time);
  }

  /**
   * Opens the only action that is possible with a due release. Look-ups are by agent id. Throws for any other agent and
   * any other action.
   */
  openHostAction({ send, through, ports, clock, began }: ReleaseTransport): HostAction {
    const own: ReadonlySet<unknown> = this.agentIds;
    const assertDue = (ids: readonly unknown[]): void => {
      if (this.#releaseAt > clock() || !ids.every((id) => own.has(id))) {
        throw new Error('Only hosts whose automatic release is due can be released by the task');
      }
    };
    const checked: Send = async (request) => {
      if (request.method === 'GET') return send(request);
      const ids = idsIn(request);
      if (request.path === ACTION_DEFINITIONS[this.action].sentinelOne.path && ids !== undefined) {
        assertDue(ids);
        return send(request);
      }
      const detail = 'The background task only sends automatic releases';
      return { ok: false, failure: { kind: 'not_allowed', detail } };
    };
    const inTime = withCommandDeadline(checked, clock, began);
    const hostAction = ExactTargets.openHostAction(through(inTime), ports);
    return {
      ...hostAction,
      async lookUp(references) {
        assertDue(references.map(({ agentId }) => agentId));
        return hostAction.lookUp(references.map(({ agentId }) => ({ agentId })));
      },
      command: async (action, targets) => {
        assertDue(targets.agentIds);
        if (action !== this.action) {
          throw new Error(`Only ${this.action} can be sent automatically, not ${action}`);
        }
        return hostAction.command(action, targets);
      },
    };
  }
}
