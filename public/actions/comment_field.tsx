import { type FC, type Ref } from 'react';
import { EuiFormRow, EuiTextArea } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { LIMITS } from '../../common/lib/constants';
import { isPlainLines, visibleLines } from '../../common/lib/visible_text';

/** Why `comment` cannot be sent, or undefined. */
export function commentProblem(comment: string, isRequired: boolean): string | undefined {
  if (isRequired && comment.trim() === '') {
    return i18n.translate('sentineloneResponse.comment.missing', {
      defaultMessage: 'Say why: the comment goes on record with your name.',
    });
  }
  if (comment.length > LIMITS.comment) {
    return i18n.translate('sentineloneResponse.comment.tooLong', {
      defaultMessage: 'At most {limit, number} characters; these are {length, number}.',
      values: { limit: LIMITS.comment, length: comment.length },
    });
  }
  if (!isPlainLines(comment)) {
    return i18n.translate('sentineloneResponse.comment.controls', {
      defaultMessage:
        'Remove the characters that cannot be seen, here as escapes such as \\u202e: {text}',
      values: { text: visibleLines(comment) },
    });
  }
  return undefined;
}

const help = (isRequired: boolean, left: number): string =>
  isRequired
    ? i18n.translate('sentineloneResponse.comment.help', {
        defaultMessage:
          'Required. Why you do this; it goes on record. {left, number} characters left.',
        values: { left },
      })
    : i18n.translate('sentineloneResponse.comment.helpOptional', {
        defaultMessage:
          'Optional. Why you do this; it goes on record. {left, number} characters left.',
        values: { left },
      });

/** The reason for an action. */
export const CommentField: FC<{
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired: boolean;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
  readonly label?: string;
  /** Why it cannot be sent, where that is more than what holds for every comment. */
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
