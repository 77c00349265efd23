import { useCallback, useRef, useState, type FC, type RefObject } from 'react';
import { CasesField } from '../cases/cases_field';
import { useCaseChoice, type CaseChoice } from '../cases/use_case_choice';
import { focusField } from '../components/focus_field';
import { useCommentRequired } from '../host_status/use_connection';
import { CommentField, commentProblem } from './comment_field';
import { overrideProblem, ProtectionFields } from './protection';

/** The form fields of an action on one or several hosts: comment, override comment, cases. */

/** The values of the fields, as parameters of the action. */
export interface FormParams {
  readonly comment: string;
  readonly overrideComment?: string;
  readonly caseIds?: readonly string[];
}

interface Field {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef: RefObject<HTMLTextAreaElement>;
}

export interface ActionFieldsState {
  readonly comment: Field;
  readonly override: Field;
  readonly cases: CaseChoice;
  readonly commentRequired: boolean;
  readonly showProblems: boolean;
  /** Shows what is missing and moves the focus there. Returns true when nothing is missing. */
  check(isProtected: boolean): boolean;
  /** Hides the messages about missing values. */
  hideProblems(): void;
  /** Empties both comments. */
  clear(): void;
  params(isProtected: boolean): FormParams;
}

function useField(): Field {
  const [value, onChange] = useState('');
  return { value, onChange, inputRef: useRef<HTMLTextAreaElement>(null) };
}

/** The state of the fields for an action from these alerts. */
export function useActionFields(alertIds: readonly string[]): ActionFieldsState {
  const comment = useField();
  const override = useField();
  const cases = useCaseChoice(alertIds);
  const commentRequired = useCommentRequired();
  const [showProblems, setShowProblems] = useState(false);
  const { onChange: setComment } = comment;
  const { onChange: setOverride } = override;
  const clear = useCallback(() => {
    setComment('');
    setOverride('');
  }, [setComment, setOverride]);
  return {
    comment,
    override,
    cases,
    commentRequired,
    showProblems,
    check(isProtected) {
      setShowProblems(true);
      const missing =
        isProtected && overrideProblem(override.value) !== undefined
          ? override
          : commentProblem(comment.value, commentRequired) !== undefined
            ? comment
            : undefined;
      if (missing !== undefined) focusField(missing.inputRef.current);
      return missing === undefined;
    },
    hideProblems: () => setShowProblems(false),
    clear,
    params: (isProtected) => ({
      comment: comment.value,
      ...(isProtected ? { overrideComment: override.value } : {}),
      ...cases.params,
    }),
  };
}

/** The fields, to be rendered in a form. */
export const ActionFields: FC<{
  readonly fields: ActionFieldsState;
  /** What protects the hosts, as a text; undefined when none is protected. */
  readonly protection: string | undefined;
  /** The number of protected hosts. */
  readonly protectedCount?: number;
  readonly mayOverride: boolean;
  readonly disabled: boolean;
}> = ({ fields, protection, protectedCount, mayOverride, disabled }) => {
  const { comment, override, cases, commentRequired, showProblems: showProblem } = fields;
  return (
    <>
      {protection === undefined ? null : (
        <ProtectionFields
          {...override}
          protection={protection}
          count={protectedCount}
          mayOverride={mayOverride}
          showProblem={showProblem}
          disabled={disabled}
        />
      )}
      <CommentField
        {...comment}
        isRequired={commentRequired}
        showProblem={showProblem}
        disabled={disabled}
      />
      <CasesField choice={cases} disabled={disabled} />
    </>
  );
};
