import { kibana91 } from './kibana_9_1';
import type { KibanaVersion } from './kibana_version';

/** Kibana 9.5 from 9.5.1 on, read in the published sources of `elastic/kibana`: pull requests by number, files by commit. */
export const kibana95: KibanaVersion = {
  ...kibana91,
  name: '9.5',
  version: '9.5.2',
  branch: '9.5',
  // Made up: no distribution was read.
  buildNumber: 95_000,
  server: {
    ...kibana91.server,
    // #240315 (9.3), #250664; lib/validate_with_schema.ts@16ca7f5
    schemaMethod: 'parse',
    // sub_action_framework/executor.ts@33dd479: the method gets the schema's result
    subActionGets: 'parsed',
  },
  browser: {
    ...kibana91.browser,
    // #279834 (9.5): the name could not be read; a closed pull request used flyoutDocumentId
    flyoutUrlKey: 'documentFlyout',
    // flyout_v2/document/components/take_action_button.tsx@006971f: a flyout of EUI, without sections
    flyoutHasSections: false,
    // ui_actions_service.ts@0316d12
    asyncUiActions: true,
  },
  // 9.4: both; #282105 (9.5.1): the old one is removed
  caseRegistries: ['registerUnified'],
};
