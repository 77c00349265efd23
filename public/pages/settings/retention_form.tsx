import { type FC } from 'react';
import { EuiFieldNumber, EuiFormRow, EuiSpacer, EuiSwitch, EuiText, EuiTitle } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import { LIMITS } from '../../../common/lib/constants';
import {
  retentionSettingsCodec,
  type RetentionSettings,
} from '../../../common/api/retention_settings';
import { decode } from '../../../common/lib/validation';
import { useServices } from '../../lib/services';
import { Answer } from '../setup/step_parts';
import { checkStateOf, MAY_VIEW } from '../setup/steps';
import type { SettingsApi, StoredSettings } from './settings_api';
import { SettingsFormFooter, useSettingsForm } from './settings_form';

type RetentionApi = Pick<SettingsApi, 'retention' | 'saveRetention'>;

const KEY = ['sentineloneResponse.retentionSettings'];
/** The suggested value when removal is turned on. */
const A_YEAR = 365;

type Stored = StoredSettings<RetentionSettings>;

interface SectionProps {
  readonly api: RetentionApi;
  /** Called when unsaved changes appear or disappear. */
  readonly onUnsavedChange: (hasUnsavedChanges: boolean) => void;
}

const Form: FC<SectionProps & { readonly stored: Stored }> = ({ stored, api, onUnsavedChange }) => {
  const { notifications, overlays } = useServices().core;
  const form = useSettingsForm<RetentionSettings>({
    stored,
    queryKey: KEY,
    isValid: (settings) => decode(retentionSettingsCodec, settings).ok,
    save: api.saveRetention,
    // Removed records cannot be restored, so the user has to confirm if more of them will be removed than before.
    async confirm({ daysKept: before }, { daysKept: after }) {
      if (after === null || (before !== null && after >= before)) return true;
      return overlays.openConfirm(
        i18n.translate('sentineloneResponse.retention.confirm', {
          defaultMessage:
            'Records of actions in this space that ended more than {days, plural, one {# day} other {# days}} ago are removed within the hour and cannot be restored. Export them from History first if you may need them.',
          values: { days: after },
        }),
        {
          title: i18n.translate('sentineloneResponse.retention.confirmTitle', {
            defaultMessage: 'Remove old records permanently?',
          }),
          confirmButtonText: i18n.translate('sentineloneResponse.retention.confirmButton', {
            defaultMessage: 'Remove old records',
          }),
          buttonColor: 'danger',
        }
      );
    },
    onSaved: () =>
      void notifications.toasts.addSuccess(
        i18n.translate('sentineloneResponse.retention.saved', {
          defaultMessage: 'Retention settings saved',
        })
      ),
    onUnsavedChange,
  });
  const { settings, isReadOnly, isValid } = form;
  const { daysKept } = settings;
  const setDaysKept = (days: number | null) => form.setSettings({ daysKept: days });
  return (
    <>
      <EuiSwitch
        checked={daysKept !== null}
        disabled={isReadOnly}
        label={i18n.translate('sentineloneResponse.retention.remove', {
          defaultMessage: 'Remove old records',
        })}
        onChange={({ target }) =>
          setDaysKept(target.checked ? (stored.settings.daysKept ?? A_YEAR) : null)
        }
      />
      {daysKept === null ? null : (
        <>
          <EuiSpacer size="m" />
          <EuiFormRow
            label={i18n.translate('sentineloneResponse.retention.days', {
              defaultMessage: 'Days to keep records',
            })}
            isInvalid={!isValid}
            error={i18n.translate('sentineloneResponse.retention.daysError', {
              defaultMessage: 'Enter a whole number from 1 to {most, number}',
              values: { most: LIMITS.daysKept },
            })}
          >
            <EuiFieldNumber
              value={Number.isNaN(daysKept) ? '' : daysKept}
              min={1}
              max={LIMITS.daysKept}
              disabled={isReadOnly}
              isInvalid={!isValid}
              onChange={({ target }) =>
                setDaysKept(target.value === '' ? Number.NaN : Number(target.value))
              }
            />
          </EuiFormRow>
        </>
      )}
      <EuiSpacer size="m" />
      <SettingsFormFooter
        form={form}
        saveLabel={i18n.translate('sentineloneResponse.retention.save', {
          defaultMessage: 'Save retention settings',
        })}
        problemTitle={i18n.translate('sentineloneResponse.retention.failed', {
          defaultMessage: 'The retention settings could not be saved',
        })}
      />
    </>
  );
};

/** How long records of actions are kept in this space. */
export const RetentionSection: FC<SectionProps> = ({ api, onUnsavedChange }) => {
  const asked = checkStateOf(
    useQuery<Stored>({ queryKey: KEY, queryFn: () => api.retention() }),
    MAY_VIEW
  );
  return (
    <section aria-labelledby="sentineloneResponseRetention">
      <EuiTitle size="s">
        <h2 id="sentineloneResponseRetention">
          {i18n.translate('sentineloneResponse.retention.title', {
            defaultMessage: 'Retention',
          })}
        </h2>
      </EuiTitle>
      <EuiSpacer size="s" />
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.retention.what', {
            defaultMessage:
              'Records of actions in this space are kept until you choose to remove old ones. Records of actions that have not ended are always kept.',
          })}
        </p>
      </EuiText>
      <EuiSpacer size="m" />
      <Answer asked={asked}>
        {(stored) => <Form stored={stored} api={api} onUnsavedChange={onUnsavedChange} />}
      </Answer>
    </section>
  );
};
