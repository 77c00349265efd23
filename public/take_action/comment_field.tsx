import { type FC, type Ref } from 'react';
import { EuiFormRow, EuiTextArea } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { LIMITS } from '../../common/constants';

/** Why `comment` cannot be sent, or undefined. */
export function commentProblem(comment: string): string | undefined {
  if (comment.trim() === '') {
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
  return undefined;
}

/** The reason for an action. */
export const CommentField: FC<{
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
}> = ({ value, onChange, showProblem, disabled, inputRef }) => {
  const problem = commentProblem(value);
  const isInvalid = problem !== undefined && (showProblem || value.length > LIMITS.comment);
  return (
    <EuiFormRow
      fullWidth
      label={i18n.translate('sentineloneResponse.comment.label', { defaultMessage: 'Comment' })}
      helpText={i18n.translate('sentineloneResponse.comment.help', {
        defaultMessage:
          'Required. Why you do this; it goes on record. {left, number} characters left.',
        values: { left: Math.max(0, LIMITS.comment - value.length) },
      })}
      isInvalid={isInvalid}
      error={isInvalid ? problem : undefined}
    >
      <EuiTextArea
        fullWidth
        rows={3}
        value={value}
        disabled={disabled}
        isInvalid={isInvalid}
        aria-required
        inputRef={inputRef as (element: HTMLTextAreaElement | null) => void}
        data-test-subj="sentineloneResponseComment"
        onChange={({ target }) => onChange(target.value)}
      />
    </EuiFormRow>
  );
};
