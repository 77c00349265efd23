import { type FC, type MouseEvent, type ReactNode, useState } from 'react';
import {
  EuiButton,
  EuiCallOut,
  EuiLoadingSpinner,
  EuiSpacer,
  EuiText,
  EuiLink,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useServices } from '../../lib/services';
import { unknownReason, type CheckState, type StepState } from './steps';
import { isModifiedClick } from '../../lib/kibana_link';
import type { ActionConnector } from '@kbn/triggers-actions-ui-plugin/public';
import { describeError } from '../../lib/describe_error';
import type { SetupApi } from './setup_api';
import { KibanaContextProvider } from '@kbn/kibana-react-plugin/public';

/**
 * The context that Kibana's own flyouts require: they read the user's capabilities, HTTP and toasts from it. Without it
 * they throw, and the page fails (8.12).
 */
export const KibanaProviders: FC<{ readonly children: ReactNode }> = ({ children }) => {
  const { core } = useServices();
  return <KibanaContextProvider services={{ ...core }}>{children}</KibanaContextProvider>;
};

/**
 * A connector's name, which opens Kibana's own flyout of it, because Kibana has no URL for a single connector (8.12).
 * For users without the privilege to see connectors, only the name.
 */
export const ConnectorLink: FC<{
  readonly connector: { readonly id: string; readonly name: string };
  readonly api: Pick<SetupApi, 'connector'>;
  readonly onUpdated: () => void;
  /** The content instead of the name. */
  readonly children?: string;
}> = ({ connector: { id, name }, api, onUpdated, children = name }) => {
  const { core, editConnectorFlyout } = useServices();
  const [open, setOpen] = useState<ActionConnector>();
  if (core.application.capabilities.actions?.show !== true) return <>{children}</>;
  const load = async () => {
    try {
      setOpen(await api.connector(id));
    } catch (error) {
      const { what, errorText } = describeError(error);
      core.notifications.toasts.addDanger({
        title: i18n.translate('sentineloneResponse.setup.connector.notOpened', {
          defaultMessage: 'The connector {name} could not be opened',
          values: { name },
        }),
        text: errorText ?? what,
      });
    }
  };
  return (
    <>
      <EuiLink onClick={() => void load()}>{children}</EuiLink>
      {open === undefined ? null : (
        <KibanaProviders>
          {editConnectorFlyout?.({
            connector: open,
            onClose: () => setOpen(undefined),
            onConnectorUpdated: () => {
              setOpen(undefined);
              onUpdated();
            },
          })}
        </KibanaProviders>
      )}
    </>
  );
};

const STATE_TEXTS: Readonly<Record<StepState, () => string>> = {
  checking: () =>
    i18n.translate('sentineloneResponse.setup.checking', { defaultMessage: 'Checking…' }),
  done: () => i18n.translate('sentineloneResponse.setup.done', { defaultMessage: 'Done' }),
  action_required: () =>
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
  unknown: () =>
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
        title={stateText(isForbidden ? 'not_allowed' : 'unknown')}
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
