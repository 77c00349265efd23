import { type FC, type Ref } from 'react';
import { EuiButton, EuiLoadingSpinner } from '@elastic/eui';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';

/**
 * The submit button of a form that sends an action. While the action is being sent, the button does nothing and keeps
 * the focus: a disabled button would lose the focus to the flyout's close button.
 */
export const SendButton: FC<{
  readonly action: ActionName;
  /** Id of the form that it submits. */
  readonly formId: string;
  readonly isSending: boolean;
  readonly isDisabled: boolean;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly 'data-test-subj': string;
}> = ({ action, formId, isSending, isDisabled, buttonRef, children, ...rest }) => (
  <EuiButton
    fill
    type={isSending ? 'button' : 'submit'}
    form={formId}
    color={ACTION_DEFINITIONS[action].color}
    isDisabled={isDisabled}
    aria-disabled={isDisabled || isSending}
    buttonRef={buttonRef}
    {...rest}
  >
    {isSending ? (
      <>
        <EuiLoadingSpinner size="m" aria-hidden="true" css={{ verticalAlign: 'middle' }} />{' '}
      </>
    ) : null}
    {children}
  </EuiButton>
);
