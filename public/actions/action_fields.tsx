import {
  useCallback,
  useRef,
  useState,
  type FC,
  type PropsWithChildren,
  type Ref,
  type RefObject,
} from 'react';
import type { ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ReleaseTimes } from '../../common/hosts/protection_settings';
import { CasesField, useCaseChoice, type CaseChoice } from '../cases/cases_field';
import { focusField } from '../components/focus_field';
import { useCommentRequired, useReleaseTimes } from '../host_status/use_connection';
import { CommentField, commentProblem, type TextFieldProps } from './comment_field';
import {
  ApprovalNote,
  OpenRequestNote,
  overrideProblem,
  ProtectionFields,
  type OpenRequest,
} from './protection';
import {
  minutesOf,
  minutesProblem,
  NOT_CHOSEN,
  type ReleaseTimeChoice,
} from './release_time_choice';
import { ReleaseTimeField, useMayEnd } from './release_time_field';
import {
  EuiButton,
  EuiLoadingSpinner,
  EuiCallOut,
  EuiFieldText,
  EuiFormRow,
  EuiSpacer,
  EuiText,
} from '@elastic/eui';
import type { Agent } from '../../common/hosts/agent';
import {
  cannotBeConfirmed,
  confirmationLabel,
  confirmationProblem,
  confirmationText,
  confirmationTodo,
  isConfirmed,
  type ConfirmationReason,
} from './confirmation_reason';

/** The form fields of an action on one or several hosts: comment, override comment, cases. */

export interface TypedConfirmationProps extends TextFieldProps<HTMLInputElement> {
  readonly reason: ConfirmationReason;
  readonly agent: Pick<Agent, 'id' | 'computerName'>;
}

