import { useMemo, useState, type FC } from 'react';
import { EuiHorizontalRule, EuiPageTemplate } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useAppTabs } from '../../components/app_tabs';
import { useLeavePrompt } from '../../lib/use_leave_prompt';
import { usePageTitle } from '../../lib/use_page_title';
import { useServices } from '../../lib/services';
import { ProtectionSection } from './protection_form';
import { RetentionSection } from './retention_form';
import { settingsApi, type SettingsApi } from './settings_api';

/** The settings of this space: protection and retention, each a form with its own Save. */
export const SettingsContent: FC<{ readonly api: SettingsApi }> = ({ api }) => {
  const tabs = useAppTabs('settings');
  const title = i18n.translate('sentineloneResponse.settings.title', {
    defaultMessage: 'Settings',
  });
  usePageTitle(title);
  const [isProtectionChanged, setProtectionChanged] = useState(false);
  const [isRetentionChanged, setRetentionChanged] = useState(false);
  useLeavePrompt(
    isProtectionChanged || isRetentionChanged
      ? {
          title: i18n.translate('sentineloneResponse.settings.leaveTitle', {
            defaultMessage: 'Leave without saving?',
          }),
          message: i18n.translate('sentineloneResponse.settings.leave', {
            defaultMessage: 'Your changes to the settings are not saved.',
          }),
          leaveLabel: i18n.translate('sentineloneResponse.settings.leaveButton', {
            defaultMessage: 'Leave without saving',
          }),
          stayLabel: i18n.translate('sentineloneResponse.settings.stayButton', {
            defaultMessage: 'Keep editing',
          }),
        }
      : undefined
  );
  return (
    <EuiPageTemplate restrictWidth={960} grow offset={0} paddingSize="m">
      <EuiPageTemplate.Header
        tabs={tabs}
        description={i18n.translate('sentineloneResponse.settings.description', {
          defaultMessage: 'These settings apply to this space.',
        })}
      />
      <EuiPageTemplate.Section>
        <ProtectionSection api={api} onUnsavedChange={setProtectionChanged} />
        <EuiHorizontalRule />
        <RetentionSection api={api} onUnsavedChange={setRetentionChanged} />
      </EuiPageTemplate.Section>
    </EuiPageTemplate>
  );
};

/** The page with Kibana's HTTP client. */
export const SettingsPage: FC = () => {
  const { core } = useServices();
  const api = useMemo(() => settingsApi(core.http), [core.http]);
  return <SettingsContent api={api} />;
};
