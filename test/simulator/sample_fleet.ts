import { makeAgent, uuidFor, type AgentPatch, type AgentSeed } from './agent';
import { timestamp } from './clock';

/**
 * The sample fleet: realistic hosts in every state that occurs. Ids, UUIDs and names never
 * change; dates are relative to a moment, so that "last seen" makes sense in a demonstration.
 */

const DAY = 86_400_000;
const HOUR = 3_600_000;

const SITES = {
  dataCenter: { siteId: '1402053568582768389', siteName: 'Data center Frankfurt' },
  office: { siteId: '1402053571099350022', siteName: 'Office Lisbon' },
  plant: { siteId: '1402053573615931655', siteName: 'Plant Osaka' },
} as const;

/** The site that the sample token "siteScoped" is limited to. */
export const OFFICE_SITE_ID = SITES.office.siteId;

const GROUPS = {
  default: { groupId: '1402053568607934214', groupName: 'Default Group' },
  servers: { groupId: '1402053568616322823', groupName: 'Servers' },
  laptops: { groupId: '1402053571116127240', groupName: 'Laptops' },
  workstations: { groupId: '1402053571124515849', groupName: 'Workstations' },
  shopFloor: { groupId: '1402053573632708618', groupName: 'Shop floor' },
} as const;

const windows = (osName: string, osRevision: string): AgentPatch => ({
  osType: 'windows',
  osName,
  osRevision,
  installerType: '.msi',
});
const linux = (osName: string, osRevision: string): AgentPatch => ({
  osType: 'linux',
  osName,
  osRevision,
  agentVersion: '23.4.2.14',
  installerType: osName.startsWith('Ubuntu') || osName.startsWith('Debian') ? '.deb' : '.rpm',
  domain: 'unknown',
});

const OS = {
  server2022: windows('Windows Server 2022 Datacenter', '20348'),
  server2019: windows('Windows Server 2019 Standard', '17763'),
  server2016: windows('Windows Server 2016 Standard', '14393'),
  windows11: windows('Windows 11 Pro', '22631'),
  windows10: windows('Windows 10 Enterprise', '19045'),
  windows7: {
    ...windows('Windows 7 Professional SP1', '7601'),
    osType: 'windows_legacy',
    osArch: '32 bit',
    agentVersion: '4.4.1.146',
    isUpToDate: false,
  },
  ubuntu: linux('Ubuntu', '22.04.4 LTS 5.15.0-112-generic'),
  debian: linux('Debian GNU/Linux', '12 6.1.0-21-amd64'),
  redHat: linux('Red Hat Enterprise Linux', '9.4 5.14.0-427.el9.x86_64'),
  macos: {
    osType: 'macos',
    osName: 'macOS',
    osRevision: 'Sonoma 14.5 (23F79)',
    agentVersion: '23.4.3.7456',
    installerType: '.pkg',
    domain: 'local',
    modelName: 'MacBookPro18,3',
  },
} satisfies Record<string, AgentPatch>;

interface Row {
  readonly name: string;
  readonly os: keyof typeof OS;
  readonly site: keyof typeof SITES;
  readonly group: keyof typeof GROUPS;
  readonly machineType?: string;
  /** Hours since the agent was last seen; without it the agent is online. */
  readonly offlineFor?: number;
  readonly also?: AgentPatch;
}

const hyphenated = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Clones carry the UUID of the machine that they were copied from. */
const CLONED_UUID = hyphenated(uuidFor('web-7'));

const NULLS: AgentPatch = {
  activeDirectory: null,
  agentVersion: null,
  appsVulnerabilityStatus: null,
  cloudProviders: null,
  cpuId: null,
  domain: null,
  externalId: null,
  externalIp: null,
  groupIp: null,
  groupName: null,
  lastActiveDate: null,
  lastIpToMgmt: null,
  lastLoggedInUserName: null,
  machineType: null,
  missingPermissions: null,
  modelName: null,
  networkInterfaces: null,
  osArch: null,
  osName: null,
  osRevision: null,
  osStartTime: null,
  osType: null,
  osUsername: null,
  rangerVersion: null,
  scanFinishedAt: null,
  scanStartedAt: null,
  siteName: null,
  tags: null,
  totalMemory: null,
  userActionsNeeded: null,
};

