import { type FC, type PropsWithChildren, useEffect, useRef } from 'react';
import {
  EuiButton,
  EuiCallOut,
  EuiLoadingSpinner,
  EuiSpacer,
  EuiText,
  EuiEmptyPrompt,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Problem } from '../lib/describe_error';

/** Shown instead of a list on a page behind its last entry. */
export const EmptyPagePrompt: FC<{ readonly onFirstPage: () => void }> = ({ onFirstPage }) => (
  <EuiEmptyPrompt
    iconType="document"
    title={
      <h2>
        {i18n.translate('sentineloneResponse.list.pageIsEmpty', {
          defaultMessage: 'This page is empty',
        })}
      </h2>
    }
    actions={
      <EuiButton onClick={onFirstPage}>
        {i18n.translate('sentineloneResponse.list.firstPage', {
          defaultMessage: 'Go to the first page',
        })}
      </EuiButton>
    }
  />
);

/**
 * A region at the top of a page or step for important messages. When `about` changes to a new value, the page scrolls
 * to the region, and it gets the focus. Renders nothing while `about` is undefined.
 */
export const Attention: FC<PropsWithChildren<{ readonly about: unknown }>> = ({
  about,
  children,
}) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (about === undefined) return;
    place.current?.focus({ preventScroll: true });
    // Scrolls so that the elements above it, such as the heading of a step, are visible too.
    place.current?.scrollIntoView?.({ block: 'center' });
  }, [about]);
  return about === undefined ? null : (
    <div ref={place} tabIndex={-1}>
      {children}
    </div>
  );
};

const reload = (): string =>
  i18n.translate('sentineloneResponse.problem.reload', { defaultMessage: 'Reload' });

/**
 * Shows what went wrong and what to do, with a button to read again. The button is never labelled "Try again", which is
 * the label of buttons that send an action again.
 */
export const ProblemCallout: FC<{
  readonly problem: Problem;
  readonly title: string;
  /** `danger` for an action that failed. */
  readonly color?: 'warning' | 'danger';
  readonly onRetry?: () => void;
  readonly isRetrying?: boolean;
  /** The data that the button reads again. */
  readonly retryLabel?: string;
}> = ({
  problem: { what, todo, errorText },
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
      {errorText === undefined || what.includes(errorText) ? null : (
        <p>
          <small>{errorText}</small>
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
          // If the button were disabled, the focus would move to the top of the page.
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
