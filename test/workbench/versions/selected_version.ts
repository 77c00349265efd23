import { selectedName } from '../../libraries/packages.cjs';
import { kibana812 } from './kibana_8_12';
import { kibana819 } from './kibana_8_19';
import { kibana91 } from './kibana_9_1';
import { kibana95 } from './kibana_9_5';
import type { KibanaName, KibanaVersion } from './kibana_version';

const VERSIONS: Readonly<Record<KibanaName, KibanaVersion>> = {
  '8.12': kibana812,
  '8.19': kibana819,
  '9.1': kibana91,
  '9.5': kibana95,
};

export const KIBANA_NAMES = Object.keys(VERSIONS) as readonly KibanaName[];

export const isKibanaName = (name: string): name is KibanaName => name in VERSIONS;

/** One version by its name; without a name, the one that KIBANA_VERSION selects. */
export const kibanaVersion = (name: KibanaName = selectedName()): KibanaVersion => VERSIONS[name];
