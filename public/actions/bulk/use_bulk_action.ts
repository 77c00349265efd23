import { useEffect, useRef, useState } from 'react';
import type { Capabilities } from '@kbn/core/public';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import { LIMITS, PLUGIN_ID } from '../../../common/lib/constants';
import { agentsIn, foundAgent, type Agent, type HostStatus } from '../../../common/hosts/agent';
import type { ProtectedIsolation } from '../../../common/hosts/protection_settings';
import type { ActionAnswer } from '../../../common/api/cases';
import type { ActionName } from '../../../common/actions/action_name';
import { isAccepted, type HostResult } from '../../../common/actions/outcome';
import { useFinalResults, useChoices, useShownAgents } from './use_bulk_hosts';
import type { Problem } from '../../lib/describe_error';
import { shownStatusOf, type ShownStatus } from '../../host_status/network_status';
import type { StatusSource } from '../../host_status/status_problem';
import { useConnection } from '../../host_status/use_connection';
import { useManyHostsStatus } from '../../host_status/use_many_hosts_status';
import { useServices } from '../../lib/services';
import { connectionReason, unavailableText } from '../available_action';
import {
  canOverrideProtection,
  protectedReason,
  protectionIn,
  protectionOf,
  isolationPolicyIn,
  isolationPolicyOf,
  useMayOverride,
} from '../protection';
import type { FormParams } from '../action_fields';
import { actionTarget } from '../action_target';
import { namelessHost } from '../texts';
import { useActionSender } from '../use_action_sender';
import {
  agentOf,
  canActWithoutStatus,
  mergedHosts,
  blockedReasonOf,
  onlyIdentifier,
  resultFor,
  type BulkHost,
} from './bulk_host';

/** The result in the answer for a host, and the action whose record will contain the final result. */
interface AnsweredHost {
  readonly actionId: string;
  readonly result: HostResult;
}

/** Sorts failures first, because the user has to do something about them. */
const failuresFirst = (rows: readonly BulkRow[]): readonly BulkRow[] => {
  const hasFailed = ({ result }: BulkRow) => result !== undefined && !isAccepted(result);
  return [...rows.filter(hasFailed), ...rows.filter((row) => !hasFailed(row))];
};

/** A host as the flyout shows it. */
export interface BulkRow {
  readonly host: BulkHost;
  /** The host's name in the alerts, or in SentinelOne if they contain none. */
  readonly name: string;
  /** The id of its agent, if it is known. */
  readonly agentId: string | undefined;
  /** The agents of the host in SentinelOne; several if they share its UUID. */
  readonly agents: readonly Agent[];
  /** The status to show of the property that the action changes; `none` if it is not available, undefined while it is loading. */
  readonly shown: ShownStatus | 'none' | undefined;
  /** Why the action is not available for the host. */
  readonly blockedReason: string | undefined;
  /** What protects the host from the action, as a text. */
  readonly protection: string | undefined;
  /** How the protected host can be isolated. */
  readonly protectionWay: ProtectedIsolation | undefined;
  /** Whether the host is selected for the action. */
  readonly isChosen: boolean;
  /** Whether the action became available while the flyout is open, and the user has not selected the host since. */
  readonly isNewlyAvailable: boolean;
  /** The only value by which the alerts identify the host. Such a host is not selected by default. */
  readonly onlyNamedBy: 'uuid' | 'agentId' | undefined;
  /** Whether the user continued without the status of this host. Such a host is not selected by default. */
  readonly isWithoutStatus: boolean;
  readonly result: HostResult | undefined;
}

