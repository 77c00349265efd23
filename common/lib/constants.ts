import { version } from '../../package.json';

/** Names and limits that the server and the browser share. */

/**
 * Units of time in milliseconds. All constants here are plain numbers instead of products, because the bundler removes
 * unused constants only if nothing has to be calculated.
 */
export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export const PLUGIN_ID = 'sentineloneResponse';
export const PLUGIN_VERSION = version;
export const PLUGIN_NAME = 'SentinelOne Response';

/** The version of the internal routes, and the path of the one that the bundle of every page of Kibana contains. */
export const INTERNAL_API_VERSION = '1';
export const VIEW_PATH = '/internal/sentinelone_response/_view';

/** The connector type. Ids with a leading dot are Kibana's own, and `.sentinelone` is taken. */
export const CONNECTOR_TYPE_ID = 'sentinelone-response';
export const CONNECTOR_TYPE_TITLE = PLUGIN_NAME;

/** The connector's sub-actions that only read; those that act on hosts are in `ACTION_DEFINITIONS`. */
export const SUB_ACTION = {
  getAgents: 'getAgents',
  getIsolationActivities: 'getIsolationActivities',
  testConnection: 'testConnection',
  previewProtection: 'previewProtection',
  dryRun: 'dryRun',
} as const;

/** The connector's sub-action with which a user approves a request of another user. */
export const APPROVE_SUB_ACTION = 'approveRequest';

/**
 * The plugin's privileges. A route requires one with the tag `access:<name>`, a feature grants it with
 * `api: [<name>]`, and Elasticsearch stores it as `api:<name>`. Those of actions are in `ACTION_DEFINITIONS`.
 */
export const API_PRIVILEGE = {
  view: 'sentineloneResponse-view',
  override: 'sentineloneResponse-override',
  settings: 'sentineloneResponse-settings',
} as const;

/** Exported separately for the bundle that every page of Kibana loads. */
export const UI_CAPABILITY_VIEW = 'show';
/** The same privileges in the browser: `capabilities.sentineloneResponse.<name>`. */
export const UI_CAPABILITY = {
  view: UI_CAPABILITY_VIEW,
  override: 'override',
  settings: 'settings',
} as const;

/**
 * The type of our attachments to cases, registered under this name on the server and in the browser. Every page of
 * Kibana loads it, so it reuses a name.
 */
export const CASE_ATTACHMENT_TYPE_ID = PLUGIN_ID;
/** Elastic Security's cases, the only ones with alerts of detection rules. */
export const CASES_OWNER = 'securitySolution';

/** Saved object type of the record: one document per action and group of hosts. */
export const ACTION_SAVED_OBJECT_TYPE = 'sentinelone-response-action';
/** Saved object type of the lock that prevents two actions on one host at a time. */
export const HOST_LOCK_SAVED_OBJECT_TYPE = 'sentinelone-response-host-lock';
/** Saved object types of settings: one document per space. */
export const PROTECTION_SETTINGS_SAVED_OBJECT_TYPE = 'sentinelone-response-protection-settings';
export const RETENTION_SETTINGS_SAVED_OBJECT_TYPE = 'sentinelone-response-retention-settings';

export const LIMITS = {
  /** Maximum characters of a comment. */
  comment: 2_000,
  /** Hosts in one action. */
  hostsPerAction: 1_000,
  /** Minutes until an isolation ends automatically: 5 minutes to 90 days. */
  shortestReleaseMinutes: 5,
  longestReleaseMinutes: 129_600,
  /** Hosts of a rule's alerts without a usable id that are recorded individually. */
  refusedHosts: 100,
  /** Characters of a host's name, and of a text that hosts are searched by. */
  hostName: 256,
  searchText: 256,
  /** Agents of one document; a document with more is an aggregate and identifies no hosts. */
  hostsPerDocument: 100,
  /** Names of hosts that are read of one document. */
  namesPerDocument: 20,
  /** Agents in one status request. */
  agentsPerStatus: 100,
  /** IP addresses of an agent that pages receive. */
  ipAddresses: 20,
  /** Agents in one `getAgents`; one page of SentinelOne's API. */
  agentsPerPage: 1_000,
  /** Agents whose activities one `getIsolationActivities` reads. */
  agentsPerActivities: 1_000,
  /** Rows of the Hosts page, and isolated hosts that it lists in all. */
  hostsPerPage: 100,
  isolatedHostsPerPage: 1_000,
  isolatedHosts: 10_000,
  /** Alerts and cases of one action. */
  alertsPerAction: 1_000,
  casesPerAction: 100,
  /** Alerts whose cases are looked up in one request. */
  alertsForCases: 50,
  /** Cases on a page; Kibana's own limit. */
  casesPerPage: 100,
  /** Hosts in an attachment; the record has all of them. */
  hostsInAttachment: 10,
  /** Rows of the alerts page; `from + size` may not pass Elasticsearch's result window. */
  alertsPerPage: 100,
  resultWindow: 10_000,
  /** Records on a page of the history, and listed hosts, alerts and cases of each. */
  actionsPerPage: 100,
  itemsInList: 25,
  /** Maximum days that records are kept; `null` is forever. */
  daysKept: 36_500,
  /** Patterns of protected hosts in a space, and characters of one. */
  protectedHosts: 200,
  pattern: 256,
  /** Minutes after which a request for approval expires; `longest` is seven days. */
  shortestApprovalMinutes: 5,
  longestApprovalMinutes: 10_080,
  /** Hosts in one request for approval. Limited, because a person has to check them. */
  hostsPerApproval: 100,
  /** Agents that a preview of patterns checks. */
  agentsInPreview: 1_000,
  /** Hosts, and characters of a comment, in the record of a request that was refused as a whole. */
  hostsOfRefusedRequest: 10,
  commentOfRefusedRequest: 256,
  /** Refused requests per user and minute that get a record of their own. */
  refusedRequestsPerMinute: 10,
  /** Stored characters of a name from SentinelOne, and of an outcome's details. */
  sourceName: 256,
  outcomeDetail: 2_000,
  /** Characters of SentinelOne's error texts that are shown. */
  sanitizeText: 500,
} as const;

/** The versions of Kibana whose official distribution the plugin was tested in. */
export const TESTED_KIBANA_VERSIONS: readonly string[] = ['8.12.2'];
