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
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { shortReason } from '../../common/actions/describe_reason';
import type { ReleaseChangeName } from '../../common/api/change_release';
import type { IsolatedHost } from '../../common/api/hosts';
import type { Agent } from '../../common/hosts/agent';
import { HISTORY_KEY } from '../action_history/recent_actions';
import { DateText } from '../components/date_text';
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

/** When the isolated host is released automatically, and how the user can change that. Nothing for other hosts. */
export const PendingRelease: FC<{ readonly agent: Agent | undefined }> = ({ agent }) => {
  const { api } = useServices();
  const agentId = agent?.id;
  const isShown = agent !== undefined && agent.networkStatus !== 'connected';
  const { data } = useQuery<Release | null>({
    queryKey: [KEY, agentId],
    // Without a host there is no query.
    queryFn: async ({ signal }) => {
      const { hosts } = await api.isolatedHosts({ agentId: agentId!, perPage: 1 }, signal);
      return hosts.find((host) => host.agent.id === agentId) ?? null;
    },
    enabled: isShown,
    refetchInterval: REFETCH_INTERVAL,
    refetchIntervalInBackground: false,
  });
  const { releaseAt, automaticRelease, releaseOf } = data ?? {};
  const problem = automaticRelease?.problem;
  if (!isShown || releaseAt === undefined || automaticRelease === undefined) return null;
  return (
    <>
      <EuiCallOut
        size="s"
        color={isOverdue(data ?? {}, Date.now()) ? 'warning' : 'primary'}
        iconType="clock"
        data-test-subj="sentineloneResponsePendingRelease"
        title={
          <>
            {titleOf(data ?? {})} <DateText iso={releaseAt} />
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
