import { type FC, type Ref } from 'react';
import { EuiCallOut, EuiFieldText, EuiFormRow, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { isSameHostName } from '../../common/host_name';
import { visibleName } from '../../common/visible_text';
import { confirmationText, confirmationTodo, type ConfirmationReason } from './confirmation_reason';

export interface NameConfirmationProps {
  readonly reason: ConfirmationReason;
  /** What SentinelOne calls it; null when it has no name for it. */
  readonly name: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Which machine is meant is in doubt: says why, and asks for the name that SentinelOne has. */
export const NameConfirmation: FC<NameConfirmationProps> = ({
  reason,
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
          title={confirmationText(reason, null)}
        >
          <EuiText size="s">
            <p>{confirmationTodo(null)}</p>
          </EuiText>
        </EuiCallOut>
        <EuiSpacer size="m" />
      </>
    );
  }
  const isInvalid = showProblem && !isSameHostName(value, name);
  return (
    <>
      <EuiCallOut
        color="warning"
        iconType="warning"
        size="s"
        title={confirmationText(reason, name)}
      >
        <EuiFormRow
          label={i18n.translate('sentineloneResponse.step.typeName', {
            defaultMessage: 'Type the name that SentinelOne has, to confirm the machine',
          })}
          isInvalid={isInvalid}
          error={
            isInvalid
              ? i18n.translate('sentineloneResponse.step.nameWrong', {
                  defaultMessage: 'Type the name: {name}',
                  values: { name: visibleName(name) },
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
