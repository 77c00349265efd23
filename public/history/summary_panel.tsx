import { type FC } from 'react';
import { EuiFlexGroup, EuiFlexItem, EuiPanel, EuiSkeletonText, EuiStat } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ProblemCallout } from '../api/problem_callout';
import { ActionsChart } from './actions_chart';
import { totalsOf } from './chart_days';
import { durationText } from './history_texts';
import type { Summary } from './use_history';

const title = (): string =>
  i18n.translate('sentineloneResponse.history.summary', { defaultMessage: 'Summary' });

const Stat: FC<{ readonly value: string; readonly label: string }> = ({ value, label }) => (
  <EuiStat title={value} description={label} titleSize="s" reverse />
);

/** How much was done in the time that is shown, and how fast; nothing where nothing was. */
export const SummaryPanel: FC<{ readonly summary: Summary }> = ({
  summary: { summary, problem, timeZone, isFetching, refresh },
}) => {
  if (problem !== undefined) {
    return (
      <ProblemCallout
        problem={problem}
        title={i18n.translate('sentineloneResponse.history.summaryUnavailable', {
          defaultMessage: 'The summary cannot be shown',
        })}
        onRetry={refresh}
        isRetrying={isFetching}
      />
    );
  }
  if (summary === undefined) return <EuiSkeletonText lines={4} />;
  if (summary.days.length === 0) return null;
  const { isolate, release } = totalsOf(summary.days);
  const { medianTimeToIsolateMs: median, isolations } = summary;
  return (
    <EuiPanel hasBorder hasShadow={false} paddingSize="m" role="region" aria-label={title()}>
      <EuiFlexGroup gutterSize="l" alignItems="center" wrap>
        <EuiFlexItem grow={false}>
          <EuiFlexGroup gutterSize="l" responsive={false} wrap>
            <EuiFlexItem grow={false}>
              <Stat
                value={String(isolate)}
                label={i18n.translate('sentineloneResponse.history.isolations', {
                  defaultMessage: 'Isolations asked for',
                })}
              />
            </EuiFlexItem>
            <EuiFlexItem grow={false}>
              <Stat
                value={String(release)}
                label={i18n.translate('sentineloneResponse.history.releases', {
                  defaultMessage: 'Releases asked for',
                })}
              />
            </EuiFlexItem>
            <EuiFlexItem grow={false}>
              <Stat
                value={median === null ? '—' : durationText(median)}
                label={
                  median === null
                    ? i18n.translate('sentineloneResponse.history.noMedian', {
                        defaultMessage: 'Median time to isolate: none confirmed',
                      })
                    : i18n.translate('sentineloneResponse.history.median', {
                        defaultMessage: 'Median time to isolate, of {isolations, number} confirmed',
                        values: { isolations },
                      })
                }
              />
            </EuiFlexItem>
          </EuiFlexGroup>
        </EuiFlexItem>
        <EuiFlexItem css={{ minWidth: 320 }}>
          <ActionsChart summary={summary} timeZone={timeZone} />
        </EuiFlexItem>
      </EuiFlexGroup>
    </EuiPanel>
  );
};