export interface BulkAction {
  readonly rows: readonly BulkRow[];
  /** The source of the rows' statuses. */
  readonly source: StatusSource;
  readonly isSending: boolean;
  /** Why the action is not available for any host. */
  readonly blockedReason: string | undefined;
  /** Why there is no answer to the last request. */
  readonly problem: Problem | undefined;
  /** The answer to the last request. */
  readonly answer: ActionAnswer | undefined;
  /** The names of hosts that have changed since they were shown first; they are left out. */
  readonly changed: readonly string[];
  /** Whether a request was answered. */
  readonly wasSent: boolean;
  choose(keys: readonly string[], isChosen: boolean): void;
  /** Makes hosts available whose status is not known; undefined if there are none. */
  readonly continueWithoutStatus: (() => void) | undefined;
  /** Sends the action for the selected hosts in one request. */
  send(given: FormParams): Promise<void>;
}

/** Whether SentinelOne has not answered yet, or not in time. */
const isUnanswered = (status: HostStatus | Problem | undefined): boolean =>
  status === undefined || (!('state' in status) && status.reason === 'timed_out');

const isStatus = (status: HostStatus | Problem | undefined): status is HostStatus =>
  status !== undefined && 'state' in status;

/** Why the action is not available for any host: the user's privilege, or the connectors. */
export function blockedForAllReason(
  action: ActionName,
  capabilities: Capabilities,
  connection: ReturnType<typeof useConnection>
): string | undefined {
  const { capability } = ACTION_DEFINITIONS[action].privilege;
  if (capabilities[PLUGIN_ID]?.[capability] !== true) {
    return unavailableText({ kind: 'reason', reason: 'no_privilege' }, action);
  }
  const reason = connectionReason(connection);
  return reason === undefined || reason.kind === 'checking'
    ? undefined
    : unavailableText(reason, action);
}

