import { EuiFormRow, EuiTextArea } from '@elastic/eui';
import type { ComponentProps, FC } from 'react';
import type { TextAreaWithMessageVariables as Declared } from '@kbn/triggers-actions-ui-plugin/public';

/** A text in an action's parameters. There are no rules here, so no variables of one to offer. */
export const TextAreaWithMessageVariables: FC<ComponentProps<typeof Declared>> = ({
  paramsProperty,
  index,
  inputTargetValue = '',
  isDisabled = false,
  isOptionalField = false,
  editAction,
  label,
  errors = [],
  helpText,
  placeholder,
}) => {
  const isInvalid = errors.length > 0 && inputTargetValue !== '';
  return (
    <EuiFormRow
      fullWidth
      label={label}
      labelAppend={isOptionalField ? 'Optional' : undefined}
      error={errors}
      isInvalid={isInvalid}
      isDisabled={isDisabled}
      helpText={helpText}
    >
      <EuiTextArea
        fullWidth
        isInvalid={isInvalid}
        disabled={isDisabled}
        name={paramsProperty}
        value={inputTargetValue}
        placeholder={placeholder}
        data-test-subj={`${paramsProperty}TextArea`}
        onChange={({ target }) => editAction(paramsProperty, target.value, index)}
      />
    </EuiFormRow>
  );
};
