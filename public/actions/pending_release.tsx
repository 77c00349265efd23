import { useState, type FC } from 'react';
import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiSpacer,
  EuiText,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import { ACTIONS, DEFAULT_ACTION, type ActionName } from '../../common/actions/action_name';
import { isOverdue, type AutomaticRelease } from '../../common/actions/automatic_release';
import { ACTION_DEFINITIONS, changeSameProperty } from '../../common/actions/catalogue';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { RecordedOutcome } from '../../common/actions/record';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import type { HistoryPage } from '../../common/api/history';
import { shortReason } from '../../common/actions/describe_reason';
import type { ReleaseChangeName } from '../../common/api/change_release';
import type { IsolatedHost } from '../../common/api/hosts';
import type { Agent, AgentReference } from '../../common/hosts/agent';
import { RECENT } from '../action_history/host_history';
import { HISTORY_KEY } from '../action_history/recent_actions';
import { useHistoryPage } from '../action_history/use_history';
import { DateText, useMinuteTick } from '../components/date_text';
import { nameInText } from '../components/shown_name';
import { useReleaseTimes } from '../host_status/use_connection';
import { HOSTS_KEY } from '../lib/hosts_state';
import { useServices } from '../lib/services';
import { ChangeReleaseModal, type ShownRelease } from './change_release_modal';
import { useMayEnd } from './release_time_field';

const KEY = 'sentineloneResponse.pendingRelease';
/** Milliseconds between two reads. */
const REFETCH_INTERVAL = 30_000;

/** The action that can end automatically. */
export const TIMED_ACTION =
  ACTIONS.find((action) => ACTION_DEFINITIONS[action].canEndAutomatically) ?? DEFAULT_ACTION;

type Release = Pick<IsolatedHost, 'releaseAt' | 'automaticRelease' | 'releaseOf'>;

const titleOf = (release: Release): string => {
  if (release.automaticRelease?.state === 'releasing') {
    return i18n.translate('sentineloneResponse.pendingRelease.releasing', {
      defaultMessage: 'The automatic release is in progress. It was due',
    });
  }
  return isOverdue(release, Date.now())
    ? i18n.translate('sentineloneResponse.pendingRelease.overdue', {
        defaultMessage: 'The automatic release is overdue. It was due',
      })
    : i18n.translate('sentineloneResponse.pendingRelease.title', {
        defaultMessage: 'Released automatically',
      });
};

/** A pending automatic release, and the host or hosts that it is for, as a text. */
export interface ChangeableRelease {
  /** The action that it ends. */
  readonly actionId: string;
  readonly action: ActionName;
  readonly host: string;
  /** ISO 8601. */
  readonly releaseAt: string;
  readonly automaticRelease: AutomaticRelease;
}

/**
 * The buttons with which a user who may release changes or cancels a pending automatic release, with their dialog. Nothing
 * for other users, and once the release has begun. `isSmall` for cells of tables.
 */
export const ReleaseControls: FC<{
  readonly release: ChangeableRelease;
  readonly isSmall?: boolean;
}> = ({ release, isSmall = false }) => {
  const { queryClient } = useServices();
  const times = useReleaseTimes();
  const mayEnd = useMayEnd(release.action);
  const [opened, setOpened] = useState<{ change: ReleaseChangeName; release: ShownRelease }>();
  const { host, automaticRelease } = release;
  const open = (change: ReleaseChangeName) => {
    const { actionId, action, releaseAt } = release;
    const { version } = automaticRelease;
    setOpened({ change, release: { actionId, action, version, releaseAt, host } });
  };
  const refresh = () => {
    for (const key of [KEY, HISTORY_KEY, HOSTS_KEY]) void queryClient.invalidateQueries([key]);
  };
  const small = { size: 'xs', flush: 'both' } as const;
  const toChange = {
    onClick: () => open('changeRelease'),
    'aria-label': i18n.translate('sentineloneResponse.pendingRelease.changeLabel', {
      defaultMessage: 'Change the automatic release of {host}',
      values: { host },
    }),
    children: i18n.translate('sentineloneResponse.pendingRelease.change', {
      defaultMessage: 'Change',
    }),
  };
  return (
    <>
      {!mayEnd || automaticRelease.state !== 'scheduled' ? null : (
        <EuiFlexGroup gutterSize="s" responsive={false} wrap>
          <EuiFlexItem grow={false}>
            {isSmall ? (
              <EuiButtonEmpty {...small} {...toChange} />
            ) : (
              <EuiButton size="s" {...toChange} />
            )}
          </EuiFlexItem>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty
              {...(isSmall ? small : { size: 's' })}
              onClick={() => open('cancelRelease')}
              aria-label={i18n.translate('sentineloneResponse.pendingRelease.cancelLabel', {
                defaultMessage: 'Cancel the automatic release of {host}',
                values: { host },
              })}
            >
              {i18n.translate('sentineloneResponse.pendingRelease.cancel', {
                defaultMessage: 'Cancel',
              })}
            </EuiButtonEmpty>
          </EuiFlexItem>
        </EuiFlexGroup>
      )}
      {opened === undefined ? null : (
        <ChangeReleaseModal
          {...opened}
          times={times}
          onClose={() => setOpened(undefined)}
          onTried={refresh}
        />
      )}
    </>
  );
};

