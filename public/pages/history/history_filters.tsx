import { useEffect, useState, type FC, type ReactNode } from 'react';
import {
  EuiBadge,
  EuiComboBox,
  EuiFieldSearch,
  EuiFlexGroup,
  EuiFlexItem,
  EuiSelect,
  EuiSpacer,
  EuiSuperDatePicker,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { FormattedMessage } from '@kbn/i18n-react';
import { SLOW_ISOLATION_MS } from '../../../common/api/history';
import { DAY, HOUR, MINUTE, SECOND } from '../../../common/lib/constants';
import { ACTIONS } from '../../../common/actions/action_name';
import { RESULT_STATUSES } from '../../../common/actions/record_summary';
import { ComboBoxTexts } from '../../components/combo_box_texts';
import { useServices } from '../../lib/services';
import { AlertNameById } from '../../action_history/alert_links';
import type { HistoryState } from '../../action_history/history_state';
import { ALL_TIME } from '../../lib/time_range';
import { actionName, durationText, statusName } from '../../action_history/history_texts';

export interface HistoryFiltersProps {
  readonly state: HistoryState;
  /** The users with actions in the time range, for the filter. */
  readonly users: readonly string[];
  readonly onChange: (change: Partial<HistoryState>) => void;
}

const ranges = () => [
  {
    start: 'now/d',
    end: 'now/d',
    label: i18n.translate('sentineloneResponse.history.today', { defaultMessage: 'Today' }),
  },
  {
    start: 'now-24h',
    end: 'now',
    label: i18n.translate('sentineloneResponse.history.day', { defaultMessage: 'Last 24 hours' }),
  },
  {
    start: 'now-7d',
    end: 'now',
    label: i18n.translate('sentineloneResponse.history.week', { defaultMessage: 'Last 7 days' }),
  },
  {
    start: 'now-30d',
    end: 'now',
    label: i18n.translate('sentineloneResponse.history.month', { defaultMessage: 'Last 30 days' }),
  },
  {
    start: 'now-90d',
    end: 'now',
    label: i18n.translate('sentineloneResponse.history.quarter', {
      defaultMessage: 'Last 90 days',
    }),
  },
  {
    start: 'now-1y',
    end: 'now',
    label: i18n.translate('sentineloneResponse.history.year', { defaultMessage: 'Last year' }),
  },
  {
    start: ALL_TIME,
    end: 'now',
    label: i18n.translate('sentineloneResponse.history.always', { defaultMessage: 'All time' }),
  },
];

const any = (): string =>
  i18n.translate('sentineloneResponse.history.any', { defaultMessage: 'Any' });

/** The offered durations in ms. */
const LIMITS_OF_DURATION: readonly number[] = [
  10 * SECOND,
  MINUTE,
  SLOW_ISOLATION_MS,
  30 * MINUTE,
  HOUR,
  DAY,
];

/** The offered durations, and the one from the URL (ms) if it is a different one. */
const limitsWith = (chosen: number | undefined): readonly number[] =>
  [...new Set([...LIMITS_OF_DURATION, ...(chosen === undefined ? [] : [chosen])])].sort(
    (a, b) => a - b
  );

/** A text field that takes effect when Enter is pressed or when it is cleared. */
const TextFilter: FC<{
  readonly value: string | undefined;
  readonly label: string;
  readonly onSearch: (value: string | undefined) => void;
}> = ({ value = '', label, onSearch }) => {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <EuiFieldSearch
      fullWidth
      value={text}
      maxLength={256}
      placeholder={label}
      aria-label={label}
      onChange={({ target }) => setText(target.value)}
      onSearch={(next) => onSearch(next.trim() === '' ? undefined : next.trim())}
    />
  );
};

const Item: FC<{ readonly children: ReactNode; readonly width: number }> = ({
  children,
  width,
}) => (
  <EuiFlexItem grow={false} css={{ minWidth: width }}>
    {children}
  </EuiFlexItem>
);

