import { useCallback, useRef, useState, type FC, type RefObject } from 'react';
import { CasesField } from '../cases/cases_field';
import { useCaseChoice, type CaseChoice } from '../cases/use_case_choice';
import { focusField } from '../components/focus_field';
import { useCommentRequired } from '../host_status/use_connection';
import { CommentField, commentProblem } from './comment_field';
import { overrideProblem, ProtectionFields } from './protection';

/** What a person gives before an action, on one host or on many: why, why protected ones too, which cases. */

/** What is given goes along with the hosts. */
export interface GivenParams {
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
  /** Shows what is missing, and gives it the focus; true when nothing is. */
  check(isProtected: boolean): boolean;
  /** Stops showing what was missing. */
  forget(): void;
  /** Empties both comments. */
  clear(): void;
  params(isProtected: boolean): GivenParams;
}

function useField(): Field {
  const [value, onChange] = useState('');
  return { value, onChange, inputRef: useRef<HTMLTextAreaElement>(null) };
}

/** The fields of an action from these alerts, as they are filled in. */
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
    forget: () => setShowProblems(false),
    clear,
    params: (isProtected) => ({
      comment: comment.value,
      ...(isProtected ? { overrideComment: override.value } : {}),
      ...cases.params,
    }),
  };
}

/** The fields, to be put into a form. */
export const ActionFields: FC<{
  readonly fields: ActionFieldsState;
  /** What protects the host or hosts, in words; undefined when nothing does. */
  readonly protection: string | undefined;
  /** How many protected hosts are meant. */
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
