import type { KibanaFeatureConfig } from '@kbn/features-plugin/server';
import { i18n } from '@kbn/i18n';
import { ACTIONS } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { API_PRIVILEGE, PLUGIN_ID, PLUGIN_NAME, UI_CAPABILITY } from '../../common/lib/constants';
import { overridePrivilege } from '../../common/actions/protection_override';

const NO_SAVED_OBJECTS = { all: [], read: [] } as const;

/**
 * The Kibana feature. `read` grants access to alerts and hosts. Each action has a privilege of its own, so that a user
 * can be allowed to release but not to isolate.
 */
export const feature: KibanaFeatureConfig = {
  id: PLUGIN_ID,
  name: PLUGIN_NAME,
  category: { id: 'securitySolution', label: 'Security', order: 4000, euiIconType: 'logoSecurity' },
  app: [PLUGIN_ID, 'kibana'],
  privileges: {
    all: {
      app: [PLUGIN_ID, 'kibana'],
      api: [API_PRIVILEGE.view],
      savedObject: { all: [], read: [] },
      ui: [UI_CAPABILITY.view],
    },
    read: {
      app: [PLUGIN_ID, 'kibana'],
      api: [API_PRIVILEGE.view],
      savedObject: { all: [], read: [] },
      ui: [UI_CAPABILITY.view],
    },
  },
  subFeatures: [
    {
      name: i18n.translate('sentineloneResponse.feature.hostActions', {
        defaultMessage: 'Actions on hosts',
      }),
      privilegeGroups: [
        {
          groupType: 'independent',
          privileges: [
            ...ACTIONS.map((action) => {
              const { privilege, texts } = ACTION_DEFINITIONS[action];
              return {
                id: privilege.id,
                name: texts.privilege(),
                includeIn: 'all' as const,
                api: [privilege.api],
                savedObject: NO_SAVED_OBJECTS,
                ui: [privilege.capability],
              };
            }),
            {
              id: 'isolate_protected_host',
              name: overridePrivilege(),
              // If this were part of "All", protection would not apply to any user with "All".
              includeIn: 'none',
              api: [API_PRIVILEGE.override],
              savedObject: NO_SAVED_OBJECTS,
              ui: [UI_CAPABILITY.override],
            },
          ],
        },
      ],
    },
    {
      name: i18n.translate('sentineloneResponse.feature.settingsGroup', {
        defaultMessage: 'Settings',
      }),
      privilegeGroups: [
        {
          groupType: 'independent',
          privileges: [
            {
              id: 'change_settings',
              name: i18n.translate('sentineloneResponse.feature.settings', {
                defaultMessage: 'Change protected hosts, comments, and how long records are kept',
              }),
              // "All" must not allow users to remove records of their own actions.
              includeIn: 'none',
              api: [API_PRIVILEGE.settings],
              savedObject: NO_SAVED_OBJECTS,
              ui: [UI_CAPABILITY.settings],
            },
          ],
        },
      ],
    },
  ],
};
