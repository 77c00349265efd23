import { type FC, type MouseEvent, type ReactNode } from 'react';
import { EuiButton, EuiCallOut, EuiLoadingSpinner, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useServices } from '../../lib/services';
import { unknownReason, type CheckState, type StepState } from './steps';
import { isModifiedClick } from '../../lib/kibana_link';

const STATE_TEXTS: Readonly<Record<StepState, () => string>> = {
  checking: () =>
    i18n.translate('sentineloneResponse.setup.checking', { defaultMessage: 'Checking…' }),
  done: () => i18n.translate('sentineloneResponse.setup.done', { defaultMessage: 'Done' }),
  needs_you: () =>
    i18n.translate('sentineloneResponse.setup.needsYou', {
      defaultMessage: 'Action required',
    }),
  not_proven: () =>
    i18n.translate('sentineloneResponse.setup.notProven', {
      defaultMessage: 'Not proven yet',
    }),
  not_allowed: () =>
    i18n.translate('sentineloneResponse.setup.notAllowed', {
      defaultMessage: 'Missing privilege',
    }),
  cannot_check: () =>
    i18n.translate('sentineloneResponse.setup.cannotCheck', {
      defaultMessage: 'Unknown',
    }),
};

/** The labels of the states of a step. */
export const stateText = (state: StepState): string => STATE_TEXTS[state]();

/** A text about a step. */
export const StepText: FC<{ readonly children: ReactNode }> = ({ children }) => (
  <EuiText size="s">
    <p>{children}</p>
  </EuiText>
);

/** A problem or hint, and what to do. */
export const Note: FC<{
  readonly title: string;
  readonly color?: 'warning' | 'danger' | 'primary' | 'success';
  readonly children?: ReactNode;
}> = ({ title, color = 'warning', children }) => (
  <>
    <EuiSpacer size="s" />
    <EuiCallOut size="s" color={color} title={title}>
      {children}
    </EuiCallOut>
  </>
);

/** Shows the result of a check, that it is loading, or why there is none. */
export function Answer<A>({
  asked,
  children,
}: {
  readonly asked: CheckState<A>;
  readonly children: (value: A) => ReactNode;
}) {
  if (asked === undefined) {
    return <EuiLoadingSpinner size="m" aria-label={stateText('checking')} />;
  }
  if (asked.state === 'unknown') {
    const isForbidden = asked.missing !== undefined;
    return (
      <Note
        color={isForbidden ? 'primary' : 'warning'}
        title={stateText(isForbidden ? 'not_allowed' : 'cannot_check')}
      >
        <StepText>{unknownReason(asked)}</StepText>
      </Note>
    );
  }
  return <>{children(asked.value)}</>;
}

/** A link to another app of Kibana, or to another page of the plugin, that looks like a button. */
export const AppButton: FC<{
  readonly app: string;
  readonly path: string;
  readonly children: ReactNode;
  readonly fill?: boolean;
}> = ({ app, path, children, fill = false }) => {
  const { application } = useServices().core;
  return (
    <EuiButton
      size="s"
      fill={fill}
      href={application.getUrlForApp(app, { path })}
      onClick={(event: MouseEvent) => {
        if (isModifiedClick(event)) return;
        event.preventDefault();
        void application.navigateToApp(app, { path });
      }}
    >
      {children}
    </EuiButton>
  );
};
