import { type FC } from 'react';
import { EuiButton, EuiEmptyPrompt } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID } from '../../../common/lib/constants';
import { EmptyPagePrompt } from '../../components/problem_callout';
import { useServices } from '../../lib/services';
import { ALL_TIME } from '../../lib/time_range';
import {
  DEFAULT_STATE,
  isFiltered,
  NO_FILTER,
  type HistoryState,
} from '../../action_history/history_state';

export interface EmptyHistoryProps {
  readonly state: HistoryState;
  /** The number of matching actions, on all pages. */
  readonly total: number;
  readonly onChange: (change: Partial<HistoryState>) => void;
}

const AlertsButton: FC = () => {
  const { application } = useServices().core;
  return (
    <EuiButton onClick={() => void application.navigateToApp(PLUGIN_ID, { path: '/' })}>
      {i18n.translate('sentineloneResponse.history.goToAlerts', { defaultMessage: 'Go to Alerts' })}
    </EuiButton>
  );
};

/** Explains why the list is empty, and what to do. */
export const EmptyHistory: FC<EmptyHistoryProps> = ({ state, total, onChange }) => {
  if (total > 0) return <EmptyPagePrompt onFirstPage={() => onChange({ page: 1 })} />;
  if (isFiltered(state)) {
    return (
      <EuiEmptyPrompt
        iconType="search"
        title={
          <h2>
            {i18n.translate('sentineloneResponse.history.noMatch', {
              defaultMessage: 'No actions match',
            })}
          </h2>
        }
        body={i18n.translate('sentineloneResponse.history.noMatchBody', {
          defaultMessage: 'No action in this time range matches the search and filters.',
        })}
        actions={[
          <EuiButton key="clear" fill onClick={() => onChange({ ...NO_FILTER, page: 1 })}>
            {i18n.translate('sentineloneResponse.history.clear', {
              defaultMessage: 'Clear search and filters',
            })}
          </EuiButton>,
          ...(state.from === ALL_TIME ? [] : [<AllTimeButton key="time" onChange={onChange} />]),
        ]}
      />
    );
  }
  if (state.from !== ALL_TIME) {
    return (
      <EuiEmptyPrompt
        iconType="clock"
        title={
          <h2>
            {i18n.translate('sentineloneResponse.history.noneInRange', {
              defaultMessage: 'No actions in this time range',
            })}
          </h2>
        }
        actions={[<AllTimeButton key="time" onChange={onChange} />, <AlertsButton key="alerts" />]}
      />
    );
  }
  return (
    <EuiEmptyPrompt
      iconType="lock"
      title={
        <h2>
          {i18n.translate('sentineloneResponse.history.none', {
            defaultMessage: 'No actions yet',
          })}
        </h2>
      }
      body={i18n.translate('sentineloneResponse.history.noneBody', {
        defaultMessage:
          'Open an alert and select Take action > Isolate host. Every attempt appears here with its user, comment, and result.',
      })}
      actions={<AlertsButton />}
    />
  );
};

const AllTimeButton: FC<Pick<EmptyHistoryProps, 'onChange'>> = ({ onChange }) => (
  <EuiButton onClick={() => onChange({ from: ALL_TIME, to: DEFAULT_STATE.to, page: 1 })}>
    {i18n.translate('sentineloneResponse.history.allTime', {
      defaultMessage: 'Show all time',
    })}
  </EuiButton>
);
