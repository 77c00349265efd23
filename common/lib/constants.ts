/** Names that both sides, Kibana and the documentation share. One definition each. */

export const PLUGIN_ID = 'sentineloneResponse';
export const PLUGIN_NAME = 'SentinelOne Response';

/** The connector type. Ids with a leading dot are Kibana's own, and `.sentinelone` is taken. */
export const CONNECTOR_TYPE_ID = 'sentinelone-response';
export const CONNECTOR_TYPE_TITLE = PLUGIN_NAME;

/** The connector's sub-actions that only read; those that act on hosts are in `ACTION_DEFINITIONS`. */
export const SUB_ACTION = {
  getAgents: 'getAgents',
  testConnection: 'testConnection',
  previewProtection: 'previewProtection',
  dryRun: 'dryRun',
} as const;

/**
 * The plugin's privileges. A route asks for one with the tag `access:<name>`, a feature grants it
 * with `api: [<name>]`, and Elasticsearch knows it as `api:<name>`. Each action has one more, in `ACTION_DEFINITIONS`.
 */
export const API_PRIVILEGE = {
  view: 'sentineloneResponse-view',
  override: 'sentineloneResponse-override',
  settings: 'sentineloneResponse-settings',
} as const;

/** Alone as well, for the file that every page of Kibana loads. */
export const UI_CAPABILITY_VIEW = 'show';
/** The browser's side of the same privileges: `capabilities.sentineloneResponse.<name>`. */
export const UI_CAPABILITY = {
  view: UI_CAPABILITY_VIEW,
  override: 'override',
  settings: 'settings',
} as const;

/**
 * The type of our attachments to cases; registered under this name on the server and in the browser. Every
 * page of Kibana loads it, so it is one of the names that are there anyway.
 */
export const CASE_ATTACHMENT_TYPE_ID = PLUGIN_ID;
/** Security's cases: alerts of detection rules are in no others. */
export const CASES_OWNER = 'securitySolution';

/** Saved object type of the record: one document per action and group of hosts. */
export const ACTION_SAVED_OBJECT_TYPE = 'sentinelone-response-action';
/** Saved object type of the claim that keeps two actions off one host at a time. */
export const HOST_LOCK_SAVED_OBJECT_TYPE = 'sentinelone-response-host-lock';
/** Saved object types of settings: one document per space. */
export const PROTECTION_SETTINGS_SAVED_OBJECT_TYPE = 'sentinelone-response-protection-settings';
export const RETENTION_SETTINGS_SAVED_OBJECT_TYPE = 'sentinelone-response-retention-settings';

export const LIMITS = {
  /** Characters of a comment. */
  comment: 2_000,
  /** Hosts in one action. */
  hostsPerAction: 1_000,
  /** Hosts of a rule's alerts that cannot be acted on and are recorded one by one. */
  refusedHosts: 100,
  /** Characters of a host's name. */
  hostName: 256,
  /** Agents that one document may name; more are an aggregate and no hosts to act on. */
  hostsPerDocument: 100,
  /** Names of hosts that are read of one document. */
  namesPerDocument: 20,
  /** Agents in one question for their status. */
  agentsPerStatus: 100,
  /** IP addresses of an agent that pages are given. */
  ipAddresses: 20,
  /** Agents in one `getAgents`; one page of SentinelOne's API. */
  agentsPerPage: 1_000,
  /** Alerts and cases that one action may name. */
  alertsPerAction: 1_000,
  casesPerAction: 100,
  /** Alerts whose cases are looked up at once. */
  alertsForCases: 50,
  /** Cases on a page of those to choose from; Kibana's own limit. */
  casesPerPage: 100,
  /** Hosts that an attachment names; the record has them all. */
  hostsInAttachment: 10,
  /** Rows of the alerts page; `from + size` may not pass Elasticsearch's result window. */
  alertsPerPage: 100,
  resultWindow: 10_000,
  /** Records on a page of the history, and hosts, alerts and cases of each that it lists. */
  actionsPerPage: 100,
  itemsInList: 25,
  /** Days that records can be kept; `null` is for ever. */
  daysKept: 36_500,
  /** Patterns of protected hosts in a space, and characters of one. */
  protectedHosts: 200,
  pattern: 256,
  /** Agents that a preview of patterns looks at. */
  agentsInPreview: 1_000,
  /** Hosts, and characters of a comment, that the record of a request has that was refused as a whole. */
  hostsOfRefusedRequest: 10,
  commentOfRefusedRequest: 256,
  /** Requests of one user that were refused as a whole and have a record of their own, in a minute. */
  refusedRequestsPerMinute: 10,
  /** Characters of a name that SentinelOne has, and of the details of an outcome, that are kept. */
  foreignName: 256,
  outcomeDetail: 2_000,
  /** Characters of SentinelOne's own words that reach a user. */
  sanitizeText: 500,
} as const;
