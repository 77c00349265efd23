import { type FC, type ReactNode, type RefObject } from 'react';
import {
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
import { ProblemCallout } from '../components/problem_callout';
import type { Problem } from '../lib/describe_error';
import { CommentField } from './comment_field';

export interface CommentModalProps {
  readonly title: string;
  /** Of an attempt that failed; undefined if none did. */
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
