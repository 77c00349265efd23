import { SETUP_RULES } from '../../../common/hosts/detection_rules';
import { type SetupStatus } from '../../../common/api/setup';
import type { UnavailableInBrowser } from '../../lib/browser_integrations';
import { isTestedVersion } from './kibana_callout';
import { differencesOf, lastError, type DetectionRule } from './rule';
import type { CheckState, StepId, StepState } from './steps';

export interface DiagnosticsInput {
  readonly states: Record<StepId, StepState>;
  readonly status: CheckState<SetupStatus>;
  readonly rules: CheckState<readonly DetectionRule[]>;
  readonly inBrowser: readonly UnavailableInBrowser[];
  readonly pluginVersion: string;
  /** ISO 8601. */
  readonly at: string;
}

const stateOnly = (asked: CheckState<unknown> | null): unknown => {
  if (asked === null) return 'not asked';
  if (asked === undefined) return 'checking';
  if (asked.state === 'answered') return 'answered';
  return { state: 'unknown', ...(asked.missing === undefined ? {} : { missing: asked.missing }) };
};

/**
 * Versions and results of the checks for a support ticket, as text. Contains only numbers, states and fixed words: no
 * name, address, id, token, or text from another system.
 */
export function diagnosticsText(input: DiagnosticsInput): string {
  const { states, status, rules, inBrowser, pluginVersion, at } = input;
  const found = status?.state === 'answered' ? status.value : undefined;
  const connection = found?.connection;
  return JSON.stringify(
    {
      at,
      plugin: pluginVersion,
      kibana: found?.kibanaVersion ?? 'unknown',
      kibanaTested: found === undefined ? 'unknown' : isTestedVersion(found.kibanaVersion),
      unavailable: found?.unavailable.map(({ integration }) => integration) ?? 'unknown',
      unavailableInBrowser: inBrowser.map(({ integration }) => integration),
      steps: states,
      checks: {
        connectors:
          found?.connectors.state === 'answered'
            ? {
                own: found.connectors.value.own.length,
                builtIn: found.connectors.value.builtIn.length,
                enabledInLicense: found.connectors.value.enabledInLicense,
                enabledInConfig: found.connectors.value.enabledInConfig,
              }
            : stateOnly(found?.connectors ?? status),
        connection:
          connection?.state === 'answered'
            ? connection.value.checks.map(({ id, status: end }) => ({ id, status: end }))
            : stateOnly(connection === undefined ? status : connection),
        documents:
          found?.documents.state === 'answered'
            ? found.documents.value
            : stateOnly(found?.documents ?? status),
        threats:
          found?.threats.state === 'answered'
            ? found.threats.value
            : stateOnly(found?.threats ?? status),
        proven:
          found?.proven?.state === 'answered'
            ? Object.fromEntries(
                Object.entries(found.proven.value).map(([action, time]) => [action, time !== null])
              )
            : stateOnly(found === undefined ? status : found.proven),
        rules:
          rules?.state === 'answered'
            ? rules.value.map((rule) => ({
                enabled: rule.enabled,
                differences: Math.min(
                  ...SETUP_RULES.map((wanted) => differencesOf(rule, wanted).length)
                ),
                lastRunFailed: lastError(rule) !== undefined,
              }))
            : stateOnly(rules),
      },
    },
    null,
    2
  );
}
