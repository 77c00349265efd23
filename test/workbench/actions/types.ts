import type {
  ActionTypeExecutorResult,
  ActionsConfigurationUtilities,
  ActionsServices,
  ConnectorUsageCollector,
  InMemoryConnector,
} from '@kbn/actions-plugin/server';
import type { KibanaRequest, Logger } from '@kbn/core/server';
import type { LicenseType } from '@kbn/licensing-plugin/server';

export type { ActionExecutionSource, InMemoryConnector } from '@kbn/actions-plugin/server';
export type { KibanaRequest };
export type Values = Record<string, unknown>;
export type ConfigUtilities = ActionsConfigurationUtilities;

interface Validated {
  /** With the method that this version of Kibana calls, at least. */
  readonly schema: object;
  readonly customValidator?: (
    value: unknown,
    services: { readonly configurationUtilities: ConfigUtilities }
  ) => void;
}

export interface ExecutorOptions {
  readonly actionId: string;
  readonly params: Values;
  readonly config: Values;
  readonly secrets: Values;
  readonly services: ActionsServices;
  readonly configurationUtilities: ConfigUtilities;
  readonly logger: Logger;
  /** Kibana 8.16 and later. */
  readonly usageCollector?: ConnectorUsageCollector;
}

/** A connector type as the registry keeps it. */
export interface ConnectorType {
  readonly id: string;
  readonly name: string;
  readonly minimumLicenseRequired: LicenseType;
  readonly supportedFeatureIds: readonly string[];
  readonly maxAttempts?: number;
  readonly validate: {
    readonly config: Validated;
    readonly secrets: Validated;
    readonly params: Validated;
  };
  readonly executor: (options: ExecutorOptions) => Promise<ActionTypeExecutorResult | void>;
  /** Fills a rule's variables into the parameters. */
  readonly renderParameterTemplates?: (
    params: Values,
    variables: Values,
    connectorId: string
  ) => Values;
}

/** `xpack.actions` of `kibana.yml`, as far as the workbench has it. */
export interface ActionsConfig {
  /** Host names, or `*`. */
  readonly allowedHosts: readonly string[];
  readonly enabledActionTypes: readonly string[];
  /** Milliseconds. */
  readonly responseTimeout: number;
  /** Bytes. */
  readonly maxResponseContentLength: number;
  readonly preconfigured: Readonly<
    Record<
      string,
      {
        readonly actionTypeId: string;
        readonly name: string;
        readonly config?: Values;
        readonly secrets?: Values;
      }
    >
  >;
}

export const DEFAULT_ACTIONS_CONFIG: ActionsConfig = {
  allowedHosts: ['*'],
  enabledActionTypes: ['*'],
  responseTimeout: 60_000,
  maxResponseContentLength: 1_048_576,
  preconfigured: {},
};

/** The connectors that `kibana.yml` holds. */
export const inMemoryConnectorsOf = ({ preconfigured }: ActionsConfig): InMemoryConnector[] =>
  Object.entries(preconfigured).map(([id, { config = {}, secrets = {}, ...rest }]) => ({
    ...rest,
    id,
    config,
    secrets,
    isPreconfigured: true,
    isSystemAction: false,
    isDeprecated: false,
  }));
