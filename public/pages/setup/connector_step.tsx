import { useEffect, useState, type FC } from 'react';
import { EuiButton, EuiCodeBlock, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { CONNECTOR_TYPE_ID } from '../../../common/lib/constants';
import type { ConnectionCheck } from '../../../common/api/connector';
import type { ConnectorsFound, SetupStatus } from '../../../common/api/setup';
import { listText } from '../../../common/lib/list_text';
import { useServices } from '../../lib/services';
import { chooseOurType } from './choose_type';
import { ConnectorLink } from './connector_link';
import { InKibana } from './in_kibana';
import type { SetupApi } from './setup_api';
import { Answer, AppButton, Note, Words } from './step_parts';
import { unreachableCheck, type Asked } from './steps';

const CONNECTORS_PATH = '/insightsAndAlerting/triggersActionsConnectors/connectors';

/** What makes a connector where the licence does not let one be created in the browser. */
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
        'Your licence does not let this connector be created here: it needs {minimum}',
      values: { minimum },
    })}
  >
    <Words>
      {i18n.translate('sentineloneResponse.setup.connector.preconfigured', {
        defaultMessage:
          'The other way: add these lines to kibana.yml, with your tenant URL and token, and restart Kibana.',
      })}
    </Words>
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
          defaultMessage: 'You lack the privilege to create one: "Actions and Connectors: All"',
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
        <InKibana>
          {addConnectorFlyout?.({
            onClose: () => setIsOpen(false),
            onConnectorCreated: () => {
              setIsOpen(false);
              onCreated();
            },
          })}
        </InKibana>
      ) : null}
    </>
  );
};

interface StepProps {
  readonly api: Pick<SetupApi, 'connector'>;
  /** Connectors are not what they were. */
  readonly onChanged: () => void;
}

const Ours: FC<StepProps & { readonly found: ConnectorsFound }> = ({
  found: { ours, enabledInConfig, enabledInLicense, minimumLicense },
  api,
  onChanged,
}) => {
  const [only, ...others] = ours;
  if (only === undefined) {
    return (
      <>
        <Words>
          {i18n.translate('sentineloneResponse.setup.connector.none', {
            defaultMessage:
              'There is no SentinelOne Response connector in this space. Create one with the tenant URL and the token of step 1. Each space has a connector of its own, and never more than one.',
          })}
        </Words>
        {!enabledInConfig ? (
          <Note
            title={i18n.translate('sentineloneResponse.setup.connector.disabled', {
              defaultMessage: 'xpack.actions.enabledActionTypes in kibana.yml leaves out {type}',
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
      <Words>
        {i18n.translate('sentineloneResponse.setup.connector.theOne', {
          defaultMessage: 'The connector of this space is',
        })}{' '}
        <ConnectorLink connector={only} api={api} onUpdated={onChanged} />
      </Words>
    );
  }
  return (
    <Note
      color="danger"
      title={i18n.translate('sentineloneResponse.setup.connector.several', {
        defaultMessage: 'There are {count} connectors, and there must be one',
        values: { count: ours.length },
      })}
    >
      <Words>
        {i18n.translate('sentineloneResponse.setup.connector.severalTodo', {
          defaultMessage:
            'It is not clear which tenant is meant, so every isolation and release is refused until one is left. Look at each, and delete the others in Connectors.',
        })}
      </Words>
      <EuiSpacer size="s" />
      <EuiText size="s">
        <ul>
          {ours.map((connector) => (
            <li key={connector.id}>
              <ConnectorLink connector={connector} api={api} onUpdated={onChanged} />
            </li>
          ))}
        </ul>
      </EuiText>
    </Note>
  );
};

/** What stands between Kibana and the address in the connector. */
const UnreachableNote: FC<{ readonly check: ConnectionCheck | undefined }> = ({ check }) =>
  check === undefined ? null : (
    <Note color="danger" title={check.message}>
      <Words>{check.todo}</Words>
      <Words>
        {i18n.translate('sentineloneResponse.setup.connector.unreachableTodo', {
          defaultMessage: 'Check the tenant URL in the connector.',
        })}
      </Words>
    </Note>
  );

/** The connector of this space, and those that are something else. */
export const ConnectorStep: FC<StepProps & { readonly status: Asked<SetupStatus> }> = ({
  status,
  api,
  onChanged,
}) => (
  <Answer asked={status}>
    {({ connectors }) => (
      <Answer asked={connectors}>
        {(found) => (
          <>
            <Ours found={found} api={api} onChanged={onChanged} />
            <UnreachableNote check={unreachableCheck(status)} />
            {found.kibanasOwn.length === 0 ? null : (
              <Note
                color="primary"
                title={i18n.translate('sentineloneResponse.setup.connector.kibanasOwn', {
                  defaultMessage: "Not ours: {names}, of Kibana's own type SentinelOne",
                  values: { names: listText(found.kibanasOwn.map(({ name }) => name)) },
                })}
              >
                <Words>
                  {i18n.translate('sentineloneResponse.setup.connector.kibanasOwnWhat', {
                    defaultMessage:
                      'Elastic Security uses such a connector for its own menu. It does not count here, and what goes through it is neither guarded nor on record here.',
                  })}
                </Words>
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
