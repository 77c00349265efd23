import { useEffect, useRef, useState, type FC } from 'react';
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { PLUGIN_ID, UI_CAPABILITY } from '../../../common/lib/constants';
import { describeError, type Problem } from '../../lib/describe_error';
import { useServices } from '../../lib/services';
import type { StoredSettings } from './settings_api';
import {
  EuiButton,
  EuiButtonEmpty,
  EuiCallOut,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFormErrorText,
  EuiSpacer,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ProblemCallout } from '../../components/problem_callout';
import { StepText } from '../setup/step_parts';

/** Shown if another user saved first, so that neither their changes nor the user's are lost unnoticed. */
const OutdatedCallout: FC<{ readonly onReload: () => void }> = ({ onReload }) => (
  <>
    <EuiCallOut
      color="warning"
      iconType="warning"
      title={i18n.translate('sentineloneResponse.settings.outdated', {
        defaultMessage: 'Another user has changed these settings',
      })}
    >
      <StepText>
        {i18n.translate('sentineloneResponse.settings.outdatedTodo', {
          defaultMessage:
            'Your changes are not saved. Load the current settings, then make your changes again.',
        })}
      </StepText>
      <EuiSpacer size="s" />
      <EuiButton size="s" color="warning" onClick={onReload}>
        {i18n.translate('sentineloneResponse.settings.reload', {
          defaultMessage: 'Discard my changes and load the current settings',
        })}
      </EuiButton>
    </EuiCallOut>
    <EuiSpacer size="m" />
  </>
);

/** The end of a settings form: why it is not saved, Save, and Discard changes. */
export const SettingsFormFooter: FC<{
  readonly form: Omit<SettingsForm<unknown>, 'settings' | 'setSettings'>;
  readonly saveLabel: string;
  /** Title of a request that failed. */
  readonly problemTitle: string;
}> = ({ form, saveLabel, problemTitle }) => (
  <>
    {form.isOutdated ? <OutdatedCallout onReload={form.discard} /> : null}
    {form.problem === undefined ? null : (
      <>
        <ProblemCallout problem={form.problem} title={problemTitle} />
        <EuiSpacer size="m" />
      </>
    )}
    <div role="status" aria-live="polite">
      {form.showErrors ? (
        <>
          <EuiFormErrorText>
            {i18n.translate('sentineloneResponse.settings.invalid', {
              defaultMessage: 'Not saved. Correct the fields that are marked above.',
            })}
          </EuiFormErrorText>
          <EuiSpacer size="s" />
        </>
      ) : null}
    </div>
    <EuiFlexGroup gutterSize="s" responsive={false} wrap>
      <EuiFlexItem grow={false}>
        <EuiButton
          fill
          size="s"
          isDisabled={form.isReadOnly || !form.isChanged || form.isOutdated}
          isLoading={form.isSaving}
          onClick={() => void form.save()}
        >
          {saveLabel}
        </EuiButton>
      </EuiFlexItem>
      {form.isChanged && !form.isOutdated ? (
        <EuiFlexItem grow={false}>
          <EuiButtonEmpty size="s" isDisabled={form.isSaving} onClick={form.discard}>
            {i18n.translate('sentineloneResponse.settings.discard', {
              defaultMessage: 'Discard changes',
            })}
          </EuiButtonEmpty>
        </EuiFlexItem>
      ) : null}
    </EuiFlexGroup>
  </>
);

export interface Draft<A> {
  readonly settings: A;
  setSettings(settings: A): void;
  /** The draft of the settings. */
  readonly base: StoredSettings<A>;
  readonly isChanged: boolean;
  /** True if the stored settings have changed since the draft was started. */
  readonly isOutdated: boolean;
  /** Marks these settings as stored, before they are read again. */
  noteSaved(saved: StoredSettings<A>): void;
  /** Drops all changes. */
  drop(): void;
}

interface Change<A> {
  readonly settings: A;
  readonly base: StoredSettings<A>;
  /** The `ETag` of the stored settings. */
  readonly savedAs?: string;
}

/** NaN, which means an empty number field, is null in JSON, which would be equal to no value. */
const asText = (settings: unknown): string =>
  JSON.stringify(settings, (_key, value: unknown) => (Number.isNaN(value) ? 'NaN' : value));
const areSame = (some: unknown, others: unknown): boolean => asText(some) === asText(others);

