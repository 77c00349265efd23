import { useState, type ChangeEvent, type FC } from 'react';
import {
  EuiCallOut,
  EuiFieldPassword,
  EuiFieldText,
  EuiFormRow,
  EuiSpacer,
  EuiSwitch,
  EuiText,
} from '@elastic/eui';
import {
  getFieldValidityAndErrorMessage,
  UseField,
  type FieldConfig,
  type FieldHook,
} from '@kbn/es-ui-shared-plugin/static/forms/hook_form_lib';
import { i18n } from '@kbn/i18n';
import type { ActionConnectorFieldsProps } from '@kbn/triggers-actions-ui-plugin/public';
import { connectorSecretsCodec, tenantUrlProblem } from '../../common/api/connector';
import {
  correctedUrl,
  hasBlanksInside,
  withoutBlanks,
  type Corrected,
  type Correction,
} from '../../common/api/connector_input';
import { tokenPermissionsText } from '../../common/actions/token_permissions';
import { useConnection } from '../host_status/use_connection';
import { listText } from '../../common/lib/text';

/** Warns before the user creates a second connector, and when there are several. */
const OtherConnectorsCallout: FC<{ readonly isEdit: boolean }> = ({ isEdit }) => {
  const connection = useConnection();
  if (connection === undefined || !('state' in connection) || connection.state === 'none') {
    return null;
  }
  if (isEdit && connection.state === 'one') return null;
  const names =
    connection.state === 'one'
      ? connection.connector.name
      : listText(connection.connectors.map(({ name }) => name));
  return (
    <>
      <EuiCallOut
        size="s"
        color="warning"
        iconType="warning"
        title={
          connection.state === 'one'
            ? i18n.translate('sentineloneResponse.connector.anotherExists', {
                defaultMessage: 'A SentinelOne Response connector already exists: {names}',
                values: { names },
              })
            : i18n.translate('sentineloneResponse.connector.severalExist', {
                defaultMessage: 'There are several SentinelOne Response connectors: {names}',
                values: { names },
              })
        }
      >
        <p>
          {connection.state === 'one'
            ? i18n.translate('sentineloneResponse.connector.anotherExistsTodo', {
                defaultMessage:
                  'With more than one connector in a space, all actions are refused. Edit the existing connector instead.',
              })
            : i18n.translate('sentineloneResponse.connector.severalExistTodo', {
                defaultMessage:
                  'All actions are refused until only one is left. Delete the others.',
              })}
        </p>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};

const containsSpace = (): string =>
  i18n.translate('sentineloneResponse.connector.blankInside', {
    defaultMessage: 'It contains a space or line break. Copy it again.',
  });

/** The problem of a value after correction; undefined if it is valid. `expected` describes a valid value. */
function problemIn(text: string, isValid: (value: string) => boolean, expected: string) {
  if (isValid(text)) return undefined;
  return hasBlanksInside(text) ? `${containsSpace()} ${expected}` : expected;
}

const urlMessage = (text: string): string | undefined =>
  problemIn(
    text,
    (typed) => {
      const { value } = correctedUrl(typed);
      return value !== '' && !hasBlanksInside(value) && tenantUrlProblem(value) === undefined;
    },
    i18n.translate('sentineloneResponse.connector.urlInvalid', {
      defaultMessage:
        'Enter the https address of the SentinelOne console without a path, such as https://example.sentinelone.net',
    })
  );

const tokenMessage = (text: string): string | undefined =>
  problemIn(
    text,
    (typed) => connectorSecretsCodec.is({ token: withoutBlanks(typed).value }),
    i18n.translate('sentineloneResponse.connector.tokenInvalid', {
      defaultMessage: 'Enter the API token, without spaces or line breaks.',
    })
  );

function text(
  label: string,
  message: (value: string) => string | undefined,
  correct: (text: string) => Corrected
): FieldConfig<string> {
  return {
    label,
    defaultValue: '',
    // Corrects the value also if the user saves while the field has the focus.
    serializer: (value) => correct(value ?? '').value,
    validations: [
      {
        validator: ({ value }) => {
          const problem = message(value ?? '');
          return problem === undefined ? undefined : { message: problem };
        },
      },
    ],
  };
}

const urlConfig = (): FieldConfig<string> =>
  text(
    i18n.translate('sentineloneResponse.connector.url', {
      defaultMessage: 'SentinelOne tenant URL',
    }),
    urlMessage,
    correctedUrl
  );
const tokenConfig = (): FieldConfig<string> =>
  text(
    i18n.translate('sentineloneResponse.connector.token', { defaultMessage: 'API token' }),
    tokenMessage,
    withoutBlanks
  );
const automationConfig = (): FieldConfig<boolean> => ({
  label: i18n.translate('sentineloneResponse.connector.allowAutomation', {
    defaultMessage: 'Let rules and API keys act',
  }),
  defaultValue: false,
});

interface InputProps {
  readonly field: FieldHook<string>;
  readonly readOnly: boolean;
}

const CORRECTION: Readonly<Record<Correction, () => string>> = {
  blanks: () =>
    i18n.translate('sentineloneResponse.connector.blanksRemoved', {
      defaultMessage: 'Leading and trailing spaces were removed.',
    }),
  path: () =>
    i18n.translate('sentineloneResponse.connector.pathRemoved', {
      defaultMessage: 'The path was removed, because only the address of the console is needed.',
    }),
};

/** Corrects a field when it loses the focus, and reports it until the value changes again. */
function useCorrection(field: FieldHook<string>, correct: (text: string) => Corrected) {
  const [corrections, setCorrections] = useState<readonly Correction[]>([]);
  return {
    note:
      corrections.length === 0
        ? []
        : [
            <span key="correction" role="status">
              {corrections.map((one) => CORRECTION[one]()).join(' ')}
            </span>,
          ],
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
      setCorrections([]);
      field.setValue(target.value);
    },
    onBlur: () => {
      const corrected = correct(field.value ?? '');
      if (corrected.corrections.length === 0) return;
      setCorrections(corrected.corrections);
      field.setValue(corrected.value);
    },
  };
}

