import { sampleFleet, SAMPLE_HOSTS, type SampleHostKey } from '../../simulator/sample_fleet';
import type { AlertDocument } from '../elasticsearch/indices';
import { detectionAlert } from './detection_alert';
import { documentAbout, type AlertedHost } from './document_about';
import { integrationDocuments } from './integration_documents';
import { storyFor } from './stories';

const MINUTE = 60_000;
/** Kibana's rules read what came in during the last minutes. */
const DETECTED_AFTER = 90_000;
export const DOCUMENTED_RULE = {
  rule: 'SentinelOne alerts',
  ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a00',
  severity: 'high',
  riskScore: 73,
} as const;
const WORKFLOW = ['open', 'open', 'open', 'acknowledged', 'closed'] as const;

/** Hosts whose alerts come from an older version of the integration and contain only the UUID. */
const UUID_ONLY: readonly SampleHostKey[] = ['web1', 'cloneA', 'mac', 'historian'];
/** Hosts with a second alert. */
const TWICE: readonly SampleHostKey[] = ['database', 'workstation', 'kubernetesNode', 'mes'];

function hostsInAlerts(): Array<{ readonly key: string; readonly host: AlertedHost }> {
  const agents = new Map(sampleFleet().map((agent) => [agent.id, agent]));
  const known = (
    Object.entries(SAMPLE_HOSTS) as Array<
      [SampleHostKey, { id: string; uuid: string; name: string }]
    >
  )
    .filter(([key]) => key !== 'srvWin1')
    .flatMap(([key, { id, uuid, name }]) => {
      const { osType, osName } = agents.get(id)!;
      const host: AlertedHost = {
        uuid,
        ...(UUID_ONLY.includes(key) ? {} : { id }),
        name,
        osType: String(osType ?? 'linux'),
        osName: String(osName ?? 'Linux'),
      };
      return TWICE.includes(key)
        ? [
            { key, host },
            { key: `${key}-2`, host },
          ]
        : [{ key, host }];
    });
  const windows = { osType: 'windows', osName: 'Windows 11 Pro' };
  return [
    ...known,
    { key: 'no-agent', host: { name: 'visitor-lt-01', ...windows } },
    {
      key: 'unknown-agent',
      host: {
        name: 'old-lt-99',
        uuid: 'ffffffffffffffffffffffffffffffff',
        id: '1999999999999999999',
        ...windows,
      },
    },
  ];
}

/**
 * About forty alerts: the two real documents, then one or two for every host of the simulator's sample
 * fleet, one that names no agent and one whose agent SentinelOne does not know. `now` in ms.
 */
export function sampleAlerts(now: number, spaceId = 'default'): readonly AlertDocument[] {
  const templates = integrationDocuments();
  const real = templates.map((document, n) =>
    detectionAlert({
      document,
      story: DOCUMENTED_RULE,
      at: now - (n + 1) * MINUTE,
      spaceId,
      key: `real-${n}`,
    })
  );
  const made = hostsInAlerts().map(({ key, host }, n) => {
    const story = storyFor(host.osType, n);
    const at = now - (n + 3) * 11 * MINUTE;
    const template = templates[n % templates.length]!;
    return detectionAlert({
      document: documentAbout(template, host, story, at - DETECTED_AFTER),
      story,
      at,
      workflowStatus: WORKFLOW[n % WORKFLOW.length],
      spaceId,
      key,
    });
  });
  return [...real, ...made];
}

/** `count` alerts, one per host of `fleetOf(count)` in turn, for measurements. `now` in ms. */
export function alertsOf(
  count: number,
  hosts: ReadonlyArray<{ readonly uuid: string; readonly id: string; readonly name: string }>,
  now: number,
  spaceId = 'default'
): readonly AlertDocument[] {
  const templates = integrationDocuments();
  return Array.from({ length: count }, (_, n) => {
    const named = hosts[n % hosts.length];
    const host: AlertedHost = {
      ...(named ?? { name: `host-${n}` }),
      osType: 'windows',
      osName: 'Windows Server 2022 Datacenter',
    };
    const story = storyFor('windows', n);
    const at = now - n * 1_000;
    return detectionAlert({
      document: documentAbout(templates[n % templates.length]!, host, story, at - DETECTED_AFTER),
      story,
      at,
      spaceId,
      key: `bench-${n}`,
    });
  });
}
