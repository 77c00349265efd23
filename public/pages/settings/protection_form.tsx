import { useState, type FC } from 'react';
import {
  EuiButton,
  EuiFieldNumber,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFormRow,
  EuiSpacer,
  EuiSwitch,
  EuiText,
  EuiTitle,
  EuiCallOut,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LIMITS } from '../../../common/lib/constants';
import {
  protectionSettingsCodec,
  type ProtectionPreview,
  type ProtectionSettings,
  type ProtectedHost,
} from '../../../common/hosts/protection_settings';
import { overridePrivilegePath } from '../../../common/actions/protection_override';
import { decode, wholeNumber } from '../../../common/lib/validation';
import { describeError } from '../../lib/describe_error';
import { useServices } from '../../lib/services';
import { Answer, StepText } from '../setup/step_parts';
import { checkStateOf, MAY_VIEW } from '../setup/steps';
import { ProtectedIsolationFields } from './protected_isolation';
import { PatternRow } from './pattern_row';
import { ReleaseTimesFields } from './release_times';
import type { SettingsApi, StoredSettings } from './settings_api';
import { SettingsFormFooter, useSettingsForm } from './settings_form';
import { useConnection } from '../../host_status/use_connection';
import { iconName } from '../../components/icon';

/**
 * Shown if the connector is configured in `kibana.yml` and applies to every space: the protection settings of all
 * spaces then apply in each of them.
 */
const AllSpacesCallout: FC = () => {
  const connection = useConnection();
  const isShown =
    connection !== undefined &&
    'state' in connection &&
    connection.state === 'one' &&
    connection.connector.isPreconfigured === true;
  if (!isShown) return null;
  return (
    <>
      <EuiCallOut
        size="s"
        iconType={iconName('iInCircle')}
        title={i18n.translate('sentineloneResponse.protection.allSpacesTitle', {
          defaultMessage: 'The settings of all spaces apply together',
        })}
      >
        <p>
          {i18n.translate('sentineloneResponse.protection.allSpaces', {
            defaultMessage:
              'The connector "{name}" is configured in kibana.yml and applies to every space. A host that matches a pattern of any space is protected in all of them. The lowest limit of hosts per action applies, a comment is required if any space requires one, and the shortest of the longest allowed times until an automatic release applies. Spaces without saved settings are ignored.',
            values: { name: connection.connector.name },
          })}
        </p>
      </EuiCallOut>
      <EuiSpacer size="m" />
    </>
  );
};

type ProtectionApi = Pick<SettingsApi, 'protection' | 'saveProtection' | 'previewProtection'>;

const KEY = ['sentineloneResponse.protectionSettings'];

type Stored = StoredSettings<ProtectionSettings>;

interface SectionProps {
  readonly api: ProtectionApi;
  /** Called when unsaved changes appear or disappear. */
  readonly onUnsavedChange: (hasUnsavedChanges: boolean) => void;
}

