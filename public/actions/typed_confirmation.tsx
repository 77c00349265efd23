import { type FC, type Ref } from 'react';
import { EuiCallOut, EuiFieldText, EuiFormRow, EuiSpacer, EuiText } from '@elastic/eui';
import type { Agent } from '../../common/hosts/agent';
import {
  cannotBeConfirmed,
  confirmationLabel,
  confirmationProblem,
  confirmationText,
  confirmationTodo,
  isConfirmed,
  type ConfirmationReason,
} from './confirmation_reason';

export interface TypedConfirmationProps {
  readonly reason: ConfirmationReason;
  readonly agent: Pick<Agent, 'id' | 'computerName'>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Explains why the user has to confirm the host, with a field to type the confirmation. */
export const TypedConfirmation: FC<TypedConfirmationProps> = ({
  reason,
  agent,
  value,
  onChange,
  showProblem,
  disabled,
  inputRef,
}) => {
  const name = agent.computerName;
  const isInvalid = showProblem && !isConfirmed(reason, value, agent);
  return (
    <>
      <EuiCallOut
        color="warning"
        iconType="warning"
        size="s"
        title={confirmationText(reason, name)}
      >
        {cannotBeConfirmed(reason, agent) ? (
          <EuiText size="s">
            <p>{confirmationTodo(null)}</p>
          </EuiText>
        ) : (
          <EuiFormRow
            label={confirmationLabel(reason)}
            isInvalid={isInvalid}
            error={isInvalid ? confirmationProblem(reason, name ?? '') : undefined}
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
        )}
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};
