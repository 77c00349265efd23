import type { FC, Ref, ReactNode, RefObject } from 'react';
import {
  EuiFormRow,
  EuiTextArea,
  EuiButton,
  EuiButtonEmpty,
  EuiForm,
  EuiModal,
  EuiModalBody,
  EuiModalFooter,
  EuiModalHeader,
  EuiModalHeaderTitle,
  EuiSpacer,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { LIMITS } from '../../common/lib/constants';
import { isPlainLines, visibleLines } from '../../common/lib/text';
import { ProblemCallout } from '../components/problem_callout';
import type { Problem } from '../lib/describe_error';

export interface CommentModalProps {
  readonly title: string;
  /** The problem of a failed attempt; undefined if none failed. */
  readonly problem: Problem | undefined;
  readonly problemTitle: string;
  readonly comment: string;
  readonly onComment: (comment: string) => void;
  readonly commentRef: RefObject<HTMLTextAreaElement>;
  /** Show what is wrong with the fields. */
  readonly showProblem: boolean;
  readonly isSending: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly closeLabel: string;
  readonly sendLabel: string;
  readonly sendColor: 'primary' | 'danger';
  /** A selector of the field that has the focus first. */
  readonly initialFocus: string;
  /** Test subjects of the dialog and of the button that sends. */
  readonly subjects: { readonly dialog: string; readonly send: string };
  /** Fields above the comment. */
  readonly fields?: ReactNode;
  /** What the dialog is about. */
  readonly children: ReactNode;
}

/** A dialog that sends a decision with a required comment. */
export const CommentModal: FC<CommentModalProps> = ({
  title,
  problem,
  problemTitle,
  comment,
  onComment,
  commentRef,
  showProblem,
  isSending,
  onSend,
  onClose,
  closeLabel,
  sendLabel,
  sendColor,
  initialFocus,
  subjects,
  fields,
  children,
}) => {
  const titleId = useGeneratedHtmlId();
  const formId = useGeneratedHtmlId({ prefix: subjects.dialog });
  return (
    <EuiModal
      role="dialog"
      aria-modal
      aria-labelledby={titleId}
      onClose={onClose}
      initialFocus={initialFocus}
      data-test-subj={subjects.dialog}
    >
      <EuiModalHeader>
        <EuiModalHeaderTitle id={titleId}>{title}</EuiModalHeaderTitle>
      </EuiModalHeader>
      <EuiModalBody>
        {problem === undefined ? null : (
          <>
            <ProblemCallout problem={problem} title={problemTitle} />
            <EuiSpacer size="m" />
          </>
        )}
        {children}
        <EuiSpacer size="m" />
        <EuiForm
          component="form"
          id={formId}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!isSending) onSend();
          }}
        >
          {fields}
          <CommentField
            value={comment}
            onChange={onComment}
            isRequired
            showProblem={showProblem}
            disabled={isSending}
            inputRef={commentRef}
          />
        </EuiForm>
      </EuiModalBody>
      <EuiModalFooter>
        <EuiButtonEmpty onClick={onClose} isDisabled={isSending}>
          {closeLabel}
        </EuiButtonEmpty>
        <EuiButton
          fill
          type="submit"
          form={formId}
          color={sendColor}
          isLoading={isSending}
          data-test-subj={subjects.send}
        >
          {sendLabel}
        </EuiButton>
      </EuiModalFooter>
    </EuiModal>
  );
};

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

/** Value and state of a text field in the form of an action. */
export interface TextFieldProps<Element extends HTMLElement> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<Element>;
}

interface CommentFieldProps extends TextFieldProps<HTMLTextAreaElement> {
  readonly isRequired: boolean;
  readonly label?: string;
  /** Why the comment cannot be sent; by default, what applies to every comment. */
  readonly problem?: string;
  readonly 'data-test-subj'?: string;
}

/** A text area for the reason of an action. */
export const CommentField: FC<CommentFieldProps> = ({
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
