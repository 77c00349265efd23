import { i18n } from '@kbn/i18n';
import { ACTIONS } from './action_name';
import { ACTION_DEFINITIONS } from './catalogue';
import { andText } from '../lib/text';

/**
 * The permissions in SentinelOne that the two API tokens of the set-up need. The README, the Set up page, the
 * connector's form, its test and the reasons of failures use this list.
 */

/** A permission of a role in SentinelOne, for the connector's token. */
export interface TokenPermission {
  /** Its name in SentinelOne's API documentation. */
  readonly name: string;
  readonly isRequired: boolean;
  /** The calls that need it, by their paths below `/web/api/v2.1`. */
  readonly paths: readonly string[];
  /** Its purpose, as part of a sentence. */
  readonly purpose: () => string;
}

/** Source: SentinelOne's API documentation, tags "Agents", "Agent Actions", "Activities" and "Users". */
export const CONNECTOR_PERMISSIONS: readonly TokenPermission[] = [
  {
    name: 'Endpoints.view',
    isRequired: true,
    paths: ['/agents'],
    purpose: () =>
      i18n.translate('sentineloneResponse.permission.endpointsView', {
        defaultMessage: 'find hosts and read their network status',
      }),
  },
  ...ACTIONS.map((action): TokenPermission => {
    const { sentinelOne, texts } = ACTION_DEFINITIONS[action];
    return {
      name: sentinelOne.permission,
      isRequired: sentinelOne.isRequired,
      paths: [sentinelOne.path],
      purpose: texts.permissionPurpose,
    };
  }),
  {
    name: 'Activity Page.view',
    isRequired: false,
    paths: ['/activities'],
    purpose: () =>
      i18n.translate('sentineloneResponse.permission.activities', {
        defaultMessage:
          'record why an isolation failed, who undid it, and who isolated a host outside Kibana',
      }),
  },
  {
    name: 'Users.view',
    isRequired: false,
    paths: ['/user'],
    purpose: () =>
      i18n.translate('sentineloneResponse.permission.users', {
        defaultMessage:
          'warn before the token expires, name its role, and recognize its user in the log',
      }),
  },
];

export const REQUIRED_PERMISSIONS = CONNECTOR_PERMISSIONS.filter(({ isRequired }) => isRequired);
export const OPTIONAL_PERMISSIONS = CONNECTOR_PERMISSIONS.filter(({ isRequired }) => !isRequired);

/** The permission that a call needs; undefined for calls without one. */
export const permissionFor = (path: string): string | undefined =>
  CONNECTOR_PERMISSIONS.find(({ paths }) => paths.includes(path))?.name;

/** A permission for the integration's token: what one of its data streams needs. */
export interface StreamPermission {
  /** The integration's data streams, by their names in its settings. */
  readonly streams: readonly string[];
  /** Its name in the README of the integration. */
  readonly name: string;
  /** The purpose of the stream, as part of a sentence; absent for streams that the plugin does not need. */
  readonly purpose?: () => string;
}

/** Source: elastic/integrations, `packages/sentinel_one` README, table of permissions. */
export const INTEGRATION_PERMISSIONS: readonly StreamPermission[] = [
  {
    streams: ['alert'],
    name: 'STAR Rule Alerts > view',
    purpose: () =>
      i18n.translate('sentineloneResponse.permission.alertStream', {
        defaultMessage: 'the documented rule: alerts of STAR custom rules',
      }),
  },
  {
    streams: ['threat'],
    name: 'Threats > view',
    purpose: () =>
      i18n.translate('sentineloneResponse.permission.threatStream', {
        defaultMessage: 'the rule for tenants without STAR: threats that the agents found',
      }),
  },
  { streams: ['threat_event'], name: 'Threats > view' },
  { streams: ['unified_alert'], name: 'Unified Alerts > view' },
  { streams: ['agent'], name: 'Endpoints > view' },
  { streams: ['activity'], name: 'Activity > view' },
  { streams: ['group'], name: 'Groups > view' },
  {
    streams: ['application', 'application_risk'],
    name: 'Applications > view, Applications > viewRisks',
  },
];

/** The words for a permission: required or optional. */
export const needText = ({ isRequired }: Pick<TokenPermission, 'isRequired'>): string =>
  isRequired
    ? i18n.translate('sentineloneResponse.permission.required', { defaultMessage: 'required' })
    : i18n.translate('sentineloneResponse.permission.optional', { defaultMessage: 'optional' });

const namesOf = (permissions: readonly TokenPermission[]): string =>
  andText(permissions.map(({ name }) => name));

/** The permissions of the connector's token in one sentence. */
export const tokenPermissionsText = (): string =>
  i18n.translate('sentineloneResponse.permission.ofToken', {
    defaultMessage: 'Its role needs {required}. Optional: {optional}. Give it no other permission.',
    values: {
      required: namesOf(REQUIRED_PERMISSIONS),
      optional: andText(OPTIONAL_PERMISSIONS.map(({ name, purpose }) => `${name} (${purpose()})`)),
    },
  });

/** The permissions without which the connector does not work, as a list in a sentence. */
export const requiredPermissionsText = (): string => namesOf(REQUIRED_PERMISSIONS);

/** What the integration's token needs for the rules of the set-up, and where their documents come from. */
export const integrationText = (): string =>
  i18n.translate('sentineloneResponse.permission.integration', {
    defaultMessage:
      'SentinelOne fills the alert stream from STAR custom rules: without one, nothing arrives in it. On-premises consoles do not have them, and a scope without the feature answers HTTP 403. Tenants without STAR use the threat stream. Collect only streams whose permission the token has.',
  });
