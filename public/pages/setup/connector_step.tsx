import { useEffect, useState, type FC } from 'react';
import { EuiButton, EuiCodeBlock, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { CONNECTOR_TYPE_ID } from '../../../common/lib/constants';
import type { ConnectionCheck } from '../../../common/api/connector';
import type { ConnectorsFound, SetupStatus } from '../../../common/api/setup';
import { listText } from '../../../common/lib/text';
import { useServices } from '../../lib/services';
import { ConnectorLink, KibanaProviders, Answer, AppButton, Note, StepText } from './step_parts';
import type { SetupApi } from './setup_api';
import { unreachableCheck, type CheckState } from './steps';

/** How long (ms) to wait for the menu of types. */
const WAIT_LIMIT = 10_000;

/**
 * Kibana's flyout begins with a menu of all connector types, and has no parameter for the type (8.12: only for a
 * feature). So this function clicks the plugin's type in the menu once; if it is not found, the user chooses. Returns a
 * function that stops waiting.
 */
function chooseOurType(page: HTMLElement = document.body): () => void {
  const choose = () => {
    const card = page.querySelector<HTMLElement>(
      `[data-test-subj="create-connector-flyout"] [data-test-subj="${CONNECTOR_TYPE_ID}-card"]`
    );
    if (card === null) return;
    end();
    card.click();
  };
  const observer = new MutationObserver(choose);
  const timer = window.setTimeout(() => end(), WAIT_LIMIT);
  const end = () => {
    observer.disconnect();
    window.clearTimeout(timer);
  };
  observer.observe(page, { childList: true, subtree: true });
  choose();
  return end;
}

const CONNECTORS_PATH = '/insightsAndAlerting/triggersActionsConnectors/connectors';

/** The lines in kibana.yml that configure a connector if the license does not include creating one. */
const PRECONFIGURED = `xpack.actions.preconfigured:
  sentinelone:
    name: SentinelOne
    actionTypeId: ${CONNECTOR_TYPE_ID}
    config:
      url: https://example.sentinelone.net
    secrets:
      token: "<the connector's API token>"`;

const NoLicense: FC<{ readonly minimum: string }> = ({ minimum }) => (
  <Note
    title={i18n.translate('sentineloneResponse.setup.connector.license', {
      defaultMessage:
        'Your license does not include creating this connector. Required license: {minimum}',
      values: { minimum },
    })}
  >
    <StepText>
      {i18n.translate('sentineloneResponse.setup.connector.preconfigured', {
        defaultMessage:
          'Up to Kibana 8.14, you can add these lines to kibana.yml instead, with your tenant URL and token, and restart Kibana. From 8.15 on, connectors in kibana.yml require the same license.',
      })}
    </StepText>
    <EuiSpacer size="s" />
    <EuiCodeBlock isCopyable language="yaml" paddingSize="s" fontSize="s">
      {PRECONFIGURED}
    </EuiCodeBlock>
  </Note>
);

const CreateButton: FC<{ readonly onCreated: () => void }> = ({ onCreated }) => {
  const { addConnectorFlyout, core } = useServices();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => (isOpen ? chooseOurType() : undefined), [isOpen]);
  if (core.application.capabilities.actions?.save !== true) {
    return (
      <Note
        title={i18n.translate('sentineloneResponse.setup.connector.mayNot', {
          defaultMessage:
            'You need the privilege "Actions and Connectors: All" to create a connector',
        })}
      />
    );
  }
  return (
    <>
      <EuiSpacer size="s" />
      <EuiButton size="s" fill onClick={() => setIsOpen(true)}>
        {i18n.translate('sentineloneResponse.setup.connector.create', {
          defaultMessage: 'Create connector',
        })}
      </EuiButton>
      {isOpen ? (
        <KibanaProviders>
          {addConnectorFlyout?.({
            onClose: () => setIsOpen(false),
            onConnectorCreated: () => {
              setIsOpen(false);
              onCreated();
            },
          })}
        </KibanaProviders>
      ) : null}
    </>
  );
};

interface StepProps {
  readonly api: Pick<SetupApi, 'connector'>;
  /** The connectors have changed. */
  readonly onChanged: () => void;
}

