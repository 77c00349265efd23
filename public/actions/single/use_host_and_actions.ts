import { useState } from 'react';
import { ACTION_DEFINITIONS, forEachAction } from '../../../common/actions/catalogue';
import type { AgentReference, HostStatus } from '../../../common/hosts/agent';
import type { HostProperty } from '../../../common/hosts/host_property';
import type { ActionAnswer } from '../../../common/api/cases';
import { PLUGIN_ID, UI_CAPABILITY } from '../../../common/lib/constants';
import type { ActionName } from '../../../common/actions/action_name';
import type { ShownStatus } from '../../host_status/network_status';
import { useConnection } from '../../host_status/use_connection';
import { useHostsStatus, type LiveStatus } from '../../host_status/use_hosts_status';
import { useServices } from '../../lib/services';
import { availableActions, type AvailableAction, type MissingAgent } from '../available_action';
import type { LastAction } from '../progress_message';
import { referencesOf, type HostSubject } from '../../host_status/host_subject';
import { onlyNameText, unusableText } from './unusable_agent';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import type { AlertDetails } from '../../../common/hosts/alert';
import { describeError, type Problem } from '../../lib/describe_error';
import { useLastError } from '../../lib/use_last_error';

export interface ReadAlert extends Pick<
  UseQueryResult<AlertDetails>,
  'data' | 'isFetching' | 'refetch'
> {
  readonly error: unknown;
}

/** Reads one alert. Sends no request without an id. */
export function useAlert(alertId: string | undefined): ReadAlert {
  const { api } = useServices();
  const queryKey = ['sentineloneResponse.alert', alertId];
  const query = useQuery<AlertDetails>({
    queryKey,
    queryFn: ({ signal }) => api.alert(alertId ?? '', signal),
    enabled: alertId !== undefined,
    staleTime: 30_000,
  });
  const { data, isFetching, refetch } = query;
  return { data, isFetching, refetch, error: useLastError(queryKey, query) };
}

/** Whether Kibana answered that the alert does not exist in this space. */
export const isMissing = (error: unknown): boolean => describeError(error).status === 404;

/** Explains how an action from an alert that does not exist is recorded. */
export const recordedWithout = (): string =>
  i18n.translate('sentineloneResponse.flyout.recordedWithout', {
    defaultMessage:
      'There is no such alert in this space. The action is recorded for the host, without the alert.',
  });

/** Why an alert could not be loaded. */
export const problemOfAlert = (error: unknown): Problem => {
  const problem = describeError(error);
  if (!isMissing(error)) return problem;
  return {
    status: 404,
    what: i18n.translate('sentineloneResponse.flyout.notFound.what', {
      defaultMessage: 'There is no such alert in this space.',
    }),
    todo: i18n.translate('sentineloneResponse.flyout.notFound.todo', {
      defaultMessage: 'It may have been deleted, or the link belongs to another space.',
    }),
  };
};

export interface HostAndActions {
  readonly live: LiveStatus;
  readonly status: HostStatus | undefined;
  /** The network status to show. */
  readonly shown: ShownStatus | undefined;
  /** The status of a property to show. */
  readonly shownOn: (property: HostProperty) => ShownStatus | undefined;
  /** The user's privileges for actions. */
  readonly may: Readonly<Record<ActionName, boolean>>;
  /** The action for each property of the host. */
  readonly available: readonly [AvailableAction, ...AvailableAction[]];
  readonly last: LastAction | undefined;
  /** Stores an action that succeeded; `before` is the status that was shown when the user confirmed it. */
  noteAction(action: ActionName, answer: ActionAnswer, before?: ShownStatus): void;
}

/** Compares two references to agents; one of them may contain more ids. */
const isSameAgent = (one: AgentReference, other: AgentReference): boolean =>
  one.agentId !== undefined && other.agentId !== undefined
    ? one.agentId === other.agentId
    : one.uuid === other.uuid;

/**
 * One host on a page: its live status, the available actions and the last action. `withoutAgent` explains why there is no
 * host for actions.
 */
export function useHostAndActions(
  subject: HostSubject,
  withoutAgent?: MissingAgent
): HostAndActions {
  const { core } = useServices();
  const references = referencesOf(subject);
  const [done, setDone] = useState<{ readonly to: AgentReference; readonly last: LastAction }>();
  // The last action is not shown with another host or agent that the user has chosen since.
  const last = done !== undefined && isSameAgent(done.to, subject) ? done.last : undefined;
  const live = useHostsStatus(references);
  const connection = useConnection();
  const status = live.hosts?.[0];
  const shown = live.shown?.[0];
  const shownOn = (property: HostProperty) => live.shownOn(property)[0];

  const capabilities = core.application.capabilities[PLUGIN_ID] ?? {};
  const may = forEachAction(
    (action) => capabilities[ACTION_DEFINITIONS[action].privilege.capability] === true
  );
  const text = unusableText(subject) ?? onlyNameText(subject);
  const available = availableActions({
    may,
    mayOverride: capabilities[UI_CAPABILITY.override] === true,
    namesAgent: references.length > 0,
    withoutAgent: withoutAgent ?? (text === undefined ? undefined : { text }),
    connection,
    status: status ?? live.problem,
    shownOn,
  });
  return {
    live,
    status,
    shown,
    shownOn,
    may,
    available,
    last,
    noteAction(action, answer, before) {
      const [result] = answer.hosts;
      if (result !== undefined) setDone({ to: subject, last: { action, result, answer, before } });
    },
  };
}
