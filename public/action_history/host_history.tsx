import { useEffect, useRef, useState, type FC } from 'react';
import { EuiFlexGroup, EuiFlexItem, EuiSkeletonText, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { AgentReference } from '../../common/hosts/agent';
import { RECENT_ACTIONS } from '../../common/api/view';
import { summaryIn, type ListedRecord } from '../../common/actions/record_summary';
import { DetailsList } from '../components/details_list';
import { ExpandableText } from '../components/expandable_text';
import { ProblemCallout } from '../components/problem_callout';
import { DateText } from '../components/date_text';
import { ActionBadge } from './actions_table';
import { ActorText } from './actor_text';
import { AppLink } from './alert_links';
import { ReleaseWithChanges } from './automatic_release_details';
import { ALL_TIME } from '../lib/time_range';
import { DEFAULT_STATE, historyPath, type HistoryState } from './history_state';
import { durationText, hostResultText } from './history_texts';
import { ActionOutcome, OutcomeBadge } from './outcome_badge';
import { shownOf } from '../host_status/host_statuses';
import { isPending, type ShownStatus } from '../host_status/network_status';
import { useKnownStatuses } from '../host_status/status_store';
import { useFormatTime } from '../lib/format_date';
import { useHistoryPage, type LiveHistory } from './use_history';

const SHOWN = RECENT_ACTIONS.perPage;
/** The filter of the latest actions on a host; `host` is its agent id, or else its UUID. */
export const RECENT: HistoryState = { ...DEFAULT_STATE, ...RECENT_ACTIONS, from: ALL_TIME };

/** The latest actions of all lists, each once, as the first list contains it. */
export function latestOf(
  ...lists: ReadonlyArray<readonly ListedRecord[]>
): readonly ListedRecord[] {
  const bySortKey = new Map(
    lists
      .flat()
      .reverse()
      .map((record) => [record.sortKey, record])
  );
  return [...bySortKey.values()].sort((a, b) => (a.sortKey < b.sortKey ? 1 : -1)).slice(0, SHOWN);
}

const isOf =
  ({ uuid, agentId }: AgentReference) =>
  (host: { readonly uuid?: string | null; readonly agentId?: string | null }): boolean =>
    (agentId !== undefined && host.agentId === agentId) ||
    (uuid !== undefined && host.uuid === uuid);

/** The host's result of an action, or the results of all hosts if it is not among them. */
const partOf = (record: ListedRecord, subject: AgentReference) => {
  const hosts = record.hosts.filter(isOf(subject));
  if (hosts.length > 0) return { hosts };
  return { hosts: record.hosts, outcomes: summaryIn(record).outcomes };
};

const Entry: FC<{ readonly record: ListedRecord; readonly subject: AgentReference }> = ({
  record,
  subject,
}) => {
  const part = partOf(record, subject);
  const { hosts } = part;
  const [host] = hosts;
  const formatTime = useFormatTime();
  // With one host, its result is explained below.
  const isAlone = host !== undefined && hosts.length === 1 && record.refusedRequest === undefined;
  return (
    <li css={{ padding: '8px 0', overflowWrap: 'anywhere' }}>
      <EuiFlexGroup gutterSize="s" responsive={false} wrap alignItems="center">
        <EuiFlexItem grow={false}>
          <ActionBadge action={record.action} />
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiText size="s">
            <ActorText actor={record.actor} />
          </EuiText>
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiText size="s" color="subdued">
            <DateText iso={record.requestedAt} />
          </EuiText>
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          {isAlone ? <OutcomeBadge outcome={host.outcome} /> : <ActionOutcome {...part} />}
        </EuiFlexItem>
        {record.tookMs === undefined ? null : (
          <EuiFlexItem grow={false}>
            <EuiText size="xs" color="subdued">
              {i18n.translate('sentineloneResponse.history.after', {
                defaultMessage: 'after {duration}',
                values: { duration: durationText(record.tookMs) },
              })}
            </EuiText>
          </EuiFlexItem>
        )}
      </EuiFlexGroup>
      <EuiText size="s">
        <ExpandableText text={record.comment} />
      </EuiText>
      <ReleaseWithChanges record={record} />
      {!isAlone || (host.reason === undefined && host.supersededBy === undefined) ? null : (
        <EuiText size="xs" color="subdued">
          <p>{hostResultText(record.action, host, formatTime)}</p>
        </EuiText>
      )}
    </li>
  );
};

/**
 * When the shown status of the host changed, and whether it is changing, because an action may have been requested
 * elsewhere.
 */
function useStatusChange(subject: AgentReference) {
  const { shown } = useKnownStatuses((known) => ({ shown: shownOf(known, subject) }));
  const last = useRef<ShownStatus>();
  const [changedAt, setChangedAt] = useState<number>();
  useEffect(() => {
    if (last.current !== undefined && shown !== last.current) setChangedAt(Date.now());
    last.current = shown;
  }, [shown]);
  return { changedAt, isChanging: isPending(shown) };
}

const problemIn = (lists: readonly LiveHistory[]) =>
  lists.find(({ problem }) => problem !== undefined);

/**
 * The latest actions on a host or from an alert, in the alert's flyout, with a link to all of them. Sends no request
 * without a host and an alert.
 */
export const HostHistory: FC<{
  readonly subject: AgentReference;
  readonly alertId?: string;
}> = ({ subject, alertId }) => {
  const host = subject.agentId ?? subject.uuid;
  const change = useStatusChange(subject);
  const ofHost = useHistoryPage({ ...RECENT, host }, { enabled: host !== undefined, ...change });
  const fromAlert = useHistoryPage(
    { ...RECENT, alertId },
    { enabled: alertId !== undefined, ...change }
  );
  const asked = [
    ...(host === undefined ? [] : [ofHost]),
    ...(alertId === undefined ? [] : [fromAlert]),
  ];
  if (asked.length === 0) return null;

  const failed = problemIn(asked);
  const isKnown = asked.every(
    ({ page, recent }) => page !== undefined && recent?.hosts.some(isOf(subject)) !== true
  );
  const records = latestOf(...asked.map(({ page }) => page?.actions ?? []));
  const more = host === undefined ? historyPath({ alertId }) : historyPath({ host });
  return (
    <DetailsList
      title={i18n.translate('sentineloneResponse.hostHistory.title', { defaultMessage: 'History' })}
      facts={[]}
      aside={
        records.length === 0 ? null : (
          <EuiText size="s">
            <AppLink path={more}>
              {i18n.translate('sentineloneResponse.hostHistory.all', {
                defaultMessage: 'Show all in History',
              })}
            </AppLink>
          </EuiText>
        )
      }
    >
      {failed?.problem === undefined ? null : (
        <>
          <ProblemCallout
            problem={failed.problem}
            title={i18n.translate('sentineloneResponse.hostHistory.unavailable', {
              defaultMessage: 'The history of this host is not available',
            })}
            onRetry={() => asked.forEach(({ refresh }) => refresh())}
            isRetrying={asked.some(({ isFetching }) => isFetching)}
          />
          <EuiSpacer size="s" />
        </>
      )}
      {records.length > 0 ? (
        <ul
          aria-label={i18n.translate('sentineloneResponse.hostHistory.list', {
            defaultMessage: 'Latest actions on this host or from this alert',
          })}
        >
          {records.map((record) => (
            <Entry key={record.sortKey} record={record} subject={subject} />
          ))}
        </ul>
      ) : failed !== undefined ? null : isKnown ? (
        <EuiText size="s" color="subdued">
          <p>
            {i18n.translate('sentineloneResponse.hostHistory.none', {
              defaultMessage: 'No actions on this host are recorded in this space.',
            })}
          </p>
        </EuiText>
      ) : (
        <EuiSkeletonText lines={2} />
      )}
    </DetailsList>
  );
};
