import { type FC } from 'react';
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
import type { SettingsForm } from './use_settings_form';

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
