import { useState, type FC } from 'react';
import {
  EuiButton,
  EuiFieldNumber,
  EuiFormRow,
  EuiSpacer,
  EuiSwitch,
  EuiText,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LIMITS, PLUGIN_ID, UI_CAPABILITY } from '../../common/constants';
import { settingsCodec, type Settings } from '../../common/settings';
import { decode } from '../../common/validation';
import { describeError, type Problem } from '../api/describe_error';
import { useServices } from '../services';
import { isOutdatedError, NotSaved } from './not_saved';
import type { SetupApi, StoredSettings } from './setup_api';
import { Answer } from './step_parts';
import { askedOf, MAY_VIEW } from './steps';
import { useDraft } from './use_draft';

type RetentionApi = Pick<SetupApi, 'retention' | 'saveRetention'>;

const KEY = ['sentineloneResponse.retention'];
/** What somebody who switches it on finds in the field. */
const A_YEAR = 365;

type Stored = StoredSettings<Settings>;

const Form: FC<{ readonly stored: Stored; readonly api: RetentionApi }> = ({ stored, api }) => {
  const { application, notifications, overlays } = useServices().core;
  const queryClient = useQueryClient();
  const { settings, setSettings, base, isChanged, isOutdated, noteSaved, drop } = useDraft(stored);
  const { daysKept } = settings;
  const setDaysKept = (days: number | null) => setSettings({ daysKept: days });
  const [problem, setProblem] = useState<Problem>();
  const [isSaving, setIsSaving] = useState(false);
  const isReadOnly = application.capabilities[PLUGIN_ID]?.[UI_CAPABILITY.settings] !== true;
  const isValid = decode(settingsCodec, { daysKept }).ok;

  /** What is removed does not come back: asks before more is removed than so far. */
  const mayRemove = async (): Promise<boolean> => {
    const before = base.settings.daysKept;
    if (daysKept === null || (before !== null && daysKept >= before)) return true;
    return overlays.openConfirm(
      i18n.translate('sentineloneResponse.retention.confirm', {
        defaultMessage:
          'Records of actions in this space that ended more than {days, plural, one {# day} other {# days}} ago are removed within the hour, and cannot be brought back. Export them in History first if you may need them.',
        values: { days: daysKept },
      }),
      {
        title: i18n.translate('sentineloneResponse.retention.confirmTitle', {
          defaultMessage: 'Remove old records for good?',
        }),
        confirmButtonText: i18n.translate('sentineloneResponse.retention.confirmButton', {
          defaultMessage: 'Remove old records',
        }),
        buttonColor: 'danger',
      }
    );
  };
  const save = async () => {
    setProblem(undefined);
    if (!(await mayRemove())) return;
    setIsSaving(true);
    try {
      const saved = await api.saveRetention({ settings, etag: base.etag });
      noteSaved(saved);
      queryClient.setQueryData(KEY, saved);
      notifications.toasts.addSuccess(
        i18n.translate('sentineloneResponse.retention.saved', {
          defaultMessage: 'Saved how long records are kept',
        })
      );
    } catch (error) {
      if (isOutdatedError(error)) await queryClient.invalidateQueries(KEY);
      else setProblem(describeError(error));
    } finally {
      setIsSaving(false);
    }
  };
  return (
    <>
      <EuiSwitch
        checked={daysKept !== null}
        disabled={isReadOnly}
        label={i18n.translate('sentineloneResponse.retention.remove', {
          defaultMessage: 'Remove old records',
        })}
        onChange={({ target }) =>
          setDaysKept(target.checked ? (base.settings.daysKept ?? A_YEAR) : null)
        }
      />
      {daysKept === null ? null : (
        <>
          <EuiSpacer size="m" />
          <EuiFormRow
            label={i18n.translate('sentineloneResponse.retention.days', {
              defaultMessage: 'Days that records are kept',
            })}
            isInvalid={!isValid}
            error={i18n.translate('sentineloneResponse.retention.daysError', {
              defaultMessage: 'A whole number from 1 to {most, number}',
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
      <NotSaved
        isOutdated={isOutdated}
        onLoad={drop}
        problem={problem}
        title={i18n.translate('sentineloneResponse.retention.failed', {
          defaultMessage: 'It could not be saved how long records are kept',
        })}
      />
      <EuiButton
        isDisabled={isReadOnly || !isValid || !isChanged || isOutdated}
        isLoading={isSaving}
        onClick={() => void save()}
      >
        {i18n.translate('sentineloneResponse.retention.save', {
          defaultMessage: 'Save how long',
        })}
      </EuiButton>
    </>
  );
};

/** How long records of actions are kept in this space. */
export const RetentionForm: FC<{ readonly api: RetentionApi }> = ({ api }) => {
  const asked = askedOf(
    useQuery<Stored>({ queryKey: KEY, queryFn: () => api.retention() }),
    MAY_VIEW
  );
  return (
    <section aria-labelledby="sentineloneResponseRetention">
      <EuiSpacer size="xl" />
      <EuiTitle size="xs">
        <h3 id="sentineloneResponseRetention">
          {i18n.translate('sentineloneResponse.retention.title', {
            defaultMessage: 'How long records are kept',
          })}
        </h3>
      </EuiTitle>
      <EuiSpacer size="s" />
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.retention.what', {
            defaultMessage:
              'Records of actions in this space are kept for ever, unless you have old ones removed. An action that has not ended is always kept.',
          })}
        </p>
      </EuiText>
      <EuiSpacer size="m" />
      <Answer asked={asked}>{(stored) => <Form stored={stored} api={api} />}</Answer>
    </section>
  );
};
