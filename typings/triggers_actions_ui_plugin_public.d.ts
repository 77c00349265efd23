/** Kibana 8.12.2; checked against `triggers-actions-ui-plugin/public/{index,plugin}.js`, `triggers-actions-ui-plugin/public/application/{type_registry,alert_table_config_registry}.js` and the components named below. */
declare module '@kbn/triggers-actions-ui-plugin/public' {
  import type { ComponentType, LazyExoticComponent, ReactElement, ReactNode } from 'react';
  import type { HttpSetup } from '@kbn/core/public';

  // Connector types ---------------------------------------------------------------------------

  export interface IErrorObject {
    [field: string]: string | string[] | IErrorObject;
  }

  export interface GenericValidationResult<T> {
    readonly errors: { [Name in keyof T]?: string[] | unknown };
  }

  export interface ActionConnector<Config = Record<string, unknown>, Secrets = unknown> {
    readonly id: string;
    readonly actionTypeId: string;
    readonly name: string;
    readonly secrets: Secrets;
    readonly config: Config;
    readonly isPreconfigured: boolean;
    readonly isDeprecated: boolean;
    readonly isSystemAction: boolean;
    readonly isMissingSecrets?: boolean;
    readonly referencedByCount?: number;
  }

  export interface ConnectorValidationResult {
    readonly message: ReactNode;
  }

  export interface ActionConnectorFieldsProps {
    readonly readOnly: boolean;
    readonly isEdit: boolean;
    /** The form is not sent while the validator returns a message. */
    registerPreSubmitValidator(
      validator: () => Promise<ConnectorValidationResult | undefined>
    ): void;
  }

  export enum ActionConnectorMode {
    Test = 'test',
    ActionForm = 'actionForm',
  }

  export interface ActionVariable {
    readonly name: string;
    readonly description: string;
    readonly deprecated?: boolean;
    readonly useWithTripleBracesInTemplates?: boolean;
    readonly usesPublicBaseUrl?: boolean;
  }

  export interface ActionParamsProps<Params> {
    readonly actionParams: Partial<Params>;
    readonly index: number;
    editAction(key: string, value: unknown, index: number): void;
    readonly errors: IErrorObject;
    readonly messageVariables?: ActionVariable[];
    readonly defaultMessage?: string;
    readonly useDefaultMessage?: boolean;
    readonly actionConnector?: ActionConnector;
    readonly isLoading?: boolean;
    readonly isDisabled?: boolean;
    readonly selectedActionGroupId?: string;
    readonly showEmailSubjectAndMessage?: boolean;
    readonly executionMode?: ActionConnectorMode;
    readonly ruleTypeId?: string;
    readonly producerId?: string;
  }

  /** Kibana wraps it in Suspense: made by `React.lazy`. */
  type Lazy<Props> = LazyExoticComponent<ComponentType<Props>>;

  export interface ActionTypeModel<
    Config = Record<string, unknown>,
    Secrets = Record<string, unknown>,
    Params = Record<string, unknown>,
  > {
    readonly id: string;
    /** An EUI icon type, or a component for one. */
    readonly iconClass: string | ComponentType | LazyExoticComponent<ComponentType>;
    readonly selectMessage: string;
    readonly actionTypeTitle?: string;
    readonly isExperimental?: boolean;
    readonly hideInUi?: boolean;
    readonly defaultActionParams?: Partial<Params>;
    validateParams(params: Params): Promise<GenericValidationResult<unknown>>;
    readonly actionConnectorFields: Lazy<ActionConnectorFieldsProps> | null;
    readonly actionParamsFields: Lazy<ActionParamsProps<Params>>;
    readonly customConnectorSelectItem?: {
      getText(connector: ActionConnector<Config, Secrets>): string;
      getComponent(connector: ActionConnector<Config, Secrets>): ReactElement | undefined;
    };
  }

  // The registry holds models of every kind: what `Params` of one is does not fit the next.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export type AnyActionTypeModel = ActionTypeModel<any, any, any>;

  export interface TypeRegistry<T extends { readonly id: string }> {
    has(id: string): boolean;
    /** Throws when the id is taken. */
    register(type: T): void;
    /** Throws when there is none. */
    get(id: string): T;
    list(): T[];
  }

  // The connector's form ----------------------------------------------------------------------

  interface CommonFieldSchema {
    /** Without `config.` or `secrets.`: the form adds it. Its test id is `<path>-input`. */
    readonly id: string;
    readonly label: string;
    readonly helpText?: string | ReactNode;
    readonly isRequired?: boolean;
    readonly type?: 'TEXT' | 'COMBO_BOX';
    readonly euiFieldProps?: Readonly<Record<string, unknown>>;
  }

  export interface ConfigFieldSchema extends CommonFieldSchema {
    readonly isUrlField?: boolean;
    readonly defaultValue?: string | string[];
  }

  export interface SecretsFieldSchema extends CommonFieldSchema {
    readonly isPasswordField?: boolean;
  }

  /** Real at runtime. */
  export const SimpleConnectorForm: ComponentType<{
    readonly isEdit: boolean;
    readonly readOnly: boolean;
    readonly configFormSchema: ConfigFieldSchema[];
    readonly secretsFormSchema: SecretsFieldSchema[];
    readonly configFormSchemaAfterSecrets?: ConfigFieldSchema[];
  }>;

  interface MessageVariablesProps {
    readonly messageVariables?: ActionVariable[];
    readonly paramsProperty: string;
    readonly index: number;
    readonly inputTargetValue?: string;
    editAction(property: string, value: string, index: number): void;
    readonly label?: string;
    readonly errors?: string[];
  }

