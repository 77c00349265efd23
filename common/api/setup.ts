import * as t from 'io-ts';
import { DEFAULT_ACTION } from '../actions/action_name';
import { forEachAction } from '../actions/catalogue';
import { alertSummaryCodec } from '../hosts/alert';
import { alertIdCodec, HOST_ACTION_INPUT, testConnectionResultCodec } from './connector';
import { hostResultFields } from '../actions/outcome';
import { closedObject, nullableString, oneOf } from '../lib/validation';

/** Requests and responses of the Set up page. */

/** A system's response, or why there is none. */
const checked = <C extends t.Mixed>(value: C) =>
  t.union([
    t.type({ state: t.literal('answered'), value }),
    t.intersection([
      t.type({
        state: t.literal('unknown'),
        /** The system's message, for users. */
        message: t.string,
      }),
      /** The missing privilege, if that is the reason. */
      t.partial({ missing: t.string }),
    ]),
  ]);

const namedConnector = t.type({ id: t.string, name: t.string });

export const connectorsFoundCodec = t.type({
  own: t.readonlyArray(namedConnector),
  /** Kibana's own connector type for SentinelOne, which is a different one. */
  builtIn: t.readonlyArray(namedConnector),
  /** Whether the licence allows connectors of the plugin's type, and which licence is needed. */
  enabledInLicense: t.boolean,
  minimumLicense: t.string,
  /** False if `xpack.actions.enabledActionTypes` does not include the plugin's type. */
  enabledInConfig: t.boolean,
});
export type ConnectorsFound = Readonly<t.TypeOf<typeof connectorsFoundCodec>>;

export const documentsFoundCodec = t.type({
  total: t.number,
  /** ISO 8601, of the newest one. */
  newest: nullableString,
  withAgent: t.number,
});
export type DocumentsFound = Readonly<t.TypeOf<typeof documentsFoundCodec>>;

/**
 * For each action that the set-up requires: when it was last confirmed on a host through the connector (ISO 8601); null
 * if never.
 */
const provenActionsCodec = t.partial(forEachAction(() => nullableString));
export type ProvenActions = Readonly<t.TypeOf<typeof provenActionsCodec>>;

/** What the plugin registers with Kibana's server. */
export const SERVER_INTEGRATIONS = [
  'saved_objects',
  'privileges',
  'event_log',
  'status_reconciliation',
  'automatic_release',
  'retention',
  'connector_type',
  'cases',
  'routes',
] as const;
export type ServerIntegration = (typeof SERVER_INTEGRATIONS)[number];

/** An integration that this version of Kibana does not support, and the error. */
const unavailableIntegrationCodec = t.type({
  integration: oneOf(SERVER_INTEGRATIONS),
  problem: t.string,
});
export type UnavailableIntegration = Readonly<t.TypeOf<typeof unavailableIntegrationCodec>>;

/** The server's findings. Each part is determined independently. */
export const setupStatusCodec = t.type({
  kibanaVersion: t.string,
  unavailable: t.readonlyArray(unavailableIntegrationCodec),
  connectors: checked(connectorsFoundCodec),
  /** Null when there is not exactly one connector to test. */
  connection: t.union([t.null, checked(testConnectionResultCodec)]),
  /** The data that the documented rule reads. */
  documents: checked(documentsFoundCodec),
  /** The data that the rule for tenants without STAR reads. */
  threats: checked(documentsFoundCodec),
  /** Null when there is not exactly one connector. */
  proven: t.union([t.null, checked(provenActionsCodec)]),
});
export type SetupStatus = Readonly<t.TypeOf<typeof setupStatusCodec>>;
export type Checked<A> =
  | { readonly state: 'answered'; readonly value: A }
  | { readonly state: 'unknown'; readonly message: string; readonly missing?: string };

/** `fresh` reads from SentinelOne again, even if a result from the last minute is cached. */
export const setupQueryCodec = closedObject('the query', {}, { fresh: oneOf(['true'] as const) });

export const newestAlertQueryCodec = closedObject('the query', { ruleId: alertIdCodec });
export const newestAlertCodec = t.type({ alert: t.union([alertSummaryCodec, t.null]) });
export type NewestAlert = Readonly<t.TypeOf<typeof newestAlertCodec>>;

/** A dry run has the parameters of an isolation. */
export const dryRunParamsCodec = HOST_ACTION_INPUT[DEFAULT_ACTION];
export const dryRunResultCodec = t.type({
  hosts: t.readonlyArray(
    t.intersection([
      hostResultFields,
      t.type({ outcome: oneOf(['would_be_sent', 'unchanged', 'refused', 'failed'] as const) }),
    ])
  ),
});
export type DryRunResult = Readonly<t.TypeOf<typeof dryRunResultCodec>>;
