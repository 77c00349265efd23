import { createHash } from 'node:crypto';
import { SCAN_BEHAVIOURS, type ScanBehaviour } from './scan';

/** Agents as `GET /web/api/v2.1/agents` shows them, and the few switches that only the simulator has. */

export const NETWORK_STATUSES = [
  'connected',
  'disconnected',
  'connecting',
  'disconnecting',
] as const;
export type NetworkStatus = (typeof NETWORK_STATUSES)[number];

const SCAN_STATUSES: readonly unknown[] = ['none', 'started', 'aborted', 'finished'];

/** Every field of an agent, with the values of an unremarkable Windows server. */
const TEMPLATE = {
  accountId: '1402053563449999100',
  accountName: 'Example Corp',
  activeDirectory: {
    computerDistinguishedName: null,
    computerMemberOf: [],
    lastUserDistinguishedName: null,
    lastUserMemberOf: [],
    mail: null,
    userPrincipalName: null,
  },
  activeThreats: 0,
  agentVersion: '23.4.4.223',
  allowRemoteShell: true,
  appsVulnerabilityStatus: 'up_to_date',
  cloudProviders: {},
  computerName: 'host',
  consoleMigrationStatus: 'N/A',
  coreCount: 4,
  cpuCount: 4,
  cpuId: 'Intel(R) Xeon(R) CPU @ 2.20GHz',
  createdAt: '2023-12-06T09:12:00.519500Z',
  detectionState: null,
  domain: 'CORP',
  encryptedApplications: false,
  externalId: '',
  externalIp: '203.0.113.10',
  firewallEnabled: true,
  firstFullModeTime: null,
  fullDiskScanLastUpdatedAt: '2024-06-30T09:18:21.090855Z',
  groupId: '1402053568607934214',
  groupIp: '203.0.113.x',
  groupName: 'Default Group',
  groupUpdatedAt: null,
  id: '1834780238610855000',
  inRemoteShellSession: false,
  infected: false,
  installerType: '.msi',
  isActive: true,
  isDecommissioned: false,
  isPendingUninstall: false,
  isUninstalled: false,
  isUpToDate: true,
  lastActiveDate: '2024-07-03T03:44:00.000000Z',
  lastIpToMgmt: '10.0.0.10',
  lastLoggedInUserName: '',
  licenseKey: '',
  locationEnabled: true,
  locationType: 'not_applicable',
  locations: null,
  machineType: 'server',
  missingPermissions: [],
  mitigationMode: 'protect',
  mitigationModeSuspicious: 'detect',
  modelName: 'VMware, Inc. - VMware7,1',
  networkInterfaces: [
    {
      gatewayIp: '10.0.0.1',
      gatewayMacAddress: '00:00:5e:00:53:01',
      id: '1834780238619244254',
      inet: ['10.0.0.10'],
      inet6: [],
      name: 'Ethernet0',
      physical: '00:00:5e:00:53:10',
    },
  ],
  networkQuarantineEnabled: false,
  networkStatus: 'connected',
  operationalState: 'na',
  operationalStateExpiration: null,
  osArch: '64 bit',
  osName: 'Windows Server 2022 Datacenter',
  osRevision: '20348',
  osStartTime: '2024-06-28T04:10:11Z',
  osType: 'windows',
  osUsername: '',
  policyUpdatedAt: null,
  rangerStatus: 'Enabled',
  rangerVersion: '23.4.1.1',
  registeredAt: '2023-12-06T09:12:00.515278Z',
  remoteProfilingState: 'disabled',
  remoteProfilingStateExpiration: null,
  scanAbortedAt: '',
  scanFinishedAt: '2024-06-30T09:18:21.090855Z',
  scanStartedAt: '2024-06-30T08:26:52.838047Z',
  scanStatus: 'finished',
  serialNumber: null,
  showAlertIcon: false,
  siteId: '1402053568582768389',
  siteName: 'Default site',
  storageName: null,
  storageType: null,
  tags: { sentinelone: [] },
  threatRebootRequired: false,
  totalMemory: 16384,
  updatedAt: '2024-07-03T03:44:00.000000Z',
  userActionsNeeded: [],
  uuid: '00000000000000000000000000000000',
};

