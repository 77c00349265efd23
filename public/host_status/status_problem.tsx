import { type FC } from 'react';
import { EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ProblemCallout } from '../components/problem_callout';
import { useFormatTime } from '../lib/format_date';
import { Alternatives, refreshStatusLabel, SlowAnswer } from './slow_answer';
import type { LiveStatus } from './use_hosts_status';

/** Why there is no newer status, how old the last one is, and how to refresh it. */
export type StatusSource = Pick<
  LiveStatus,
  'problem' | 'asOf' | 'isFetching' | 'isWaiting' | 'refresh'
>;

const notAvailable = (): string =>
  i18n.translate('sentineloneResponse.host.statusUnavailable', {
    defaultMessage: 'The network status is not available',
  });

/**
 * Reports that the statuses on the page are out of date or not available, or that SentinelOne is slow to answer. Renders
 * nothing while they are live. Render it while they are loading, too.
 */
export const StatusProblem: FC<{
  readonly source: StatusSource;
  /** The title when there is no status at all. */
  readonly title?: string;
  /** What the user can do without a status when SentinelOne is very slow, in one sentence. */
  readonly advice?: string;
  /** Buttons for it. */
  readonly offers?: readonly JSX.Element[];
}> = ({ source, title = notAvailable(), advice, offers = [] }) => {
  const { problem, asOf, isWaiting, refresh } = source;
  const formatTime = useFormatTime();
  if (problem === undefined) {
    return <SlowAnswer isWaiting={isWaiting} advice={advice} offers={offers} onRefresh={refresh} />;
  }
  // The offers stay after SentinelOne did not answer in time.
  const isOffered = asOf === undefined && problem.reason === 'timed_out';
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
        retryLabel={refreshStatusLabel()}
        onRetry={refresh}
        isRetrying={source.isFetching}
      />
      {isOffered ? <Alternatives advice={advice} offers={offers} /> : null}
      <EuiSpacer size="m" />
    </>
  );
};