/** Explains why the user has to confirm the host, with a field to type the confirmation. */
export const TypedConfirmation: FC<TypedConfirmationProps> = ({
  reason,
  agent,
  value,
  onChange,
  showProblem,
  disabled,
  inputRef,
}) => {
  const name = agent.computerName;
  const isInvalid = showProblem && !isConfirmed(reason, value, agent);
  return (
    <>
      <EuiCallOut
        color="warning"
        iconType="warning"
        size="s"
        title={confirmationText(reason, name)}
      >
        {cannotBeConfirmed(reason, agent) ? (
          <EuiText size="s">
            <p>{confirmationTodo(null)}</p>
          </EuiText>
        ) : (
          <EuiFormRow
            label={confirmationLabel(reason)}
            isInvalid={isInvalid}
            error={isInvalid ? confirmationProblem(reason, name ?? '') : undefined}
          >
            <EuiFieldText
              value={value}
              isInvalid={isInvalid}
              disabled={disabled}
              autoComplete="off"
              spellCheck={false}
              aria-required
              inputRef={inputRef}
              data-test-subj="sentineloneResponseConfirmedName"
              onChange={({ target }) => onChange(target.value)}
            />
          </EuiFormRow>
        )}
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};

/**
 * The submit button of a form that sends an action. While the action is being sent, the button does nothing and keeps
 * the focus: a disabled button would lose the focus to the flyout's close button.
 */
export const SendButton: FC<
  PropsWithChildren<{
    readonly action: ActionName;
    /** Id of the form that it submits. */
    readonly formId: string;
    readonly isSending: boolean;
    readonly isDisabled: boolean;
    readonly buttonRef?: Ref<HTMLButtonElement>;
    readonly 'data-test-subj': string;
  }>
> = ({ action, formId, isSending, isDisabled, buttonRef, children, ...rest }) => (
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

/** The values of the fields, as parameters of the action. */
export interface FormParams {
  readonly comment: string;
  readonly overrideComment?: string;
  readonly requestApproval?: boolean;
  readonly releaseAfterMinutes?: number;
  readonly caseIds?: readonly string[];
}

/** What is additionally required for protected hosts. */
export interface ProtectionNeeds {
  /** A second comment. */
  readonly override: boolean;
  /** Approval by another user, who reads the comment. */
  readonly approval: boolean;
}

interface Field {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef: RefObject<HTMLTextAreaElement>;
}

interface ReleaseTimeState {
  /** Whether the action can end automatically. */
  readonly isOffered: boolean;
  readonly action: ActionName;
  readonly choice: ReleaseTimeChoice;
  readonly onChange: (choice: ReleaseTimeChoice) => void;
  readonly times: ReleaseTimes;
  readonly mayEnd: boolean;
  readonly inputRef: RefObject<HTMLInputElement>;
  /** The chosen minutes; undefined for never, and if the choice is not offered. */
  readonly minutes: number | undefined;
}

export interface ActionFieldsState {
  readonly releaseTime: ReleaseTimeState;
  readonly comment: Field;
  readonly override: Field;
  readonly cases: CaseChoice;
  readonly commentRequired: boolean;
  readonly showProblems: boolean;
  /** Shows what is missing and moves the focus there. Returns true when nothing is missing. */
  check(needs: ProtectionNeeds): boolean;
  /** Hides the messages about missing values. */
  hideProblems(): void;
  /** Empties both comments. */
  clear(): void;
  params(needs: ProtectionNeeds): FormParams;
}

function useField(): Field {
  const [value, onChange] = useState('');
  return { value, onChange, inputRef: useRef<HTMLTextAreaElement>(null) };
}

function useReleaseTime(action: ActionName): ReleaseTimeState {
  const [choice, onChange] = useState(NOT_CHOSEN);
  const times = useReleaseTimes();
  const mayEnd = useMayEnd(action);
  const inputRef = useRef<HTMLInputElement>(null);
  const isOffered = ACTION_DEFINITIONS[action].canEndAutomatically;
  const minutes = isOffered && mayEnd ? minutesOf(choice, times.defaultMinutes) : undefined;
  return { isOffered, action, choice, onChange, times, mayEnd, inputRef, minutes };
}

/** The state of the fields for an action from these alerts. */
export function useActionFields(
  action: ActionName,
  alertIds: readonly string[]
): ActionFieldsState {
  const releaseTime = useReleaseTime(action);
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
    releaseTime,
    comment,
    override,
    cases,
    commentRequired,
    showProblems,
    check(needs) {
      setShowProblems(true);
      const missing =
        needs.override && overrideProblem(override.value) !== undefined
          ? override
          : commentProblem(comment.value, commentRequired || needs.approval) !== undefined
            ? comment
            : minutesProblem(releaseTime.minutes, releaseTime.times.longestMinutes) !== undefined
              ? releaseTime
              : undefined;
      if (missing !== undefined) focusField(missing.inputRef.current);
      return missing === undefined;
    },
    hideProblems: () => setShowProblems(false),
    clear,
    params: (needs) => ({
      comment: comment.value,
      ...(needs.override ? { overrideComment: override.value } : {}),
      ...(needs.approval ? { requestApproval: true } : {}),
      ...(releaseTime.minutes === undefined ? {} : { releaseAfterMinutes: releaseTime.minutes }),
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
  /** What protects the hosts that another user has to approve, as a text; undefined when there are none. */
  readonly approval?: string;
  readonly approvalCount?: number;
  /** Those of them for which a request is open already. */
  readonly openRequests?: readonly OpenRequest[];
  readonly mayOverride: boolean;
  /** Whether the settings do not allow any user to isolate the hosts. */
  readonly isNever?: boolean;
  readonly disabled: boolean;
}> = ({
  fields,
  protection,
  protectedCount,
  approval,
  approvalCount = 1,
  openRequests = [],
  mayOverride,
  isNever,
  disabled,
}) => {
  const { comment, override, cases, commentRequired, releaseTime } = fields;
  const { showProblems: showProblem } = fields;
  return (
    <>
      {protection === undefined ? null : (
        <ProtectionFields
          {...override}
          protection={protection}
          count={protectedCount}
          mayOverride={mayOverride}
          isNever={isNever}
          showProblem={showProblem}
          disabled={disabled}
        />
      )}
      {openRequests.length === 0 ? null : <OpenRequestNote open={openRequests} />}
      {approval === undefined || approvalCount <= openRequests.length ? null : (
        <ApprovalNote protection={approval} count={approvalCount} />
      )}
      {releaseTime.isOffered ? (
        <ReleaseTimeField {...releaseTime} showProblem={showProblem} disabled={disabled} />
      ) : null}
      <CommentField
        {...comment}
        isRequired={commentRequired || approval !== undefined}
        showProblem={showProblem}
        disabled={disabled}
      />
      <CasesField choice={cases} disabled={disabled} />
    </>
  );
};
