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
import { ACTIONS, DEFAULT_ACTION } from '../../common/actions/action_name';
import { isOverdue } from '../../common/actions/automatic_release';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { shortReason } from '../../common/actions/describe_reason';
import type { ReleaseChangeName } from '../../common/api/change_release';
import type { IsolatedHost } from '../../common/api/hosts';
import type { Agent } from '../../common/hosts/agent';
import { HISTORY_KEY } from '../action_history/recent_actions';
import { DateText } from '../components/date_text';
import { useReleaseTimes } from '../host_status/use_connection';
import { useServices } from '../lib/services';
import { ChangeReleaseModal, type ShownRelease } from './change_release_modal';
import { useMayEnd } from './release_time_field';

const KEY = 'sentineloneResponse.pendingRelease';
/** Milliseconds between two reads. */
const REFETCH_INTERVAL = 30_000;

/** The action that can end automatically. */
const TIMED_ACTION =
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

/** When the isolated host is released automatically, and how the user can change that. Nothing for other hosts. */
export const PendingRelease: FC<{ readonly agent: Agent | undefined }> = ({ agent }) => {
  const { api, queryClient } = useServices();
  const times = useReleaseTimes();
  const mayEnd = useMayEnd(TIMED_ACTION);
  const [opened, setOpened] = useState<{ change: ReleaseChangeName; release: ShownRelease }>();
  const agentId = agent?.id;
  const { data } = useQuery<Release | null>({
    queryKey: [KEY, agentId],
    // Without a host there is no query.
    queryFn: async ({ signal }) => {
      const { hosts } = await api.isolatedHosts({ agentId: agentId!, perPage: 1 }, signal);
      return hosts.find((host) => host.agent.id === agentId) ?? null;
    },
    enabled: agent !== undefined && agent.networkStatus !== 'connected',
    refetchInterval: REFETCH_INTERVAL,
    refetchIntervalInBackground: false,
  });
  const refresh = () => {
    void queryClient.invalidateQueries([KEY]);
    void queryClient.invalidateQueries([HISTORY_KEY]);
  };
  const { releaseAt, automaticRelease, releaseOf } = data ?? {};
  const isShown = agent !== undefined && agent.networkStatus !== 'connected';
  const host = agent?.computerName ?? agent?.id ?? '';
  const problem = automaticRelease?.problem;
  const open = (change: ReleaseChangeName) => {
    if (releaseAt === undefined || automaticRelease === undefined || releaseOf === undefined)
      return;
    const { version } = automaticRelease;
    const release = { actionId: releaseOf, action: TIMED_ACTION, version, releaseAt, host };
    setOpened({ change, release });
  };
  const canChange = mayEnd && releaseOf !== undefined && automaticRelease?.state === 'scheduled';
  return (
    <>
      {!isShown || releaseAt === undefined || automaticRelease === undefined ? null : (
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
            {canChange ? (
              <EuiFlexGroup gutterSize="s" responsive={false} wrap>
                <EuiFlexItem grow={false}>
                  <EuiButton
                    size="s"
                    onClick={() => open('changeRelease')}
                    aria-label={i18n.translate('sentineloneResponse.pendingRelease.changeLabel', {
                      defaultMessage: 'Change the automatic release of {host}',
                      values: { host },
                    })}
                  >
                    {i18n.translate('sentineloneResponse.pendingRelease.change', {
                      defaultMessage: 'Change',
                    })}
                  </EuiButton>
                </EuiFlexItem>
                <EuiFlexItem grow={false}>
                  <EuiButtonEmpty
                    size="s"
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
            ) : null}
          </EuiCallOut>
          <EuiSpacer size="s" />
        </>
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
