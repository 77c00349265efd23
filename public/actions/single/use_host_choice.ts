import { useState } from 'react';
import { i18n } from '@kbn/i18n';
import { foundAgent, type AgentReference, type HostStatus } from '../../../common/hosts/agent';
import { isSameHostName } from '../../../common/hosts/host_name';
import type { ShownStatus } from '../../host_status/network_status';
import { referenceKey } from '../../host_status/host_statuses';
import { useHostsStatus, type LiveStatus } from '../../host_status/use_hosts_status';
import type { WithoutAgent } from '../available_action';
import { namesOf } from '../../../common/hosts/host_identity';
import { referencesOf, type HostSubject } from '../../host_status/host_subject';

/** One of the hosts of an alert with several hosts. */
export interface HostOption {
  readonly key: string;
  readonly subject: HostSubject;
  /** SentinelOne's answer about the host; undefined while it is loading. */
  readonly status: HostStatus | undefined;
  readonly shown: ShownStatus | undefined;
}

export interface HostChoice {
  readonly options: readonly HostOption[];
  readonly chosen: HostOption | undefined;
  /** Names in the alert that none of these hosts has; empty until SentinelOne has answered for all. */
  readonly otherNames: readonly string[];
  readonly live: LiveStatus;
  choose(key: string): void;
}

/** Reports that the user has to choose a host before an action. */
export const chooseHostFirst = (): string =>
  i18n.translate('sentineloneResponse.choice.first', {
    defaultMessage: 'This alert contains several hosts. Choose one first.',
  });

/** The same, as the reason why there is no host for actions. */
export const hostNotChosen = (): WithoutAgent => ({ text: chooseHostFirst(), needsChoice: true });

const NOTHING: readonly HostSubject[] = [];

/** Merges a host that is identified by UUID and one that is identified by id if they are the same agent. */
function optionsOf(subjects: readonly HostSubject[], { hosts, shown }: LiveStatus) {
  const options = new Map<string, HostOption>();
  subjects.forEach((subject, n) => {
    const status = hosts?.[n];
    const key = referenceKey(subject);
    const agentKey = foundAgent(status)?.id ?? key;
    const known = options.get(agentKey);
    options.set(
      agentKey,
      known === undefined
        ? { key, subject, status, shown: shown?.[n] }
        : { ...known, subject: { ...known.subject, ...subject } }
    );
  });
  return [...options.values()];
}

/**
 * The hosts of an alert with several hosts, and which of them the user has chosen; undefined if there is nothing to
 * choose. `initial` is the host that they have chosen elsewhere.
 */
export function useHostChoice(
  subjects: readonly HostSubject[] | undefined,
  initial?: AgentReference
): HostChoice | undefined {
  const [wanted, setWanted] = useState(initial);
  const live = useHostsStatus((subjects ?? NOTHING).flatMap(referencesOf));
  if (subjects === undefined) return undefined;
  const options = optionsOf(subjects, live);
  // Until SentinelOne has answered, one agent can be two options.
  const isChosen = ({ subject: { uuid, agentId } }: HostOption) =>
    (uuid !== undefined && uuid === wanted?.uuid) ||
    (agentId !== undefined && agentId === wanted?.agentId);
  const called = options.map(({ status }) => foundAgent(status)?.computerName ?? null);
  const names = [...new Set(subjects.flatMap(namesOf))];
  return {
    options,
    chosen: options.find(isChosen),
    otherNames: options.every(({ status }) => status !== undefined)
      ? names.filter((name) => !called.some((one) => isSameHostName(name, one)))
      : [],
    live,
    choose: (key) => setWanted(options.find((option) => option.key === key)?.subject),
  };
}
