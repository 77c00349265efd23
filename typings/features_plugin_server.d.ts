/** Kibana 8.12.2; checked against `features-plugin/server/{index,plugin,feature_schema}.js`. */
declare module '@kbn/features-plugin/server' {
  import type { AppCategory } from '@kbn/core/server';

  type License = 'basic' | 'standard' | 'gold' | 'platinum' | 'enterprise' | 'trial';

  interface Granted {
    readonly management?: Readonly<Record<string, readonly string[]>>;
    readonly catalogue?: readonly string[];
    readonly api?: readonly string[];
    readonly app?: readonly string[];
    /** Owners of cases, by what may be done to theirs. */
    readonly cases?: Readonly<
      Partial<Record<'all' | 'create' | 'read' | 'update' | 'delete' | 'push', readonly string[]>>
    >;
    readonly savedObject: { readonly all: readonly string[]; readonly read: readonly string[] };
    readonly ui: readonly string[];
  }

  export interface FeatureKibanaPrivileges extends Granted {
    readonly excludeFromBasePrivileges?: boolean;
    readonly requireAllSpaces?: boolean;
    readonly disabled?: boolean;
  }

  export interface SubFeaturePrivilegeConfig extends Granted {
    /** Letters, digits, `_` and `-`. */
    readonly id: string;
    readonly name: string;
    readonly includeIn: 'all' | 'read' | 'none';
    /** Only in a group that is `independent`. */
    readonly minimumLicense?: 'gold' | 'platinum' | 'enterprise' | 'trial';
  }

  export interface SubFeaturePrivilegeGroupConfig {
    readonly groupType: 'independent' | 'mutually_exclusive';
    readonly privileges: readonly SubFeaturePrivilegeConfig[];
  }

  export interface SubFeatureConfig {
    readonly name: string;
    readonly description?: string;
    readonly requireAllSpaces?: boolean;
    readonly privilegesTooltip?: string;
    readonly privilegeGroups: readonly SubFeaturePrivilegeGroupConfig[];
  }

  export interface KibanaFeatureConfig {
    /** Letters, digits, `_` and `-`. Also the key of the UI capabilities. */
    readonly id: string;
    readonly name: string;
    readonly category: AppCategory;
    readonly description?: string;
    readonly order?: number;
    readonly excludeFromBasePrivileges?: boolean;
    readonly minimumLicense?: License;
    /** Each must be granted by a privilege. */
    readonly app: readonly string[];
    readonly management?: Readonly<Record<string, readonly string[]>>;
    readonly catalogue?: readonly string[];
    /** Owners of cases that the privileges speak of. */
    readonly cases?: readonly string[];
    readonly privileges: {
      readonly all: FeatureKibanaPrivileges;
      readonly read: FeatureKibanaPrivileges;
    } | null;
    readonly subFeatures?: readonly SubFeatureConfig[];
    readonly privilegesTooltip?: string;
  }

  export interface PluginSetupContract {
    /** In `setup` only: features are locked when Kibana starts. */
    registerKibanaFeature(feature: KibanaFeatureConfig): void;
  }

  export interface PluginStartContract {
    getKibanaFeatures(): ReadonlyArray<{ readonly id: string; readonly name: string }>;
  }
}
