import { useEffect, useRef, useState } from 'react';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import { LIMITS, PLUGIN_ID } from '../../../common/lib/constants';
import { agentsIn, foundAgent, type Agent, type HostStatus } from '../../../common/hosts/agent';
import type { ActionAnswer } from '../../../common/api/cases';
import type { ActionName } from '../../../common/actions/action_name';
import { isSuccess, type HostResult } from '../../../common/actions/outcome';
import { useHostEnds } from '../use_host_ends';
import type { Problem } from '../../lib/describe_error';
import { shownStatusOf, type ShownStatus } from '../../host_status/network_status';
import type { StatusSource } from '../../host_status/status_problem';
import { useConnection } from '../../host_status/use_connection';
import { useManyHostsStatus } from '../../host_status/use_many_hosts_status';
import { useServices } from '../../lib/services';
import { connectionReason, unavailableText } from '../available_action';
import { protectionIn, useMayOverride } from '../protection';
import { protectedFromYou, protectionOf } from '../protection_text';
import type { GivenParams } from '../action_fields';
import { actionTarget } from '../action_target';
import { namelessHost } from '../texts';
import { useActionSender } from '../use_action_sender';
import {
  agentOf,
  mergedHosts,
  blockedReasonOf,
  onlyNamedBy,
  resultFor,
  type BulkHost,
} from './bulk_host';
import { useChoices } from './use_choices';
import { useShownAgents } from './use_shown_agents';

/** What a host was answered with, and the action whose record tells how it ended. */
interface AnsweredHost {
  readonly actionId: string;
  readonly result: HostResult;
}

/** Failures come first: they need somebody. */
const failuresFirst = (rows: readonly BulkRow[]): readonly BulkRow[] => {
  const isBad = ({ result }: BulkRow) => result !== undefined && !isSuccess(result);
  return [...rows.filter(isBad), ...rows.filter((row) => !isBad(row))];
};

/** A host as the flyout shows it. */
export interface BulkRow {
  readonly host: BulkHost;
  /** As the alerts call it, or SentinelOne where they do not. */
  readonly name: string;
  /** The id of its agent, as far as it is known. */
  readonly agentId: string | undefined;
  /** The agents that SentinelOne has for it; several where they share its UUID. */
  readonly agents: readonly Agent[];
  /** `none` where it is not available, undefined while SentinelOne is asked. */
  readonly shown: ShownStatus | 'none' | undefined;
  /** Why it cannot be acted on. */
  readonly blockedReason: string | undefined;
  /** What in the settings keeps it from being isolated, in words. */
  readonly protection: string | undefined;
  /** Whether it is acted on when the person confirms. */
  readonly isChosen: boolean;
  /** Whether it can be acted on only since a moment ago, and nobody has said yet that it is meant. */
  readonly isFreed: boolean;
  /** By what alone the alerts name it: nobody acts on it without a person's choice. */
  readonly onlyNamedBy: 'uuid' | 'agentId' | undefined;
  readonly result: HostResult | undefined;
}

export interface BulkAction {
  readonly rows: readonly BulkRow[];
  /** Where the rows' statuses come from. */
  readonly source: StatusSource;
  readonly isSending: boolean;
  /** Why nothing can be sent for any host. */
  readonly blockedReason: string | undefined;
  /** Why nobody knows what became of the last request. */
  readonly problem: Problem | undefined;
  /** What the last request was answered with. */
  readonly answer: ActionAnswer | undefined;
  /** Hosts that are not what was shown of them first, by name; they are left out. */
  readonly changed: readonly string[];
  /** Whether a request has ended. */
  readonly wasSent: boolean;
  choose(keys: readonly string[], isChosen: boolean): void;
  /** Acts on the chosen hosts in one request. */
  send(given: GivenParams): Promise<void>;
}

const isStatus = (status: HostStatus | Problem | undefined): status is HostStatus =>
  status !== undefined && 'state' in status;

/** Why nobody could act at all: the person's privilege, or the connectors. */
function useBlockedReason(action: ActionName): string | undefined {
  const { core } = useServices();
  const connection = useConnection();
  if (
    core.application.capabilities[PLUGIN_ID]?.[ACTION_DEFINITIONS[action].privilege.capability] !==
    true
  ) {
    return unavailableText({ kind: 'reason', reason: 'no_privilege' }, action);
  }
  const reason = connectionReason(connection);
  return reason === undefined || reason.kind === 'checking'
    ? undefined
    : unavailableText(reason, action);
}

