import type { ComponentProps, FC } from 'react';
import { EuiButtonEmpty, EuiFormRow, EuiTextArea } from '@elastic/eui';
import type { TextAreaWithMessageVariables as Declared } from '@kbn/triggers-actions-ui-plugin/public';

/** What `@kbn/triggers-actions-ui-plugin/public` gives to the parameters of an action, for tests. */

export const ActionConnectorMode = { Test: 'test', ActionForm: 'actionForm' };

/**
 * A text with a rule's variables. As in Kibana 8.12.2, nothing is called wrong while the value is
 * undefined, and choosing a variable writes it behind the text.
 */
export const TextAreaWithMessageVariables: FC<ComponentProps<typeof Declared>> = ({
  paramsProperty,
  index,
  inputTargetValue,
  isDisabled = false,
  editAction,
  label,
  errors = [],
  messageVariables = [],
}) => {
  const isInvalid = errors.length > 0 && inputTargetValue !== undefined;
  const value = inputTargetValue ?? '';
  return (
    <>
      <EuiFormRow label={label} error={[...errors]} isInvalid={isInvalid}>
        <EuiTextArea
          value={value}
          isInvalid={isInvalid}
          disabled={isDisabled}
          onChange={({ target }) => editAction(paramsProperty, target.value, index)}
        />
      </EuiFormRow>
      {messageVariables.map(({ name }) => (
        <EuiButtonEmpty
          key={name}
          onClick={() => editAction(paramsProperty, `${value}{{${name}}}`, index)}
        >
          {`Add ${name}`}
        </EuiButtonEmpty>
      ))}
    </>
  );
};
