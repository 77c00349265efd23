import { type FC } from 'react';
import { EuiButton, EuiCallOut, EuiLoadingSpinner, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Problem } from '../lib/describe_error';

const reload = (): string =>
  i18n.translate('sentineloneResponse.problem.reload', { defaultMessage: 'Reload' });

/**
 * Says what went wrong and what to do, and offers to read again. Its button never says "Try again": that is the
 * label of buttons that send an action again.
 */
export const ProblemCallout: FC<{
  readonly problem: Problem;
  readonly title: string;
  /** `danger` for an action that failed. */
  readonly color?: 'warning' | 'danger';
  readonly onRetry?: () => void;
  readonly isRetrying?: boolean;
  /** What is read again. */
  readonly retryLabel?: string;
}> = ({
  problem: { what, todo, said },
  title,
  color = 'warning',
  onRetry,
  isRetrying = false,
  retryLabel = reload(),
}) => (
  <EuiCallOut color={color} iconType="warning" title={title} size="s" role="alert">
    <EuiText size="s">
      <p>
        {what} {todo}
      </p>
      {said === undefined || what.includes(said) ? null : (
        <p>
          <small>{said}</small>
        </p>
      )}
    </EuiText>
    {onRetry === undefined ? null : (
      <>
        <EuiSpacer size="s" />
        <EuiButton
          size="s"
          color={color}
          iconType={isRetrying ? undefined : 'refresh'}
          // A button that is disabled loses the focus to the top of the page.
          aria-disabled={isRetrying}
          onClick={() => {
            if (!isRetrying) onRetry();
          }}
        >
          {isRetrying ? (
            <>
              <EuiLoadingSpinner
                size="s"
                aria-hidden="true"
                css={{ verticalAlign: 'middle' }}
              />{' '}
            </>
          ) : null}
          {retryLabel}
        </EuiButton>
      </>
    )}
  </EuiCallOut>
);