/** The search and filters of the history. Every change leads to the first page. */
export const HistoryFilters: FC<HistoryFiltersProps> = ({ state, users, onChange }) => {
  const { core } = useServices();
  const {
    action,
    status,
    longerThanMs,
    user,
    host,
    hostPart,
    search,
    alertId,
    actionId,
    from,
    to,
  } = state;
  const change = (next: Partial<HistoryState>) => onChange({ ...next, page: 1 });
  const actionLabel = i18n.translate('sentineloneResponse.history.action', {
    defaultMessage: 'Action',
  });
  const outcomeLabel = i18n.translate('sentineloneResponse.history.outcome', {
    defaultMessage: 'Outcome',
  });
  const durationLabel = i18n.translate('sentineloneResponse.history.took', {
    defaultMessage: 'Duration',
  });
  const userLabel = i18n.translate('sentineloneResponse.history.user', { defaultMessage: 'User' });
  return (
    <>
      <EuiFlexGroup gutterSize="s" wrap>
        <EuiFlexItem css={{ minWidth: 260 }}>
          <TextFilter
            value={search}
            label={i18n.translate('sentineloneResponse.history.search', {
              defaultMessage: 'Search comment, host, user or id',
            })}
            onSearch={(value) => change({ search: value })}
          />
        </EuiFlexItem>
        <Item width={0}>
          <EuiSuperDatePicker
            start={from}
            end={to}
            dateFormat={core.uiSettings.get<string>('dateFormat')}
            commonlyUsedRanges={ranges()}
            showUpdateButton={false}
            width="auto"
            onTimeChange={({ start, end, isInvalid }) => {
              if (!isInvalid) change({ from: start, to: end });
            }}
          />
        </Item>
      </EuiFlexGroup>
      <EuiSpacer size="s" />
      <EuiFlexGroup gutterSize="s" wrap>
        <Item width={180}>
          <EuiSelect
            fullWidth
            prepend={actionLabel}
            aria-label={actionLabel}
            value={action ?? ''}
            options={[
              { value: '', text: any() },
              ...ACTIONS.map((value) => ({ value, text: actionName(value) })),
            ]}
            onChange={({ target }) =>
              change({ action: ACTIONS.find((one) => one === target.value) })
            }
          />
        </Item>
        <Item width={200}>
          <EuiSelect
            fullWidth
            prepend={outcomeLabel}
            aria-label={outcomeLabel}
            value={status ?? ''}
            options={[
              { value: '', text: any() },
              ...RESULT_STATUSES.map((value) => ({ value, text: statusName(value) })),
            ]}
            onChange={({ target }) =>
              change({ status: RESULT_STATUSES.find((one) => one === target.value) })
            }
          />
        </Item>
        <Item width={230}>
          <EuiSelect
            fullWidth
            prepend={durationLabel}
            aria-label={durationLabel}
            value={String(longerThanMs ?? '')}
            options={[
              { value: '', text: any() },
              ...limitsWith(longerThanMs).map((limit) => ({
                value: String(limit),
                text: i18n.translate('sentineloneResponse.history.longerThan', {
                  defaultMessage: 'Longer than {duration}',
                  values: { duration: durationText(limit) },
                }),
              })),
            ]}
            onChange={({ target }) => change({ longerThanMs: Number(target.value) || undefined })}
          />
        </Item>
        <Item width={240}>
          <ComboBoxTexts
            none={i18n.translate('sentineloneResponse.history.noUsers', {
              defaultMessage: 'No users in this time range',
            })}
          >
            <EuiComboBox<string>
              customOptionText={i18n.translate('sentineloneResponse.history.otherUser', {
                defaultMessage: 'Filter by {searchValue}',
                values: { searchValue: '{searchValue}' },
              })}
              fullWidth
              prepend={userLabel}
              aria-label={userLabel}
              placeholder={any()}
              singleSelection={{ asPlainText: true }}
              options={users.map((label) => ({ label }))}
              selectedOptions={user === undefined ? [] : [{ label: user }]}
              // The list contains only the users with the most actions.
              onCreateOption={(label) => change({ user: label.trim() || undefined })}
              onChange={([chosen]) => change({ user: chosen?.label })}
            />
          </ComboBoxTexts>
        </Item>
        <EuiFlexItem css={{ minWidth: 220 }}>
          <TextFilter
            value={hostPart ?? host}
            label={i18n.translate('sentineloneResponse.history.hostFilter', {
              defaultMessage: 'Host name, UUID or agent id',
            })}
            onSearch={(value) => change({ host: undefined, hostPart: value })}
          />
        </EuiFlexItem>
      </EuiFlexGroup>
      {alertId === undefined ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiBadge
            color="hollow"
            iconType="cross"
            iconSide="right"
            iconOnClick={() => change({ alertId: undefined })}
            iconOnClickAriaLabel={i18n.translate('sentineloneResponse.history.anyAlert', {
              defaultMessage: 'Show actions from any alert',
            })}
          >
            <FormattedMessage
              id="sentineloneResponse.history.fromAlert"
              defaultMessage="From alert: {alert}"
              values={{ alert: <AlertNameById alertId={alertId} /> }}
            />
          </EuiBadge>
        </>
      )}
      {actionId === undefined ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiBadge
            color="hollow"
            iconType="cross"
            iconSide="right"
            iconOnClick={() => change({ actionId: undefined })}
            iconOnClickAriaLabel={i18n.translate('sentineloneResponse.history.anyAction', {
              defaultMessage: 'Show all actions',
            })}
          >
            {i18n.translate('sentineloneResponse.history.oneAction', {
              defaultMessage: 'Only action {actionId}',
              values: { actionId },
            })}
          </EuiBadge>
        </>
      )}
    </>
  );
};