  /** Real at runtime. Its test id is `<paramsProperty>TextArea`. */
  export const TextAreaWithMessageVariables: ComponentType<
    MessageVariablesProps & {
      readonly label: string;
      readonly isOptionalField?: boolean;
      readonly placeholder?: string;
      readonly helpText?: string;
      readonly isDisabled?: boolean;
    }
  >;

  /** Real at runtime. Its test id is `<paramsProperty>Input`. */
  export const TextFieldWithMessageVariables: ComponentType<
    MessageVariablesProps & {
      readonly 'aria-label'?: string;
      readonly defaultValue?: string | number;
      readonly showButtonTitle?: boolean;
      readonly formRowProps?: Readonly<Record<string, unknown>>;
    }
  >;

  /** Real at runtime: true for a text with `{{ }}` in it. */
  export function hasMustacheTokens(text: string): boolean;

  export interface ExecuteActionResult<Data = unknown> {
    readonly status: 'ok' | 'error';
    readonly actionId: string;
    readonly data?: Data;
    readonly message?: string;
    readonly serviceMessage?: string;
    readonly retry?: boolean | string | null;
  }

  /** Real at runtime: `POST /api/actions/connector/<id>/_execute`. */
  export function executeAction<Data = unknown>(options: {
    readonly id: string;
    readonly params: Record<string, unknown>;
    readonly http: HttpSetup;
    readonly signal?: AbortSignal;
  }): Promise<ExecuteActionResult<Data>>;

  /** Real at runtime, inside Kibana's own pages for connectors and rules only. */
  export function useSubAction<Params, Data>(options: {
    readonly connectorId?: string;
    readonly subAction?: string;
    readonly subActionParams?: Params;
    readonly disabled?: boolean;
  }): {
    readonly isLoading: boolean;
    readonly response: Data | undefined;
    readonly error: Error | null;
  };

  // Alerts table ------------------------------------------------------------------------------

  export interface EcsAlert {
    readonly _id: string;
    readonly _index?: string;
    readonly [field: string]: unknown;
  }

  export interface TimelineItem {
    readonly _id: string;
    readonly _index?: string | null;
    readonly data: ReadonlyArray<{ readonly field: string; readonly value?: string[] | null }>;
    readonly ecs: EcsAlert;
  }

  export interface BulkActionsConfig {
    readonly key: string;
    readonly label: string;
    readonly 'data-test-subj'?: string;
    readonly disableOnQuery: boolean;
    readonly disabledLabel?: string;
    onClick?(
      items: TimelineItem[],
      isSelectAllChecked: boolean,
      setIsLoading: (isLoading: boolean) => void,
      clearSelection: () => void,
      refresh: () => void
    ): void;
    readonly panel?: number;
  }

  /** Panel 0 holds the menu's items. */
  export interface BulkActionsPanelConfig {
    readonly id: number;
    readonly title?: ReactNode;
    readonly items?: BulkActionsConfig[];
    readonly [member: string]: unknown;
  }

  /** Only the visible columns' fields are in `alert`: resolve the rest by `_id` and `_index`. */
  export interface RenderCustomActionsRowArgs {
    readonly ecsAlert: EcsAlert;
    readonly nonEcsData: TimelineItem['data'];
    readonly alert: {
      readonly _id: string;
      readonly _index: string;
      readonly [field: string]: unknown;
    };
    readonly rowIndex: number;
    readonly cveProps: unknown;
    setFlyoutAlert(alertId: string): void;
    readonly id?: string;
    refresh(): void;
    clearSelection(): void;
  }

  export interface UseActionsColumn {
    (options: unknown): {
      readonly renderCustomActionsRow: (args: RenderCustomActionsRowArgs) => ReactElement;
      readonly width?: number;
    };
  }

  export interface UseBulkActions {
    (query: unknown, refresh?: () => void): BulkActionsPanelConfig[];
  }

  export interface AlertsTableConfigurationRegistry {
    readonly id: string;
    readonly useActionsColumn?: UseActionsColumn;
    readonly useBulkActions?: UseBulkActions;
    readonly [member: string]: unknown;
  }

  export interface AlertTableConfigRegistry {
    has(id: string): boolean;
    /** Throws when the id is taken. */
    register(configuration: AlertsTableConfigurationRegistry): void;
    /** Throws when there is none. */
    get(id: string): AlertsTableConfigurationRegistry;
    list(): AlertsTableConfigurationRegistry[];
    /** Throws when there is none. */
    update(
      id: string,
      configuration: AlertsTableConfigurationRegistry
    ): AlertsTableConfigurationRegistry;
  }

  // Contracts ---------------------------------------------------------------------------------

  export interface CreateConnectorFlyoutProps {
    onClose(): void;
    readonly featureId?: string;
    onConnectorCreated?(connector: ActionConnector): void;
    onTestConnector?(connector: ActionConnector): void;
  }

  export interface EditConnectorFlyoutProps {
    readonly connector: ActionConnector;
    onClose(): void;
    readonly tab?: 'configuration' | 'test';
    onConnectorUpdated?(connector: ActionConnector): void;
  }

  export interface TriggersAndActionsUIPublicPluginSetup {
    readonly actionTypeRegistry: TypeRegistry<AnyActionTypeModel>;
    /** Not in 8.19, nor from 9.1 on. */
    readonly alertsTableConfigurationRegistry?: AlertTableConfigRegistry;
  }

  export interface TriggersAndActionsUIPublicPluginStart {
    readonly actionTypeRegistry: TypeRegistry<AnyActionTypeModel>;
    /** Not in 8.19, nor from 9.1 on. */
    readonly alertsTableConfigurationRegistry?: AlertTableConfigRegistry;
    getAddConnectorFlyout(props: CreateConnectorFlyoutProps): ReactElement;
    getEditConnectorFlyout(props: EditConnectorFlyoutProps): ReactElement;
  }
}
