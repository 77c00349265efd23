import type { BrowserContext } from 'playwright-core';
import type { SimulatorClient } from '../simulator/client';
import type { AlertHost } from './alert_host';
import type { HttpAnswer, RequestOptions, UserName } from './http';

export type { HttpAnswer, RequestOptions, UserName } from './http';

export interface AddedAlerts {
  readonly ids: readonly string[];
  remove(): Promise<void>;
}

/**
 * The host under test of contract and browser tests: the workbench, or with KIBANA_URL an official
 * Kibana in which the plugin is installed with a connector that points at SIMULATOR_URL.
 * Tests use only URLs, bodies and the simulator's call log.
 */
export interface Target {
  readonly kind: 'workbench' | 'kibana';
  readonly url: string;
  readonly simulator: SimulatorClient;
  readonly connectorId: string;
  /** Whether the connector comes from `kibana.yml`. */
  readonly isPreconfigured: boolean;
  /** The connector's switch "Let rules and API keys act"; undefined where Kibana does not tell. */
  readonly allowAutomation: boolean | undefined;
  request(
    user: UserName,
    method: string,
    path: string,
    options?: RequestOptions
  ): Promise<HttpAnswer>;
  /** The header that logs a user in; undefined for `nobody`. */
  authorizationOf(user: UserName): string | undefined;
  /** Makes an API key with the admin's privileges; returns the header that it is sent in. */
  adminApiKey(name?: string): Promise<string>;
  /**
   * Makes an OAuth token with an API key of the admin's; returns the header that it is sent in. Undefined where
   * Elasticsearch (the stand-in of one) makes such tokens for the key's owner.
   */
  adminApiKeyToken(): Promise<string | undefined>;
  /** Adds another connector of the plugin's type to the default space; returns a function that removes it. */
  addConnector(name: string): Promise<() => Promise<void>>;
  /**
   * Adds detection alerts to the default space, each given as the JSON text of its document, so that numbers stay
   * as they are written; returns their ids and what takes them away again.
   */
  addAlerts(documents: readonly string[]): Promise<AddedAlerts>;
  /** The first stored document of an action's record in the default space, or undefined. */
  // Tests look at single fields of it.
  record(actionId: string): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  /** Changes fields of that document, as time or another Kibana node would. */
  changeRecord(actionId: string, change: object): Promise<void>;
  /** Has the task that sends automatic releases run at once, after `changeRecord`. Needs `tasks`. */
  runReleaseTask(): Promise<void>;
  /** Makes an alert of the default space identify another host; returns a function that restores the alert. */
  renameAlertHost(alertId: string, host: AlertHost): Promise<() => Promise<void>>;
  /** The number of stored documents of records, in all spaces. */
  countRecords(): Promise<number>;
  /** Everything the host wrote to its log, where it can be read. */
  logs(): Promise<string>;
  /** Everything the host has stored, where it can be read, as text. */
  stored(): Promise<string>;
  /** Light or dark, for the pages of this browser context (in Kibana: for everybody). */
  setTheme(context: BrowserContext, dark: boolean): Promise<void>;
  close(): Promise<void>;
}

/** The token of the connector under test: the simulator's full one. */
export const TOKEN = 'full-token-0123456789';

export const CONNECTOR_TYPE = 'sentinelone-response';
export const RECORD_TYPE = 'sentinelone-response-action';
export const HOST_LOCK_TYPE = 'sentinelone-response-host-lock';
export const RELEASE_TASK = 'sentineloneResponse:automatic-release';
export const SETTINGS_TYPES = [
  'sentinelone-response-protection-settings',
  'sentinelone-response-retention-settings',
];

export interface TargetOptions {
  /**
   * Whether the plugin's reconciliation task runs. Off by default, because its calls would disturb tests that count
   * calls or queue faults for them.
   */
  readonly tasks?: boolean;
  /**
   * Whether the workbench's connector lets rules and API keys act; default: it does not. An official
   * Kibana's is not changed: see AUTOMATION.
   */
  readonly automation?: boolean;
  /**
   * Whether the workbench's connector stands in `kibana.yml`, and so serves every space; default: it is one of the
   * default space. An official Kibana's is not changed: see `isPreconfigured`.
   */
  readonly preconfigured?: boolean;
  /** A workbench without a connector, a rule and alerts, as `npm start -- --bare`; with the simulator running. */
  readonly bare?: boolean;
  /**
   * How long (ms) the workbench waits for SentinelOne's answers; default: 1.5 s. The setting of an official
   * Kibana is not changed; its default is 60 s.
   */
  readonly responseTimeoutMs?: number;
}

/** Opens the host under test; call `close` when done. */
export async function openTarget(options: TargetOptions = {}): Promise<Target> {
  const url = process.env.KIBANA_URL;
  // Only what is needed is loaded.
  if (url !== undefined) return (await import('./kibana_target')).openKibana(url, options);
  const { openWorkbench } = await import('./workbench_target');
  return openWorkbench(options);
}
