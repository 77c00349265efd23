import { type FC, type Ref } from 'react';
import { EuiFormRow, EuiTextArea } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { LIMITS } from '../../common/lib/constants';
import { isPlainLines, visibleLines } from '../../common/lib/visible_text';

/** Why `comment` cannot be sent, or undefined. */
export function commentProblem(comment: string, isRequired: boolean): string | undefined {
  if (isRequired && comment.trim() === '') {
    return i18n.translate('sentineloneResponse.comment.missing', {
      defaultMessage: 'Enter a reason. It is saved with your name.',
    });
  }
  if (comment.length > LIMITS.comment) {
    return i18n.translate('sentineloneResponse.comment.tooLong', {
      defaultMessage: 'Enter at most {limit, number} characters. The comment has {length, number}.',
      values: { limit: LIMITS.comment, length: comment.length },
    });
  }
  if (!isPlainLines(comment)) {
    return i18n.translate('sentineloneResponse.comment.controls', {
      defaultMessage:
        'Remove the invisible characters, shown here as escapes such as \\u202e: {text}',
      values: { text: visibleLines(comment) },
    });
  }
  return undefined;
}

const help = (isRequired: boolean, left: number): string =>
  isRequired
    ? i18n.translate('sentineloneResponse.comment.help', {
        defaultMessage:
          'Required. The reason for the action, saved with your name. {left, number} characters left.',
        values: { left },
      })
    : i18n.translate('sentineloneResponse.comment.helpOptional', {
        defaultMessage:
          'Optional. The reason for the action, saved with your name. {left, number} characters left.',
        values: { left },
      });

/** A text area for the reason of an action. */
export const CommentField: FC<{
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired: boolean;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
  readonly label?: string;
  /** Why the comment cannot be sent; by default, what applies to every comment. */
  readonly problem?: string;
  readonly 'data-test-subj'?: string;
}> = ({
  value,
  onChange,
  isRequired,
  showProblem,
  disabled,
  inputRef,
  label = i18n.translate('sentineloneResponse.comment.label', { defaultMessage: 'Comment' }),
  problem = commentProblem(value, isRequired),
  'data-test-subj': testSubject = 'sentineloneResponseComment',
}) => {
  const isInvalid =
    problem !== undefined && (showProblem || value.length > LIMITS.comment || !isPlainLines(value));
  return (
    <EuiFormRow
      fullWidth
      label={label}
      helpText={help(isRequired, Math.max(0, LIMITS.comment - value.length))}
      isInvalid={isInvalid}
      error={isInvalid ? problem : undefined}
    >
      <EuiTextArea
        fullWidth
        rows={3}
        value={value}
        disabled={disabled}
        isInvalid={isInvalid}
        aria-required={isRequired}
        inputRef={inputRef as (element: HTMLTextAreaElement | null) => void}
        data-test-subj={testSubject}
        onChange={({ target }) => onChange(target.value)}
      />
    </EuiFormRow>
  );
};
