import { type FC } from 'react';
import { EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ProblemCallout } from '../api/problem_callout';
import { useFormatTime } from '../history/use_format_time';
import type { LiveStatus } from './use_hosts_status';

/** Why there is no newer status, how old the last one is, and how to ask again. */
export type StatusSource = Pick<LiveStatus, 'problem' | 'asOf' | 'isFetching' | 'refresh'>;

const notAvailable = (): string =>
  i18n.translate('sentineloneResponse.host.statusUnavailable', {
    defaultMessage: 'The network status is not available',
  });

/** Says that the statuses beside it are old, or that there are none; nothing while they are live. */
export const StatusProblem: FC<{
  readonly source: StatusSource;
  /** What is said when there is no status at all. */
  readonly title?: string;
}> = ({ source: { problem, asOf, isFetching, refresh }, title = notAvailable() }) => {
  const formatTime = useFormatTime();
  if (problem === undefined) return null;
  return (
    <>
      <ProblemCallout
        problem={problem}
        title={
          asOf === undefined
            ? title
            : i18n.translate('sentineloneResponse.host.statusOld', {
                defaultMessage: 'The network status may be out of date, as of {time}',
                values: { time: formatTime(asOf) },
              })
        }
        retryLabel={i18n.translate('sentineloneResponse.host.refreshStatus', {
          defaultMessage: 'Refresh status',
        })}
        onRetry={refresh}
        isRetrying={isFetching}
      />
      <EuiSpacer size="m" />
    </>
  );
};