/** The hosts of several alerts, which of them are selected, and the result for each. */
export function useBulkAction(action: ActionName, hosts: readonly BulkHost[]): BulkAction {
  const source = useManyHostsStatus(hosts.map(agentOf));
  const { statuses } = source;
  const { property } = ACTION_DEFINITIONS[action];
  const shownStatuses = source.shownOn(property);
  const { capabilities } = useServices().core.application;
  const blockedReason = blockedForAllReason(action, capabilities, useConnection());
  const { isSending, send } = useActionSender();
  const mayOverride = useMayOverride();
  const [goesOn, setGoesOn] = useState(false);
  const [results, setResults] = useState<ReadonlyMap<string, AnsweredHost>>(new Map());
  const endOf = useFinalResults([
    ...new Set([...results.values()].map(({ actionId }) => actionId)),
  ]);
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<ActionAnswer>();
  const merged = mergedHosts(hosts, statuses);
  const { shown: shownAgents, changes } = useShownAgents(action, merged);

  const candidates = merged.map(({ host, status, index: n }) => {
    const answered = results.get(host.key);
    const result =
      answered && (endOf(answered.actionId, answered.result.agentId) ?? answered.result);
    const isDone = result !== undefined && isAccepted(result);
    // After a failure, the status from SentinelOne is shown instead of the expected one.
    const hasFailed = result !== undefined && !isAccepted(result) && isStatus(status);
    const shown = hasFailed ? shownStatusOf(status, property) : shownStatuses[n];
    const agent = isStatus(status) ? foundAgent(status) : undefined;
    const protection = isDone ? undefined : (protectionOf(action, agent) ?? protectionIn(result));
    const way = isDone
      ? undefined
      : (isolationPolicyOf(action, agent) ?? isolationPolicyIn(result));
    const mayContinue = isUnanswered(status) && canActWithoutStatus(action, host);
    const isWithoutStatus = mayContinue && goesOn && !isDone;
    const blocked =
      isDone || isWithoutStatus
        ? undefined
        : (changes.get(host.key) ??
          blockedReasonOf(host, action, status, shown) ??
          (protection === undefined || way === undefined || canOverrideProtection(way, mayOverride)
            ? undefined
            : protectedReason(protection, way)));
    const isNew = source.isNew[n] === true;
    return {
      ...{ host, status, isNew, agent, shown, result, isDone, hasFailed, protection, way },
      ...{ mayContinue, isWithoutStatus },
      blockedReason: blocked,
    };
  });
  // Statuses that were read before the flyout opened do not affect the selection.
  const current = candidates.filter(({ status, isNew }) => isStatus(status) && isNew);
  const onlyOnce = candidates.filter(({ host }) => onlyIdentifier(host) !== undefined);
  const withoutStatus = candidates.filter((one) => one.isWithoutStatus);
  const choices = useChoices(
    current.filter((one) => one.blockedReason !== undefined).map(({ host }) => host.key),
    [
      ...current.filter(({ protection }) => protection !== undefined),
      ...onlyOnce,
      ...withoutStatus,
    ].map(({ host }) => host.key)
  );
  const rows = candidates.map(
    ({
      host,
      status,
      agent,
      shown,
      result,
      isDone,
      hasFailed,
      protection,
      isWithoutStatus,
      way,
      blockedReason,
    }): BulkRow => {
      const isFree = !isDone && blockedReason === undefined;
      const choice = choices.choiceOf(host.key);
      const namedBy = onlyIdentifier(host);
      const isOptional = protection !== undefined || namedBy !== undefined || isWithoutStatus;
      // After a failure, the host was unavailable only because of this flyout's own action.
      const isExcluded = isOptional || (choices.isExcluded(host.key) && !hasFailed);
      return {
        host,
        name: host.hostName ?? agent?.computerName ?? namelessHost(),
        agentId: agent?.id ?? host.reference.agentId,
        agents: isStatus(status) ? agentsIn(status) : [],
        shown: shown ?? (status === undefined ? undefined : 'none'),
        blockedReason,
        protection,
        protectionWay: way,
        isChosen: isFree && (choice ?? !isExcluded),
        isNewlyAvailable: isFree && choice === undefined && isExcluded && !isOptional,
        onlyNamedBy: namedBy,
        isWithoutStatus,
        result,
      };
    }
  );

  // The flyout may be closed before the answer arrives.
  const isMounted = useRef(true);
  useEffect(
    () => () => {
      isMounted.current = false;
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
      .filter(({ host }, n) => !candidates[n]!.isDone && changes.has(host.key))
      .map(({ name }) => name),
    wasSent: answer !== undefined,
    choose: choices.choose,
    continueWithoutStatus:
      !goesOn && candidates.some((one) => one.mayContinue) ? () => setGoesOn(true) : undefined,
    async send(given) {
      const isChosen = new Set(rows.filter((row) => row.isChosen).map(({ host }) => host.key));
      const selected = candidates.filter(({ host }) => isChosen.has(host.key));
      const chosen = selected.map(({ host }) => host);
      const target = actionTarget(
        action,
        chosen.flatMap((host) => {
          const openedFor = shownAgents.get(host.key);
          if (openedFor === undefined) {
            return withoutStatus.some((one) => one.host === host)
              ? [{ reference: host.reference }]
              : [];
          }
          return [{ reference: host.reference, agent: openedFor.agent }];
        })
      );
      if (target.hosts.length === 0) return;
      const alertIds = [...new Set(chosen.flatMap((host) => host.alertIds))];
      const values = { alertIds: alertIds.slice(0, LIMITS.alertsPerAction), ...given };
      const end = await send(
        target,
        values,
        selected.length === 1 ? selected[0]!.shown : undefined
      );
      if (end === undefined || !isMounted.current) return;
      if (!('hosts' in end)) {
        setProblem(end);
        return;
      }
      const ends = selected.flatMap(({ host, status }) => {
        const result = resultFor(host, isStatus(status) ? status : undefined, end);
        return result === undefined
          ? []
          : [[host.key, { actionId: end.actionId, result }] as const];
      });
      setResults((before) => new Map([...before, ...ends]));
      // These hosts were protected after the flyout opened, so the user has not chosen to override the protection.
      const newlyProtected = ends.filter(([, { result }]) => protectionIn(result) !== undefined);
      choices.clear(newlyProtected.map(([key]) => key));
      // Set last, so that the answer is announced together with the results of the hosts.
      setProblem(undefined);
      setAnswer(end);
    },
  };
}
