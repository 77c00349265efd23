import { useState, type FC } from 'react';
import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiSpacer,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import { useHistory } from 'react-router-dom';
import type { HistoryPage } from '../../common/api/history';
import { ownFailures } from '../../common/api/view';
import { listText } from '../../common/lib/text';
import { HISTORY_KEY } from '../action_history/recent_actions';
import { historyPath } from '../action_history/history_state';
import { nameInText } from '../components/shown_name';
import { useServices } from '../lib/services';

/**
 * The failed actions that the user has seen in this browser. When the browser cannot store them, actions count as not
 * seen, and are shown again.
 */

const KEY = 'sentineloneResponse.lookedAtActions';
/** The maximum of actions that are stored; only the failed actions of the last hour are shown. */
const MAX_SEEN_ACTIONS = 200;

function read(storage: Storage): readonly string[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(value)
      ? value.filter((one): one is string => typeof one === 'string')
      : [];
  } catch {
    return [];
  }
}

const isMarkedAsSeen = (actionId: string, storage: Storage = window.localStorage): boolean =>
  read(storage).includes(actionId);

/** Stores that the user has seen the results of these actions. */
export function markAsSeen(
  actionIds: readonly string[],
  storage: Storage = window.localStorage
): void {
  const known = read(storage);
  const added = actionIds.filter((id) => !known.includes(id));
  if (added.length === 0) return;
  try {
    storage.setItem(KEY, JSON.stringify([...known, ...added].slice(-MAX_SEEN_ACTIONS)));
  } catch {
    // Private windows and full disks: the actions are shown again.
  }
}

const REFETCH_INTERVAL = 60_000;

/** The hosts for which the action failed. An action that the user withdrew by a later action is not a failure. */
const failedHosts = ({ hosts, actor }: HistoryPage['actions'][number]) =>
  hosts.filter(
    ({ outcome, supersededBy }) =>
      outcome === 'failed' &&
      (supersededBy === undefined || supersededBy.username !== actor.username)
  );

/** Shows the user's own actions that failed within the last hour and that they have not seen. */
export const OwnFailuresCallout: FC = () => {
  const { api } = useServices();
  const history = useHistory();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const { data } = useQuery<HistoryPage>({
    queryKey: [HISTORY_KEY, 'page', 'own failures'],
    queryFn: ({ signal }) => api.actions(ownFailures(Date.now()), signal),
    refetchInterval: REFETCH_INTERVAL,
    refetchIntervalInBackground: false,
  });
  const failed = (data?.actions ?? []).filter(
    (action) =>
      !dismissed.includes(action.actionId) &&
      !isMarkedAsSeen(action.actionId) &&
      failedHosts(action).length > 0
  );
  if (failed.length === 0) return null;
  const ids = failed.map(({ actionId }) => actionId);
  const names = failed.flatMap((action) =>
    failedHosts(action).map(({ name, agentId }) => name ?? agentId)
  );
  const dismiss = () => {
    markAsSeen(ids);
    setDismissed((before) => [...before, ...ids]);
  };
  return (
    <>
      <EuiCallOut
        color="danger"
        iconType="error"
        data-test-subj="sentineloneResponseOwnFailures"
        title={i18n.translate('sentineloneResponse.ownFailures.title', {
          defaultMessage:
            '{count, plural, one {Your action} other {# of your actions}} failed in the last hour: {names}',
          values: {
            count: failed.length,
            names: listText(names.flatMap((name) => (name === null ? [] : [nameInText(name)]))),
          },
        })}
      >
        <EuiFlexGroup gutterSize="s" responsive={false} wrap>
          <EuiFlexItem grow={false}>
            <EuiButton
              size="s"
              color="danger"
              onClick={() => {
                dismiss();
                history.push(
                  historyPath(
                    ids.length === 1 ? { actionId: ids[0] } : { status: 'failed', from: 'now-1h' }
                  )
                );
              }}
            >
              {i18n.translate('sentineloneResponse.ownFailures.show', {
                defaultMessage: 'Show in history',
              })}
            </EuiButton>
          </EuiFlexItem>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty size="s" color="danger" onClick={dismiss}>
              {i18n.translate('sentineloneResponse.ownFailures.dismiss', {
                defaultMessage: 'Dismiss',
              })}
            </EuiButtonEmpty>
          </EuiFlexItem>
        </EuiFlexGroup>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
