import { type FC } from 'react';
import { EuiButton, EuiCallOut, EuiLoadingSpinner, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Problem } from './describe_error';

/** Says what went wrong and what to do, and offers to try again. */
export const ProblemCallout: FC<{
  readonly problem: Problem;
  readonly title: string;
  readonly onRetry?: () => void;
  readonly isRetrying?: boolean;
}> = ({ problem: { what, todo, said }, title, onRetry, isRetrying = false }) => (
  <EuiCallOut color="warning" iconType="warning" title={title} size="s" role="alert">
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
          color="warning"
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
          {i18n.translate('sentineloneResponse.problem.retry', { defaultMessage: 'Try again' })}
        </EuiButton>
      </>
    )}
  </EuiCallOut>
);