const FoundConnectors: FC<StepProps & { readonly found: ConnectorsFound }> = ({
  found: { own, enabledInConfig, enabledInLicense, minimumLicense },
  api,
  onChanged,
}) => {
  const [only, ...others] = own;
  if (only === undefined) {
    return (
      <>
        <StepText>
          {i18n.translate('sentineloneResponse.setup.connector.none', {
            defaultMessage:
              'There is no SentinelOne Response connector in this space. Create one with the tenant URL and the token of step 1. Each space must have exactly one.',
          })}
        </StepText>
        {!enabledInConfig ? (
          <Note
            title={i18n.translate('sentineloneResponse.setup.connector.disabled', {
              defaultMessage:
                'xpack.actions.enabledActionTypes in kibana.yml does not include {type}',
              values: { type: CONNECTOR_TYPE_ID },
            })}
          />
        ) : enabledInLicense ? (
          <CreateButton onCreated={onChanged} />
        ) : (
          <NoLicense minimum={minimumLicense} />
        )}
      </>
    );
  }
  if (others.length === 0) {
    return (
      <StepText>
        {i18n.translate('sentineloneResponse.setup.connector.theOne', {
          defaultMessage: 'The connector of this space:',
        })}{' '}
        <ConnectorLink connector={only} api={api} onUpdated={onChanged} />
      </StepText>
    );
  }
  return (
    <Note
      color="danger"
      title={i18n.translate('sentineloneResponse.setup.connector.several', {
        defaultMessage: 'There are {count} connectors, but only one is allowed',
        values: { count: own.length },
      })}
    >
      <StepText>
        {i18n.translate('sentineloneResponse.setup.connector.severalTodo', {
          defaultMessage:
            'Isolations and releases are refused because the tenant is ambiguous. Review the connectors and delete all but one in Connectors.',
        })}
      </StepText>
      <EuiSpacer size="s" />
      <EuiText size="s">
        <ul>
          {own.map((connector) => (
            <li key={connector.id}>
              <ConnectorLink connector={connector} api={api} onUpdated={onChanged} />
            </li>
          ))}
        </ul>
      </EuiText>
    </Note>
  );
};

/** Why Kibana cannot reach the tenant URL of the connector. */
const UnreachableNote: FC<{ readonly check: ConnectionCheck | undefined }> = ({ check }) =>
  check === undefined ? null : (
    <Note color="danger" title={check.message}>
      <StepText>{check.todo}</StepText>
      <StepText>
        {i18n.translate('sentineloneResponse.setup.connector.unreachableTodo', {
          defaultMessage: 'Check the tenant URL in the connector.',
        })}
      </StepText>
    </Note>
  );

/** The step for the connector of this space, which also lists other connectors. */
export const ConnectorStep: FC<StepProps & { readonly status: CheckState<SetupStatus> }> = ({
  status,
  api,
  onChanged,
}) => (
  <Answer asked={status}>
    {({ connectors }) => (
      <Answer asked={connectors}>
        {(found) => (
          <>
            <FoundConnectors found={found} api={api} onChanged={onChanged} />
            <UnreachableNote check={unreachableCheck(status)} />
            {found.builtIn.length === 0 ? null : (
              <Note
                color="primary"
                title={i18n.translate('sentineloneResponse.setup.connector.builtIn', {
                  defaultMessage: "Other connectors: {names}, of Kibana's own SentinelOne type",
                  values: { names: listText(found.builtIn.map(({ name }) => name)) },
                })}
              >
                <StepText>
                  {i18n.translate('sentineloneResponse.setup.connector.builtInWhat', {
                    defaultMessage:
                      'Elastic Security uses them for its own response actions. This plugin does not use them. It neither checks nor records actions that are sent through them.',
                  })}
                </StepText>
              </Note>
            )}
            <EuiSpacer size="s" />
            <AppButton app="management" path={CONNECTORS_PATH}>
              {i18n.translate('sentineloneResponse.setup.connector.open', {
                defaultMessage: 'Open Connectors',
              })}
            </AppButton>
          </>
        )}
      </Answer>
    )}
  </Answer>
);