const UrlInput: FC<InputProps> = ({ field, readOnly }) => {
  const { isInvalid, errorMessage } = getFieldValidityAndErrorMessage(field);
  const { note, ...handlers } = useCorrection(field, correctedUrl);
  return (
    <EuiFormRow
      fullWidth
      label={field.label}
      isInvalid={isInvalid}
      error={errorMessage}
      helpText={[
        i18n.translate('sentineloneResponse.connector.urlHelp', {
          defaultMessage:
            'The address of your SentinelOne console, without a path. When xpack.actions.allowedHosts is set, it must contain this host.',
        }),
        ...note,
      ]}
    >
      <EuiFieldText
        fullWidth
        value={field.value ?? ''}
        isInvalid={isInvalid}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        placeholder="https://example.sentinelone.net"
        data-test-subj="config.url-input"
        {...handlers}
      />
    </EuiFormRow>
  );
};

const TokenInput: FC<InputProps> = ({ field, readOnly }) => {
  const { isInvalid, errorMessage } = getFieldValidityAndErrorMessage(field);
  const { note, ...handlers } = useCorrection(field, withoutBlanks);
  return (
    <EuiFormRow
      fullWidth
      label={field.label}
      isInvalid={isInvalid}
      error={errorMessage}
      helpText={[
        i18n.translate('sentineloneResponse.connector.tokenHelp', {
          defaultMessage:
            'Use the token of a service user, not the token of the integration. {permissions}',
          values: { permissions: tokenPermissionsText() },
        }),
        ...note,
      ]}
    >
      <EuiFieldPassword
        fullWidth
        type="dual"
        value={field.value ?? ''}
        isInvalid={isInvalid}
        readOnly={readOnly}
        autoComplete="new-password"
        data-test-subj="secrets.token-input"
        {...handlers}
      />
    </EuiFormRow>
  );
};

const AutomationSwitch: FC<{ readonly field: FieldHook<boolean>; readonly readOnly: boolean }> = ({
  field,
  readOnly,
}) => (
  <EuiFormRow
    fullWidth
    helpText={i18n.translate('sentineloneResponse.connector.allowAutomationHelp', {
      defaultMessage:
        'When on, detection rules with this connector as an action, and scripts with an API key, can isolate hosts without a review by a user.',
    })}
  >
    <EuiSwitch
      label={field.label}
      checked={field.value === true}
      disabled={readOnly}
      data-test-subj="config.allowAutomation-switch"
      onChange={({ target }) => field.setValue(target.checked)}
    />
  </EuiFormRow>
);

/** The fields of the connector in Stack Management. Kibana adds the field for the name, and the buttons. */
export const ConnectorFields: FC<ActionConnectorFieldsProps> = ({ readOnly, isEdit }) => (
  <>
    <OtherConnectorsCallout isEdit={isEdit} />
    <UseField path="config.url" config={urlConfig()}>
      {(field: FieldHook<string>) => <UrlInput field={field} readOnly={readOnly} />}
    </UseField>
    <EuiSpacer size="m" />
    <UseField path="secrets.token" config={tokenConfig()}>
      {(field: FieldHook<string>) => <TokenInput field={field} readOnly={readOnly} />}
    </UseField>
    {isEdit && !readOnly ? (
      <>
        <EuiSpacer size="s" />
        <EuiCallOut
          size="s"
          iconType="lock"
          title={i18n.translate('sentineloneResponse.connector.tokenAgain', {
            defaultMessage:
              'The token is stored encrypted and never shown. Enter it again to save.',
          })}
        />
      </>
    ) : null}
    <EuiSpacer size="m" />
    <UseField path="config.allowAutomation" config={automationConfig()}>
      {(field: FieldHook<boolean>) => <AutomationSwitch field={field} readOnly={readOnly} />}
    </UseField>
    <EuiSpacer size="m" />
    <EuiText size="xs" color="subdued">
      <p>
        {i18n.translate('sentineloneResponse.connector.onlyOne', {
          defaultMessage:
            'Create only one connector of this type in a space. With several, all actions are refused.',
        })}
      </p>
    </EuiText>
  </>
);
