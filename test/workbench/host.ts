import type { LicenseType } from '@kbn/licensing-plugin/server';
import { createSimulator, type Simulator, type SimulatorOptions } from '../simulator/simulator';
import { buildWorkbenchAssets, type WorkbenchAssets } from './browser/build';
import { ROOT } from './browser/build_options';
import type { AlertDocument } from './elasticsearch/indices';
import { startKibana, type Kibana } from './kibana';
import { createLog, formatLine, type LogLevel } from './logging/log';
import { sampleAlerts } from './sample_data/sample_alerts';
import { sampleDocuments, sampleRule } from './sample_data/sample_set_up';
import type { ContractChange } from './plugin_host/changed_contracts';
import { fileStore } from './saved_objects/file_store';
import { memoryStore } from './saved_objects/memory_store';
import { SPACES } from './spaces/spaces_plugin';
import type { KibanaName } from './versions/kibana_version';
import { kibanaVersion } from './versions/selected_version';

interface WorkbenchOptions {
  /** The Kibana that the workbench stands in for; default: what KIBANA_VERSION says, else 8.12. */
  readonly kibana?: KibanaName;
  /** Default: a free one. */
  readonly port?: number;
  /** No connector, no alerts, no simulator. */
  readonly bare?: boolean;
  readonly simulator?: SimulatorOptions;
  /** A simulator that runs already, in place of one of its own. */
  readonly simulatorUrl?: string;
  /** Alerts of the default space; default: the samples. */
  readonly alerts?: readonly AlertDocument[];
  /** Kibana's `xpack.actions.responseTimeout`, ms. */
  readonly responseTimeoutMs?: number;
  /** Kibana's `xpack.actions.maxResponseContentLength`, bytes. */
  readonly maxResponseBytes?: number;
  readonly license?: LicenseType;
  /** Keeps what is stored in this folder, which several workbenches may share; default: in memory. */
  readonly storeFolder?: string;
  /** The clock (ms since the epoch) that those workbenches share for the store in the folder; default: this process's. */
  readonly storeClock?: () => number;
  /** The connector stands in `kibana.yml`, where it serves every space; default: it is made in the default space. */
  readonly preconfigured?: boolean;
  /** The connector's switch "Let rules and API keys act". */
  readonly allowAutomation?: boolean;
  /** Whether tasks run; default: they do. */
  readonly tasks?: boolean;
  /** Contracts that are changed for the plugin. */
  readonly changes?: readonly ContractChange[];
  readonly printFrom?: LogLevel;
  readonly print?: (line: string) => void;
}

export interface Workbench extends Pick<
  Kibana,
  | 'url'
  | 'users'
  | 'licensing'
  | 'indices'
  | 'savedObjects'
  | 'requests'
  | 'eventLog'
  | 'audited'
  | 'runRuleAction'
> {
  readonly simulatorUrl?: string;
  /** The simulator, where the workbench has one of its own. */
  readonly simulator?: Simulator;
  /** Every line of the log, of all levels. */
  logs(): readonly string[];
  /** Builds what the pages load, where that is not done yet; pages wait for it by themselves. */
  buildPages(): Promise<unknown>;
  stop(): Promise<void>;
}

const CONNECTOR_NAME = 'SentinelOne';
/** What `kibana.yml` holds a connector by. */
const PRECONFIGURED_ID = 'ours';
/** The only connector type besides Kibana's own. */
const CONNECTOR_TYPE_ID = 'sentinelone-response';
const ADMIN = 'admin';
/** The simulator's token with all permissions; it is valid nowhere else. */
const SIMULATORS_TOKEN = 'full-token-0123456789';

const connectorTo = (url: string, allowAutomation: boolean) => ({
  actionTypeId: CONNECTOR_TYPE_ID,
  name: CONNECTOR_NAME,
  config: { url, allowAutomation },
  secrets: { token: SIMULATORS_TOKEN },
});

async function connect(kibana: Kibana, url: string, allowAutomation: boolean): Promise<void> {
  const client = await kibana.actionsClientOf(ADMIN);
  const [type] = await client.listTypes();
  if (type === undefined) return;
  const actionTypeId = type.id;
  // Another workbench over the same store may have done it.
  if ((await client.getAll()).some((one) => one.actionTypeId === actionTypeId)) return;
  await client.create({ action: { ...connectorTo(url, allowAutomation), actionTypeId } });
}

/** Starts the plugin in a small Kibana, with sample alerts and a connector to a simulator. */
export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { bare = false, storeFolder, responseTimeoutMs, allowAutomation = false } = options;
  const { preconfigured = false, maxResponseBytes } = options;
  const version = kibanaVersion(options.kibana);
  const log = createLog({ printFrom: options.printFrom, print: options.print });
  let built: Promise<WorkbenchAssets> | undefined;
  const assets = () => (built ??= buildWorkbenchAssets(version));

  const simulator =
    bare || options.simulatorUrl !== undefined ? undefined : createSimulator(options.simulator);
  const simulatorUrl = bare ? undefined : (options.simulatorUrl ?? (await simulator?.start()));
  try {
    const kibana = await startKibana({
      kibana: version,
      pluginFolder: ROOT,
      port: options.port ?? 0,
      license: options.license ?? 'trial',
      log,
      store: storeFolder === undefined ? memoryStore() : fileStore(storeFolder, options.storeClock),
      ...(storeFolder === undefined ? {} : { storeFolder }),
      assets,
      tasks: options.tasks ?? true,
      changes: options.changes,
      actions: {
        ...(responseTimeoutMs === undefined ? {} : { responseTimeout: responseTimeoutMs }),
        ...(maxResponseBytes === undefined ? {} : { maxResponseContentLength: maxResponseBytes }),
        ...(preconfigured && simulatorUrl !== undefined
          ? { preconfigured: { [PRECONFIGURED_ID]: connectorTo(simulatorUrl, allowAutomation) } }
          : {}),
      },
    });
    const now = Date.now();
    if (!bare) {
      const spaceId = SPACES[0]!.id;
      kibana.indices.setAlerts(spaceId, options.alerts ?? sampleAlerts(now));
      kibana.indices.setDataStream('logs-sentinel_one.alert-default', sampleDocuments(now));
      kibana.detectionEngine.addRule(spaceId, sampleRule(now));
    }
    if (simulatorUrl !== undefined && !preconfigured) {
      await connect(kibana, simulatorUrl, allowAutomation);
    }
    const { url, users, licensing, indices, savedObjects } = kibana;
    const { requests, eventLog, audited, runRuleAction } = kibana;
    return {
      ...{ url, users, licensing, indices, savedObjects },
      ...{ requests, eventLog, audited, runRuleAction },
      ...(simulator === undefined ? {} : { simulator }),
      ...(simulatorUrl === undefined ? {} : { simulatorUrl }),
      logs: () => log.lines.map(formatLine),
      buildPages: assets,
      async stop() {
        await kibana.stop();
        await simulator?.stop();
      },
    };
  } catch (error) {
    await simulator?.stop();
    throw error;
  }
}