const ROWS = {
  /** The host of real alert documents of the integration; it must keep its id and UUID. */
  srvWin1: {
    name: 'srv-win1',
    os: 'server2022',
    site: 'dataCenter',
    group: 'servers',
    also: {
      id: '1834780238610855645',
      uuid: '0efd7bcfd285450885e05bd8d5bf2ba7',
      infected: true,
      activeThreats: 2,
    },
  },
  isolated: {
    name: 'srv-win2',
    os: 'server2019',
    site: 'dataCenter',
    group: 'servers',
    also: { networkStatus: 'disconnected', infected: true, activeThreats: 1 },
  },
  domainController: { name: 'srv-dc-01', os: 'server2022', site: 'dataCenter', group: 'servers' },
  database: { name: 'srv-sql-prod-01', os: 'server2022', site: 'dataCenter', group: 'servers' },
  /** Online, and its release never takes effect. */
  connectingStuck: {
    name: 'srv-exch-01',
    os: 'server2016',
    site: 'dataCenter',
    group: 'servers',
    also: { networkStatus: 'connecting', stuck: true },
  },
  /** `web-1` is a part of `web-10`: who searches by substring finds both. */
  web1: { name: 'web-1', os: 'ubuntu', site: 'dataCenter', group: 'servers' },
  web10: { name: 'web-10', os: 'ubuntu', site: 'dataCenter', group: 'servers' },
  cloneA: {
    name: 'web-7',
    os: 'ubuntu',
    site: 'dataCenter',
    group: 'servers',
    also: { uuid: CLONED_UUID },
  },
  cloneB: {
    name: 'web-7-copy',
    os: 'ubuntu',
    site: 'dataCenter',
    group: 'servers',
    also: { uuid: CLONED_UUID },
  },
  kubernetesNode: {
    name: 'k8s-node-01',
    os: 'redHat',
    site: 'dataCenter',
    group: 'servers',
    machineType: 'kubernetes node',
  },
  isolatedLinux: {
    name: 'db-pg-01',
    os: 'debian',
    site: 'dataCenter',
    group: 'servers',
    also: { networkStatus: 'disconnected' },
  },
  cannotDisconnect: {
    name: 'backup-nas-01',
    os: 'debian',
    site: 'dataCenter',
    group: 'servers',
    machineType: 'storage',
    also: { cannotDisconnect: true },
  },
  longName: {
    name: 'prod-eu-central-1-payments-settlement-batch-worker-0007.internal.example.com',
    os: 'ubuntu',
    site: 'dataCenter',
    group: 'default',
  },
  offline: {
    name: 'fin-lt-0042',
    os: 'windows11',
    site: 'office',
    group: 'laptops',
    machineType: 'laptop',
    offlineFor: 61,
  },
  offlineDisconnecting: {
    name: 'fin-lt-0043',
    os: 'windows11',
    site: 'office',
    group: 'laptops',
    machineType: 'laptop',
    offlineFor: 5,
    also: { networkStatus: 'disconnecting', infected: true, activeThreats: 1 },
  },
  offlineIsolated: {
    name: 'sales-lt-017',
    os: 'windows11',
    site: 'office',
    group: 'laptops',
    machineType: 'laptop',
    offlineFor: 12,
    also: { networkStatus: 'disconnected' },
  },
  offlineConnecting: {
    name: 'sales-lt-018',
    os: 'windows11',
    site: 'office',
    group: 'laptops',
    machineType: 'laptop',
    offlineFor: 30,
    also: { networkStatus: 'connecting' },
  },
  workstation: {
    name: 'hr-ws-003',
    os: 'windows10',
    site: 'office',
    group: 'workstations',
    machineType: 'desktop',
  },
  /** Online, and its isolation never takes effect. */
  disconnectingStuck: {
    name: 'hr-ws-004',
    os: 'windows10',
    site: 'office',
    group: 'workstations',
    machineType: 'desktop',
    also: { networkStatus: 'disconnecting', stuck: true, infected: true, activeThreats: 3 },
  },
  mac: {
    name: 'dev-mbp-anna',
    os: 'macos',
    site: 'office',
    group: 'laptops',
    machineType: 'laptop',
  },
  isolatedMac: {
    name: 'dev-mbp-liam',
    os: 'macos',
    site: 'office',
    group: 'laptops',
    machineType: 'laptop',
    also: { networkStatus: 'disconnected' },
  },
  /** Its name in SentinelOne differs from the one in its alerts. */
  renamed: {
    name: 'LAPTOP-9F3K2Q7',
    os: 'windows11',
    site: 'office',
    group: 'laptops',
    machineType: 'laptop',
    also: { nameInAlerts: 'cfo-laptop' },
  },
  accentedName: {
    name: 'büro-são-joão-01',
    os: 'windows10',
    site: 'office',
    group: 'workstations',
    machineType: 'desktop',
  },
  testBench: {
    name: 'qa-ws-11',
    os: 'windows11',
    site: 'office',
    group: 'workstations',
    machineType: 'desktop',
  },
  kiosk: {
    name: 'kiosk-lobby-1',
    os: 'windows10',
    site: 'office',
    group: 'default',
    machineType: 'desktop',
  },
  decommissioned: {
    name: 'kiosk-lobby-2',
    os: 'windows10',
    site: 'office',
    group: 'default',
    machineType: 'desktop',
    offlineFor: 24 * 45,
    also: { isDecommissioned: true },
  },
  /** Decommissioned while a command was still waiting for it; it stays like that. */
  decommissionedDisconnecting: {
    name: 'plc-gw-02',
    os: 'windows10',
    site: 'plant',
    group: 'shopFloor',
    machineType: 'desktop',
    offlineFor: 24 * 30,
    also: { isDecommissioned: true, networkStatus: 'disconnecting' },
  },
  uninstalled: {
    name: 'scada-hist-01',
    os: 'server2016',
    site: 'plant',
    group: 'shopFloor',
    offlineFor: 24 * 20,
    also: { isUninstalled: true },
  },
  pendingUninstall: {
    name: 'lab-press-03',
    os: 'windows7',
    site: 'plant',
    group: 'shopFloor',
    machineType: 'desktop',
    also: { isPendingUninstall: true },
  },
  manyNulls: {
    name: 'iot-edge-09',
    os: 'debian',
    site: 'plant',
    group: 'shopFloor',
    also: NULLS,
  },
  mes: { name: 'mes-01', os: 'server2019', site: 'plant', group: 'shopFloor' },
  historian: { name: 'mes-02', os: 'server2019', site: 'plant', group: 'shopFloor' },
} satisfies Record<string, Row>;

