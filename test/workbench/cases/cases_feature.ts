import type { KibanaFeatureConfig } from '@kbn/features-plugin/server';
import { DEFAULT_APP_CATEGORIES } from '../features/app_categories';

const CASES_FEATURE_ID = 'securitySolutionCases';
/** The owner of the workbench's cases: Elastic Security. */
export const CASES_OWNER = 'securitySolution';

const app = [CASES_FEATURE_ID, 'kibana'];
const NO_SAVED_OBJECTS = { all: [], read: [] };

/** Security's "Cases" (`security-solution-features/src/cases`, 8.12.2), without files, tags and settings. */
export const casesFeature: KibanaFeatureConfig = {
  id: CASES_FEATURE_ID,
  name: 'Cases',
  order: 1100,
  category: DEFAULT_APP_CATEGORIES.security!,
  app,
  cases: [CASES_OWNER],
  privileges: {
    all: {
      app,
      api: [],
      cases: { create: [CASES_OWNER], read: [CASES_OWNER], update: [CASES_OWNER] },
      savedObject: NO_SAVED_OBJECTS,
      ui: ['create_cases', 'read_cases', 'update_cases', 'push_cases', 'cases_connectors'],
    },
    read: {
      app,
      api: [],
      cases: { read: [CASES_OWNER] },
      savedObject: NO_SAVED_OBJECTS,
      ui: ['read_cases'],
    },
  },
  subFeatures: [
    {
      name: 'Delete',
      privilegeGroups: [
        {
          groupType: 'independent',
          privileges: [
            {
              api: [],
              id: 'cases_delete',
              name: 'Delete cases and comments',
              includeIn: 'all',
              savedObject: NO_SAVED_OBJECTS,
              cases: { delete: [CASES_OWNER] },
              ui: ['delete_cases'],
            },
          ],
        },
      ],
    },
  ],
};
