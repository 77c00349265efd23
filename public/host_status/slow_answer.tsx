import { type FC, useEffect, useState } from 'react';
import { EuiButton, EuiCallOut, EuiFlexGroup, EuiFlexItem, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

/** Milliseconds of waiting after which the page reports that SentinelOne is slow. */
export const SLOW_AFTER = 3_000;
/** Milliseconds of waiting after which the page shows what the user can do without the answer. */
export const VERY_SLOW_AFTER = 10_000;

export type WaitStage = 'short' | 'slow' | 'very_slow';

/** How long the component has been waiting without interruption; `short` while it is not waiting. */
export function useWaitStage(isWaiting: boolean): WaitStage {
  const [stage, setStage] = useState<WaitStage>('short');
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timers = [
      setTimeout(() => setStage('slow'), SLOW_AFTER),
      setTimeout(() => setStage('very_slow'), VERY_SLOW_AFTER),
    ];
    return () => {
      timers.forEach(clearTimeout);
      setStage('short');
    };
  }, [isWaiting]);
  return isWaiting ? stage : 'short';
}

const slowTitle = (): string =>
  i18n.translate('sentineloneResponse.slowAnswer.title', {
    defaultMessage: 'SentinelOne is slow to answer',
  });

/** Label of buttons that read the status and send no command. */
export const refreshStatusLabel = (): string =>
  i18n.translate('sentineloneResponse.host.refreshStatus', { defaultMessage: 'Refresh status' });

/** What the user can do without an answer, and buttons for it. */
export const Alternatives: FC<{
  readonly advice: string | undefined;
  readonly offers: readonly JSX.Element[];
}> = ({ advice, offers }) => (
  <>
    {advice === undefined ? null : (
      <EuiText size="s">
        <p>{advice}</p>
      </EuiText>
    )}
    {offers.length === 0 ? null : (
      <>
        <EuiSpacer size="s" />
        <EuiFlexGroup gutterSize="s" responsive={false} wrap>
          {offers.map((offer) => (
            <EuiFlexItem key={offer.key} grow={false}>
              {offer}
            </EuiFlexItem>
          ))}
        </EuiFlexGroup>
      </>
    )}
  </>
);

/**
 * Reports after 3 s that SentinelOne is slow to answer, and offers after 10 s what the user can do without the answer.
 * Render it always: screen readers ignore a live region that appears together with its text.
 */
export const SlowAnswer: FC<{
  readonly isWaiting: boolean;
  /** What the user can do without the answer, in one sentence. */
  readonly advice?: string;
  /** Buttons for it. */
  readonly offers?: readonly JSX.Element[];
  /** Sends a new request, instead of waiting for the answer to the first one. */
  readonly onRefresh: () => void;
  readonly refreshLabel?: string;
}> = ({ isWaiting, advice, offers = [], onRefresh, refreshLabel = refreshStatusLabel() }) => {
  const stage = useWaitStage(isWaiting);
  return (
    <div role="status" aria-live="polite">
      {stage === 'short' ? null : (
        <>
          <EuiCallOut
            size="s"
            color="warning"
            iconType="clock"
            title={slowTitle()}
            data-test-subj="sentineloneResponseSlowAnswer"
          >
            {stage === 'slow' ? null : (
              <>
                <Alternatives
                  advice={advice}
                  offers={[
                    <EuiButton
                      key="refresh"
                      size="s"
                      color="warning"
                      iconType="refresh"
                      onClick={onRefresh}
                    >
                      {refreshLabel}
                    </EuiButton>,
                    ...offers,
                  ]}
                />
              </>
            )}
          </EuiCallOut>
          <EuiSpacer size="s" />
        </>
      )}
    </div>
  );
};