/** The hosts of several alerts, which of them are chosen, and what became of each. */
export function useBulkAction(action: ActionName, hosts: readonly BulkHost[]): BulkAction {
  const source = useManyHostsStatus(hosts.map(agentOf));
  const { statuses } = source;
  const blockedReason = useBlockedReason(action);
  const { isSending, send } = useActionSender();
  const mayOverride = useMayOverride();
  const [results, setResults] = useState<ReadonlyMap<string, AnsweredHost>>(new Map());
  const endOf = useHostEnds([...new Set([...results.values()].map(({ actionId }) => actionId))]);
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<ActionAnswer>();
  const merged = mergedHosts(hosts, statuses);
  const { shown: shownAgents, changes } = useShownAgents(action, merged);

  const prospects = merged.map(({ host, status, index: n }) => {
    const answered = results.get(host.key);
    const result =
      answered && (endOf(answered.actionId, answered.result.agentId) ?? answered.result);
    const isDone = result !== undefined && isSuccess(result);
    // What its record says has failed is expected no longer: the status is what SentinelOne reports.
    const hasFailed = result !== undefined && !isSuccess(result) && isStatus(status);
    const shown = hasFailed ? shownStatusOf(status) : source.shown[n];
    const agent = isStatus(status) ? foundAgent(status) : undefined;
    const protection = isDone ? undefined : (protectionOf(action, agent) ?? protectionIn(result));
    const inTheWay = isDone
      ? undefined
      : (changes.get(host.key) ??
        blockedReasonOf(host, action, status, shown) ??
        (protection === undefined || mayOverride ? undefined : protectedFromYou(protection)));
    const isNew = source.isNew[n] === true;
    return {
      ...{ host, status, isNew, agent, shown, result, isDone, hasFailed, protection },
      blockedReason: inTheWay,
    };
  });
  // What was in the way at another time has kept nobody from choosing now.
  const told = prospects.filter(({ status, isNew }) => isStatus(status) && isNew);
  const onlyOnce = prospects.filter(({ host }) => onlyNamedBy(host) !== undefined);
  const choices = useChoices(
    told.filter((one) => one.blockedReason !== undefined).map(({ host }) => host.key),
    [...told.filter(({ protection }) => protection !== undefined), ...onlyOnce].map(
      ({ host }) => host.key
    )
  );
  const rows = prospects.map(
    ({
      host,
      status,
      agent,
      shown,
      result,
      isDone,
      hasFailed,
      protection,
      blockedReason,
    }): BulkRow => {
      const isFree = !isDone && blockedReason === undefined;
      const said = choices.said(host.key);
      const namedBy = onlyNamedBy(host);
      const isLeftOut = protection !== undefined || namedBy !== undefined;
      // What was in the way of a host that this flyout acted on was its own action.
      const isHeld = isLeftOut || (choices.isHeld(host.key) && !hasFailed);
      return {
        host,
        name: host.hostName ?? agent?.computerName ?? namelessHost(),
        agentId: agent?.id ?? host.reference.agentId,
        agents: isStatus(status) ? agentsIn(status) : [],
        shown: shown ?? (status === undefined ? undefined : 'none'),
        blockedReason,
        protection,
        isChosen: isFree && (said ?? !isHeld),
        isFreed: isFree && said === undefined && isHeld && !isLeftOut,
        onlyNamedBy: namedBy,
        result,
      };
    }
  );

  // Answers come while the flyout may be gone.
  const isThere = useRef(true);
  useEffect(
    () => () => {
      isThere.current = false;
    },
    []
  );

  return {
    rows: failuresFirst(rows),
    source,
    isSending,
    blockedReason,
    problem,
    answer,
    changed: rows
      .filter(({ host }, n) => !prospects[n]!.isDone && changes.has(host.key))
      .map(({ name }) => name),
    wasSent: answer !== undefined,
    choose: choices.choose,
    async send(given) {
      const isChosen = new Set(rows.filter((row) => row.isChosen).map(({ host }) => host.key));
      const meant = prospects.filter(({ host }) => isChosen.has(host.key));
      const chosen = meant.map(({ host }) => host);
      const target = actionTarget(
        action,
        chosen.flatMap((host) => {
          const openedFor = shownAgents.get(host.key);
          if (openedFor === undefined) return [];
          return [{ reference: host.reference, agent: openedFor.agent }];
        })
      );
      if (target.hosts.length === 0) return;
      const alertIds = [...new Set(chosen.flatMap((host) => host.alertIds))];
      const end = await send(target, {
        alertIds: alertIds.slice(0, LIMITS.alertsPerAction),
        ...given,
      });
      if (end === undefined || !isThere.current) return;
      if (!('hosts' in end)) {
        setProblem(end);
        return;
      }
      const ends = meant.flatMap(({ host, status }) => {
        const result = resultFor(host, isStatus(status) ? status : undefined, end);
        return result === undefined
          ? []
          : [[host.key, { actionId: end.actionId, result }] as const];
      });
      setResults((before) => new Map([...before, ...ends]));
      // Whoever did not know that it is protected has not chosen to go past that.
      const surprising = ends.filter(([, { result }]) => protectionIn(result) !== undefined);
      choices.forget(surprising.map(([key]) => key));
      // Last: whoever is told that it has ended is told of each host as well.
      setProblem(undefined);
      setAnswer(end);
    },
  };
}