const Form: FC<SectionProps & { readonly stored: Stored }> = ({ stored, api, onUnsavedChange }) => {
  const { core } = useServices();
  const queryClient = useQueryClient();
  const form = useSettingsForm<ProtectionSettings>({
    stored,
    queryKey: KEY,
    isValid: (settings) => decode(protectionSettingsCodec, settings).ok,
    save: api.saveProtection,
    onSaved() {
      // The answer about the connectors contains whether a comment is required.
      void queryClient.invalidateQueries(['sentineloneResponse.connection']);
      core.notifications.toasts.addSuccess(
        i18n.translate('sentineloneResponse.protection.saved', {
          defaultMessage: 'Protection settings saved',
        })
      );
    },
    onUnsavedChange,
  });
  const { settings, setSettings, isReadOnly, isValid, showErrors } = form;
  const { protectedHosts } = settings;
  const [preview, setPreview] = useState<ProtectionPreview>();
  const [isPreviewing, setIsPreviewing] = useState(false);
  const isMaxHostsValid = wholeNumber(1, LIMITS.hostsPerAction).is(settings.maxHosts);

  const setPatterns = (next: readonly ProtectedHost[]) => {
    setPreview(undefined);
    setSettings({ ...settings, protectedHosts: next });
  };
  const showPreview = async () => {
    setIsPreviewing(true);
    form.setProblem(undefined);
    try {
      setPreview(await api.previewProtection(protectedHosts));
    } catch (error) {
      form.setProblem(describeError(error));
    } finally {
      setIsPreviewing(false);
    }
  };
  return (
    <>
      {isReadOnly ? (
        <StepText>
          {i18n.translate('sentineloneResponse.protection.readOnly', {
            defaultMessage:
              'You can view these settings but not change them. Changing them requires the "Settings" privilege of SentinelOne Response.',
          })}
        </StepText>
      ) : null}
      {protectedHosts.map((host, at) => (
        // A pattern has no id, only its position.
        <PatternRow
          key={at}
          host={host}
          at={at}
          isReadOnly={isReadOnly}
          showErrors={showErrors}
          match={preview?.patterns[at]}
          onChange={(next) =>
            setPatterns(
              protectedHosts.flatMap((one, n) =>
                n !== at ? [one] : next === undefined ? [] : [next]
              )
            )
          }
        />
      ))}
      <EuiSpacer size="s" />
      <EuiFlexGroup gutterSize="s" wrap responsive={false}>
        <EuiFlexItem grow={false}>
          <EuiButton
            size="s"
            iconType={iconName('plusInCircle')}
            isDisabled={isReadOnly || protectedHosts.length >= LIMITS.protectedHosts}
            onClick={() => setPatterns([...protectedHosts, { field: 'name', pattern: '' }])}
          >
            {i18n.translate('sentineloneResponse.protection.add', {
              defaultMessage: 'Add pattern',
            })}
          </EuiButton>
        </EuiFlexItem>
        <EuiFlexItem grow={false}>
          <EuiButton
            size="s"
            isDisabled={protectedHosts.length === 0 || !isValid}
            isLoading={isPreviewing}
            onClick={() => void showPreview()}
          >
            {i18n.translate('sentineloneResponse.protection.preview', {
              defaultMessage: 'Preview matching hosts',
            })}
          </EuiButton>
        </EuiFlexItem>
      </EuiFlexGroup>
      <div role="status" aria-live="polite">
        {preview === undefined ? null : (
          <StepText>
            {i18n.translate('sentineloneResponse.protection.previewed', {
              defaultMessage:
                '{count, plural, one {# host matches} other {# hosts match}} a pattern, of {lookedAt, number} checked.',
              values: { count: preview.protectedAgents, lookedAt: preview.lookedAt },
            })}
          </StepText>
        )}
      </div>
      <EuiSpacer size="m" />
      <ProtectedIsolationFields
        settings={settings}
        onChange={setSettings}
        isReadOnly={isReadOnly}
      />
      <EuiSpacer size="l" />
      <EuiSwitch
        checked={settings.commentRequired}
        disabled={isReadOnly}
        label={i18n.translate('sentineloneResponse.protection.commentRequired', {
          defaultMessage: 'Require a comment for every action',
        })}
        onChange={({ target }) => setSettings({ ...settings, commentRequired: target.checked })}
      />
      <EuiSpacer size="m" />
      <EuiFormRow
        label={i18n.translate('sentineloneResponse.protection.maxHosts', {
          defaultMessage: 'Maximum hosts per action',
        })}
        isInvalid={!isMaxHostsValid}
        error={i18n.translate('sentineloneResponse.protection.maxHostsError', {
          defaultMessage: 'Enter a whole number from 1 to {most, number}',
          values: { most: LIMITS.hostsPerAction },
        })}
      >
        <EuiFieldNumber
          value={Number.isNaN(settings.maxHosts) ? '' : settings.maxHosts}
          min={1}
          max={LIMITS.hostsPerAction}
          disabled={isReadOnly}
          isInvalid={!isMaxHostsValid}
          onChange={({ target }) =>
            setSettings({
              ...settings,
              maxHosts: target.value === '' ? Number.NaN : Number(target.value),
            })
          }
        />
      </EuiFormRow>
      <EuiSpacer size="l" />
      <ReleaseTimesFields settings={settings} onChange={setSettings} isReadOnly={isReadOnly} />
      <EuiSpacer size="m" />
      <SettingsFormFooter
        form={{
          ...form,
          discard() {
            setPreview(undefined);
            form.discard();
          },
        }}
        saveLabel={i18n.translate('sentineloneResponse.protection.save', {
          defaultMessage: 'Save protection settings',
        })}
        problemTitle={i18n.translate('sentineloneResponse.protection.failed', {
          defaultMessage: 'The request failed',
        })}
      />
    </>
  );
};

/** Protected hosts with a preview, and the limits of an action, of this space. */
export const ProtectionSection: FC<SectionProps> = ({ api, onUnsavedChange }) => {
  const asked = checkStateOf(
    useQuery<Stored>({ queryKey: KEY, queryFn: () => api.protection() }),
    MAY_VIEW
  );
  return (
    <section aria-labelledby="sentineloneResponseProtection">
      <EuiTitle size="s">
        <h2 id="sentineloneResponseProtection">
          {i18n.translate('sentineloneResponse.protection.title', {
            defaultMessage: 'Protected hosts',
          })}
        </h2>
      </EuiTitle>
      <EuiSpacer size="s" />
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.protection.what', {
            defaultMessage:
              'Hosts that match a pattern are isolated from this space only as you choose below, and never by a rule or an API key. They can always be released. In a pattern, * stands for any characters and ? for one. IP address patterns can be ranges such as 10.0.0.0/8 and are compared with every address of the host.',
          })}
        </p>
        <p>
          {i18n.translate('sentineloneResponse.protection.override', {
            defaultMessage:
              'The Kibana privilege "{privilege}" is included in no other privilege, not even "All". Without a license for sub-feature privileges, only superusers have it.',
            values: { privilege: overridePrivilegePath() },
          })}
        </p>
      </EuiText>
      <EuiSpacer size="m" />
      <AllSpacesCallout />
      <Answer asked={asked}>
        {(stored) => <Form stored={stored} api={api} onUnsavedChange={onUnsavedChange} />}
      </Answer>
    </section>
  );
};
