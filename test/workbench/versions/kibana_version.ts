/** The versions of Kibana that the workbench can stand in for, one file of this folder each. */
export type KibanaName = '8.12' | '8.19' | '9.1' | '9.5';

/** What the server's contracts have in one version and not in another. */
export interface ServerContracts {
  /** Whether `renderParameterTemplates` gets a logger before the parameters. */
  readonly loggerInTemplates: boolean;
  /** The method of a connector's schemas that the actions framework calls. The other one is not looked at. */
  readonly schemaMethod: 'validate' | 'parse';
  /** Whether a sub-action gets what its schema returned, or what was sent. */
  readonly subActionGets: 'parsed' | 'sent';
  /** Whether a sub-action and `request` get a collector of usage as the second argument. */
  readonly usageCollector: boolean;
  /** What becomes of an error of axios: another error, or the same one with another message. */
  readonly requestError: 'replaced' | 'kept';
  /** Whether a connector of `kibana.yml` needs the licence that its type needs. */
  readonly preconfiguredNeedsLicense: boolean;
  /** Ids that `supportedFeatureIds` of a connector type may have. */
  readonly connectorFeatureIds: readonly string[];
  /** What a message about a connector's settings calls its type. */
  readonly typeInMessages: 'action type' | 'connector type';
  /** Whether a route's `security` is unknown, used in place of the tags if it is there, or required (tags are unknown). */
  readonly routeSecurity: 'unknown' | 'used' | 'required';
  /** Whether internal routes answer only requests with the header `x-elastic-internal-origin`. */
  readonly internalOriginRequired: boolean;
  /** The version of an internal route that a request without one asks for; undefined: 400. */
  readonly defaultInternalVersion: string | undefined;
  /** The members of the security plugin's setup contract. */
  readonly securitySetup: readonly string[];
}

/** What differs in the browser. */
export interface BrowserContracts {
  /** Whether triggersActionsUi has `alertsTableConfigurationRegistry`, so that plugins can extend Security's tables. */
  readonly alertsTableRegistry: boolean;
  /** The parameter of Security's URL that contains the state of the open flyout. */
  readonly flyoutUrlKey: string;
  /** The test subject of the button that opens the menu "Take action". */
  readonly takeActionButton: string;
  /** Whether the flyout has sections, of which the right one contains the alert. */
  readonly flyoutHasSections: boolean;
  /** Whether uiActions has `registerActionAsync` and `addTriggerActionAsync`. */
  readonly asyncUiActions: boolean;
  /** The member of unifiedDocViewer by which plugins add tabs to Discover. */
  readonly docViewer: 'addDocView' | 'registry';
}

/** What HTTP routes depend on. */
export type RouteContracts = Pick<ServerContracts, 'routeSecurity' | 'defaultInternalVersion'>;

/** One version of Kibana, as far as its published contracts differ from those of the others. */
export interface KibanaVersion {
  readonly name: KibanaName;
  readonly version: string;
  readonly branch: string;
  readonly buildNumber: number;
  readonly buildSha: string;
  readonly server: ServerContracts;
  readonly browser: BrowserContracts;
  /** The registries of attachments that cases have, on the server and in the browser. */
  readonly caseRegistries: ReadonlyArray<'registerExternalReference' | 'registerUnified'>;
}
