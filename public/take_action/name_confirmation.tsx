import { type FC, type Ref } from 'react';
import { EuiCallOut, EuiFieldText, EuiFormRow, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

export interface NameConfirmationProps {
  /** What the alert calls the host. */
  readonly alertName: string;
  /** What SentinelOne calls it; null when it has no name for it. */
  readonly name: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** The alert and SentinelOne call the host differently: which machine it is must be typed. */
export const NameConfirmation: FC<NameConfirmationProps> = ({
  alertName,
  name,
  value,
  onChange,
  showProblem,
  disabled,
  inputRef,
}) => {
  if (name === null) {
    return (
      <>
        <EuiCallOut
          color="warning"
          iconType="warning"
          size="s"
          title={i18n.translate('sentineloneResponse.step.nameMissing', {
            defaultMessage: 'The alert calls this host {alertName}, SentinelOne has no name for it',
            values: { alertName },
          })}
        >
          <EuiText size="s">
            <p>
              {i18n.translate('sentineloneResponse.step.nameMissingTodo', {
                defaultMessage:
                  'It cannot be told whether it is the same machine, so nothing is sent. Find out in the SentinelOne console which machine it is, and act on it there.',
              })}
            </p>
          </EuiText>
        </EuiCallOut>
        <EuiSpacer size="m" />
      </>
    );
  }
  const isInvalid = showProblem && value !== name;
  return (
    <>
      <EuiCallOut
        color="warning"
        iconType="warning"
        size="s"
        title={i18n.translate('sentineloneResponse.step.nameDiffers', {
          defaultMessage: 'The alert calls this host {alertName}, SentinelOne calls it {name}',
          values: { alertName, name },
        })}
      >
        <EuiFormRow
          label={i18n.translate('sentineloneResponse.step.typeName', {
            defaultMessage: 'Type the name that SentinelOne has, to confirm the machine',
          })}
          isInvalid={isInvalid}
          error={
            isInvalid
              ? i18n.translate('sentineloneResponse.step.nameWrong', {
                  defaultMessage: 'Type exactly: {name}',
                  values: { name },
                })
              : undefined
          }
        >
          <EuiFieldText
            value={value}
            isInvalid={isInvalid}
            disabled={disabled}
            autoComplete="off"
            spellCheck={false}
            aria-required
            inputRef={inputRef}
            data-test-subj="sentineloneResponseConfirmedName"
            onChange={({ target }) => onChange(target.value)}
          />
        </EuiFormRow>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