type FieldValue<V> = V extends string
  ? string | null
  : V extends number
    ? number | null
    : V extends boolean
      ? boolean | null
      : unknown;

/**
 * One entry of `data[]`. Any field but the id can be null, as in a real tenant. `lastActiveDate` of an
 * agent that is online moves on by itself: agents report every minute.
 */
export type Agent = {
  readonly [Field in Exclude<keyof typeof TEMPLATE, 'id' | 'networkStatus'>]: FieldValue<
    (typeof TEMPLATE)[Field]
  >;
} & { readonly id: string; readonly networkStatus: NetworkStatus | null };

/** What the API does not contain: how the machine behaves, and its name in alerts. */
export interface Switches {
  /** A command to disconnect fails on the machine: activity 2010, and back to `connected`. */
  readonly cannotDisconnect: boolean;
  /** The agent takes commands and never finishes them: it stays `disconnecting` or `connecting`. */
  readonly stuck: boolean;
  /** The result of a full disk scan. */
  readonly scan: ScanBehaviour;
  /** The host name in alert documents, where it differs from `computerName`. */
  readonly nameInAlerts: string | null;
}

export type AgentPatch = Partial<Agent> & Partial<Switches>;
export type AgentSeed = Agent & Partial<Switches>;

const SWITCHES: Switches = {
  cannotDisconnect: false,
  stuck: false,
  scan: 'finishes',
  nameInAlerts: null,
};

/** 32 hexadecimal digits that are always the same for the same text, as agents of Windows have. */
export const uuidFor = (text: string): string => createHash('md5').update(text).digest('hex');

/** A full agent. Without a `uuid` in `overrides` the UUID follows from the id. */
export function makeAgent(overrides: AgentPatch = {}): AgentSeed {
  const id = overrides.id ?? TEMPLATE.id;
  const networkStatus: NetworkStatus = 'connected';
  const uuid = 'uuid' in overrides ? overrides.uuid! : uuidFor(id);
  return { ...TEMPLATE, scanAbortedAt: null, id, networkStatus, ...overrides, uuid };
}

const SWITCH_NAMES = Object.keys(SWITCHES);

/** Takes the switches out of a seed. */
export function splitSeed(seed: AgentSeed): { agent: Agent; switches: Switches } {
  if (!SWITCH_NAMES.some((name) => name in seed)) return { agent: seed, switches: SWITCHES };
  const {
    cannotDisconnect = SWITCHES.cannotDisconnect,
    stuck = SWITCHES.stuck,
    scan = SWITCHES.scan,
    nameInAlerts = SWITCHES.nameInAlerts,
    ...agent
  } = seed;
  return { agent, switches: { cannotDisconnect, stuck, scan, nameInAlerts } };
}

/**
 * Throws for a field that no agent has, so that a misspelled field in a test is noticed,
 * and for a status of the network or of a scan that SentinelOne does not have.
 */
export function checkPatch(patch: AgentPatch): void {
  for (const field of Object.keys(patch)) {
    if (!(field in TEMPLATE) && !(field in SWITCHES)) {
      throw new Error(`Agents have no field "${field}"`);
    }
  }
  const { networkStatus, scanStatus, scan } = patch;
  if (scanStatus != null && !SCAN_STATUSES.includes(scanStatus)) {
    throw new Error(`"${scanStatus}" is not one of ${SCAN_STATUSES.join(', ')}`);
  }
  if (scan !== undefined && !SCAN_BEHAVIOURS.includes(scan)) {
    throw new Error(`"${scan}" is not one of ${SCAN_BEHAVIOURS.join(', ')}`);
  }
  if (networkStatus !== undefined && networkStatus !== null) {
    if (!NETWORK_STATUSES.includes(networkStatus)) {
      throw new Error(`"${networkStatus}" is not one of ${NETWORK_STATUSES.join(', ')}`);
    }
  }
}