/**
 * A draft of settings that is not saved yet. Without changes it follows the stored settings. With changes it keeps
 * them, and reports when another user has saved.
 */
function useDraft<A>(stored: StoredSettings<A>): Draft<A> {
  const [change, setChange] = useState<Change<A>>();
  const current = change?.savedAs === stored.etag ? undefined : change;
  const base = current?.base ?? stored;
  const isChanged = current !== undefined && current.savedAs === undefined;
  return {
    settings: current?.settings ?? stored.settings,
    base,
    isChanged,
    isOutdated: isChanged && base.etag !== stored.etag,
    setSettings: (settings) =>
      setChange(areSame(settings, base.settings) ? undefined : { settings, base }),
    noteSaved: (saved) =>
      setChange((latest) => {
        if (latest === undefined) return undefined;
        // Input during the request is a change to the saved settings.
        if (!areSame(latest.settings, saved.settings)) {
          return { settings: latest.settings, base: saved };
        }
        return { ...latest, savedAs: saved.etag };
      }),
    drop: () => setChange(undefined),
  };
}

const PRECONDITION_FAILED = 412;

/** True if nothing was saved because another user saved first. */
const isOutdatedError = (error: unknown): boolean =>
  describeError(error).status === PRECONDITION_FAILED;

export interface SettingsFormOptions<A> {
  readonly stored: StoredSettings<A>;
  /** The key of the query with the stored settings. */
  readonly queryKey: QueryKey;
  isValid(settings: A): boolean;
  save(settings: StoredSettings<A>): Promise<StoredSettings<A>>;
  /** Asks the user for confirmation before a change that cannot be undone; saves if it resolves to true. */
  confirm?(before: A, after: A): Promise<boolean>;
  onSaved(): void;
  /** Called when unsaved changes appear or disappear. */
  onUnsavedChange(hasUnsavedChanges: boolean): void;
}

interface SettingsForm<A> {
  readonly settings: A;
  setSettings(settings: A): void;
  readonly isReadOnly: boolean;
  readonly isValid: boolean;
  readonly isChanged: boolean;
  /** True if another user has saved since the user started to change them. */
  readonly isOutdated: boolean;
  readonly isSaving: boolean;
  /** True once the user tried to save settings that are not valid: show every error from then on. */
  readonly showErrors: boolean;
  /** Why the last request failed. */
  readonly problem: Problem | undefined;
  setProblem(problem: Problem | undefined): void;
  save(): Promise<void>;
  /** Drops all changes. */
  discard(): void;
}

/**
 * The state of a settings form: a draft of the stored settings, validation, and saving without overwriting other users'
 * changes.
 */
export function useSettingsForm<A>({
  stored,
  queryKey,
  isValid: isValidFor,
  save,
  confirm,
  onSaved,
  onUnsavedChange,
}: SettingsFormOptions<A>): SettingsForm<A> {
  const { application } = useServices().core;
  const queryClient = useQueryClient();
  const draft = useDraft(stored);
  const { settings, base, isChanged, isOutdated } = draft;
  const [problem, setProblem] = useState<Problem>();
  const [isSaving, setIsSaving] = useState(false);
  const [showErrors, setShowErrors] = useState(false);
  const isReadOnly = application.capabilities[PLUGIN_ID]?.[UI_CAPABILITY.settings] !== true;
  const isValid = isValidFor(settings);

  const report = useRef(onUnsavedChange);
  report.current = onUnsavedChange;
  useEffect(() => {
    report.current(isChanged);
    return () => report.current(false);
  }, [isChanged]);

  return {
    settings,
    setSettings: draft.setSettings,
    isReadOnly,
    isValid,
    isChanged,
    isOutdated,
    isSaving,
    showErrors: showErrors && !isValid,
    problem,
    setProblem,
    async save() {
      setProblem(undefined);
      setShowErrors(!isValid);
      if (!isValid) return;
      if (confirm !== undefined && !(await confirm(base.settings, settings))) return;
      setIsSaving(true);
      try {
        const saved = await save({ settings, etag: base.etag });
        draft.noteSaved(saved);
        queryClient.setQueryData(queryKey, saved);
        onSaved();
      } catch (error) {
        if (isOutdatedError(error)) await queryClient.invalidateQueries(queryKey);
        else setProblem(describeError(error));
      } finally {
        setIsSaving(false);
      }
    },
    discard() {
      setProblem(undefined);
      setShowErrors(false);
      draft.drop();
    },
  };
}
