import type { KibanaFeatureConfig } from '@kbn/features-plugin/server';
import { DEFAULT_APP_CATEGORIES } from '../features/app_categories';

const management = { insightsAndAlerting: ['triggersActions', 'triggersActionsConnectors'] };

/** "Actions and Connectors" (`actions-plugin/server/feature.js`, 8.12.2). */
export const actionsFeature: KibanaFeatureConfig = {
  id: 'actions',
  name: 'Actions and Connectors',
  category: DEFAULT_APP_CATEGORIES.management!,
  app: [],
  order: 3000,
  management,
  privileges: {
    all: {
      app: [],
      api: ['actions:execute-advanced-connectors', 'actions:execute-basic-connectors'],
      catalogue: [],
      management,
      savedObject: { all: ['action', 'action_task_params', 'connector_token'], read: [] },
      ui: ['show', 'execute', 'save', 'delete'],
    },
    read: {
      app: [],
      api: ['actions:execute-basic-connectors'],
      catalogue: [],
      management,
      savedObject: { all: ['action_task_params', 'connector_token'], read: ['action'] },
      ui: ['show', 'execute'],
    },
  },
};