/** What the latest records of a host say of its pending automatic release. */
type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'pending'; readonly release: Release }
  /** The records that a list has do not tell. */
  | { readonly kind: 'unknown' };

/** Outcomes with which a request decides about the network status of a host. */
const DECIDES: ReadonlySet<RecordedOutcome> = new Set([
  'done',
  'requested',
  'pending',
  'unchanged',
]);

/**
 * The pending automatic release of an isolated agent by its latest records in this space, newest first: the last request
 * that had an effect on the host decides.
 */
export function releaseIn(
  { actions, total }: HistoryPage,
  { id, isIsolatedOutside }: Pick<Agent, 'id' | 'isIsolatedOutside'>
): Found {
  for (const record of actions) {
    const { action, actionId, releaseAt, automaticRelease, endsAction } = record;
    // The release that a time caused: the record of the isolation says how it stands.
    if (!changeSameProperty(action, TIMED_ACTION) || endsAction !== undefined) continue;
    const host = record.hosts.find((one) => one.agentId === id);
    if (host === undefined) return { kind: 'unknown' };
    const { outcome, reason } = host;
    if (outcome === 'failed' && (reason === undefined || REASON_CATALOG[reason].sent !== 'no')) {
      return { kind: 'unknown' };
    }
    if (!DECIDES.has(outcome)) continue;
    const state = automaticRelease?.state;
    return releaseAt != null &&
      (state === 'scheduled' || state === 'releasing') &&
      isCoveredByRelease(host)
      ? { kind: 'pending', release: { releaseAt, automaticRelease, releaseOf: actionId } }
      : { kind: 'none' };
  }
  // Without a record here, it was isolated outside Kibana or from another space.
  return total === actions.length && isIsolatedOutside ? { kind: 'none' } : { kind: 'unknown' };
}

/**
 * The pending automatic release of an isolated host: by the records that its history shows anyway. Only if these do not
 * tell, Kibana is asked for the host among all isolated hosts, which costs a request to SentinelOne.
 */
function usePendingRelease(
  agent: Agent | undefined,
  { agentId, uuid }: AgentReference
): Release | undefined {
  const { api } = useServices();
  const isIsolated = agent !== undefined && agent.networkStatus !== 'connected';
  const host = agentId ?? uuid;
  const { page, problem } = useHistoryPage(
    { ...RECENT, host },
    { enabled: isIsolated && host !== undefined }
  );
  const found: Found | undefined =
    agent === undefined || page === undefined ? undefined : releaseIn(page, agent);
  const isAsked =
    isIsolated &&
    (host === undefined || found?.kind === 'unknown' || (page === undefined && !!problem));
  const { data } = useQuery<Release | null>({
    queryKey: [KEY, agent?.id],
    // Without a host there is no query.
    queryFn: async ({ signal }) => {
      const { hosts } = await api.isolatedHosts({ agentId: agent!.id, perPage: 1 }, signal);
      return hosts.find((one) => one.agent.id === agent!.id) ?? null;
    },
    enabled: isAsked,
    refetchInterval: REFETCH_INTERVAL,
    refetchIntervalInBackground: false,
  });
  if (!isIsolated) return undefined;
  if (isAsked) return data ?? undefined;
  return found?.kind === 'pending' ? found.release : undefined;
}

/** When the isolated host is released automatically, and how the user can change that. Nothing for other hosts. */
export const PendingRelease: FC<{
  readonly agent: Agent | undefined;
  /** By what the page knows the host. */
  readonly subject: AgentReference;
}> = ({ agent, subject }) => {
  const release = usePendingRelease(agent, subject) ?? {};
  const { releaseAt, automaticRelease, releaseOf } = release;
  const problem = automaticRelease?.problem;
  // Becomes overdue while the page is open.
  useMinuteTick(releaseAt !== undefined);
  if (agent === undefined || releaseAt === undefined || automaticRelease === undefined) return null;
  return (
    <>
      <EuiCallOut
        size="s"
        color={isOverdue(release, Date.now()) ? 'warning' : 'primary'}
        iconType="clock"
        data-test-subj="sentineloneResponsePendingRelease"
        title={
          <>
            {titleOf(release)} <DateText iso={releaseAt} />
          </>
        }
      >
        {problem == null ? null : (
          <>
            <EuiText size="s">
              <p>{problem.detail ?? shortReason(problem.reason)}</p>
            </EuiText>
            <EuiSpacer size="s" />
          </>
        )}
        {releaseOf === undefined ? null : (
          <ReleaseControls
            release={{
              ...{ actionId: releaseOf, action: TIMED_ACTION, releaseAt, automaticRelease },
              host: nameInText(agent.computerName ?? agent.id),
            }}
          />
        )}
      </EuiCallOut>
      <EuiSpacer size="s" />
    </>
  );
};