export type SampleHostKey = keyof typeof ROWS;

/** How a host is named outside SentinelOne: enough to write alert documents about it. */
export interface HostName {
  readonly uuid: string;
  readonly id: string;
  /** As alerts call it. */
  readonly name: string;
}

const FIRST_ID = 1834780238610855645n;
const ID_STEP = 4_194_304_731n;

/** Linux and macOS agents write their UUID with hyphens, macOS in capitals. */
function uuidOf({ name, os }: Row): string {
  const hex = uuidFor(name);
  if (os === 'macos') return hyphenated(hex).toUpperCase();
  return OS[os].osType === 'linux' ? hyphenated(hex) : hex;
}

/** A fleet is made for each test: what stays the same is computed once. */
const UUIDS = new Map(Object.values<Row>(ROWS).map((row) => [row, uuidOf(row)]));

function agentOf(row: Row, position: number, at: number): AgentSeed {
  const lastSeen = row.offlineFor === undefined ? at : at - row.offlineFor * HOUR;
  const seenAt = timestamp(lastSeen);
  const createdAt = timestamp(at - 210 * DAY - position * 7 * HOUR);
  const scannedAt = timestamp(lastSeen - 4 * DAY + HOUR);
  const octet = 10 + position;
  const online = row.offlineFor === undefined;
  return makeAgent({
    id: String(FIRST_ID + ID_STEP * BigInt(position)),
    uuid: UUIDS.get(row)!,
    computerName: row.name,
    ...OS[row.os],
    ...SITES[row.site],
    ...GROUPS[row.group],
    machineType: row.machineType ?? 'server',
    isActive: online,
    lastActiveDate: seenAt,
    updatedAt: seenAt,
    registeredAt: createdAt,
    createdAt,
    osStartTime: timestamp(lastSeen - (3 + (position % 9)) * DAY),
    scanStartedAt: timestamp(lastSeen - 4 * DAY),
    scanFinishedAt: scannedAt,
    fullDiskScanLastUpdatedAt: scannedAt,
    externalIp: `203.0.113.${octet}`,
    lastIpToMgmt: `10.20.0.${octet}`,
    networkInterfaces: [
      {
        gatewayIp: '10.20.0.1',
        gatewayMacAddress: '00:00:5e:00:53:01',
        id: String(FIRST_ID + ID_STEP * BigInt(position) + 8_388_609n),
        inet: [`10.20.0.${octet}`],
        inet6: [`2001:db8:20::${octet.toString(16)}`],
        name: OS[row.os].osType === 'windows' ? 'Ethernet0' : 'eth0',
        physical: `00:00:5e:00:53:${octet.toString(16).padStart(2, '0')}`,
      },
    ],
    ...row.also,
  });
}

const rows = (): [SampleHostKey, Row][] => Object.entries(ROWS) as [SampleHostKey, Row][];

/** The moment that dates are relative to when nothing else is said. */
const SAMPLE_MOMENT = Date.parse('2024-07-03T03:45:00.000Z');

/** About thirty hosts; `at` (ms since the epoch) is the moment that "last seen" is relative to. */
export const sampleFleet = (at: number = SAMPLE_MOMENT): AgentSeed[] =>
  rows().map(([, row], position) => agentOf(row, position, at));

/** The sample hosts by what they stand for, for tests and sample documents. */
export const SAMPLE_HOSTS = Object.fromEntries(
  rows().map(([key, row], position) => {
    const { id, uuid, computerName, nameInAlerts } = agentOf(row, position, SAMPLE_MOMENT);
    return [key, { id, uuid, name: nameInAlerts ?? computerName }];
  })
) as Readonly<Record<SampleHostKey, HostName>>;
