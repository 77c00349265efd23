/**
 * Fields in which the documents of SentinelOne's data streams identify an agent and its host. Alerts, documents in
 * Discover, cell actions, rule actions and the search for alerts all use this table.
 */

interface DataStream {
  /** The values of `event.dataset` and `data_stream.dataset`. */
  readonly datasets: readonly string[];
  /** Fields with the agent's UUID, its id and the host's name; the first field with a value is used. */
  readonly uuid: readonly string[];
  readonly id: readonly string[];
  readonly name: readonly string[];
  /** Source of these facts: paths in the repository elastic/integrations. */
  readonly source: string;
}

export const DATA_STREAMS = [
  {
    datasets: ['sentinel_one.alert'],
    uuid: ['observer.serial_number'],
    // Older versions of the integration write no id.
    id: ['sentinel_one.alert.agent.id', 'host.id'],
    name: ['host.name', 'sentinel_one.alert.agent.computer_name'],
    source: 'packages/sentinel_one/data_stream/alert/elasticsearch/ingest_pipeline/default.yml',
  },
  {
    datasets: ['sentinel_one.threat'],
    uuid: ['sentinel_one.threat.agent.uuid'],
    id: ['sentinel_one.threat.agent.id', 'host.id'],
    name: ['host.name'],
    source: 'packages/sentinel_one/data_stream/threat/sample_event.json',
  },
  {
    datasets: ['sentinel_one.unified_alert'],
    // The pipeline copies the first asset's agent and name, and by default removes both from `assets`.
    uuid: ['sentinel_one.unified_alert.assets.agent_uuid', 'observer.serial_number'],
    // `assets.id` is the id in SentinelOne's asset inventory, not the agent's id.
    id: [],
    name: ['sentinel_one.unified_alert.assets.name', 'host.name'],
    source:
      'packages/sentinel_one/data_stream/unified_alert/elasticsearch/ingest_pipeline/default.yml',
  },
  {
    datasets: ['sentinel_one.threat_event'],
    uuid: ['sentinel_one.threat_event.agent.uuid'],
    id: ['sentinel_one.threat_event.agent.id'],
    name: ['sentinel_one.threat_event.agent.name'],
    source:
      'packages/sentinel_one/data_stream/threat_event/elasticsearch/ingest_pipeline/default.yml',
  },
  {
    datasets: ['sentinel_one.agent'],
    uuid: ['sentinel_one.agent.uuid'],
    id: ['sentinel_one.agent.agent.id', 'host.id'],
    name: ['host.name'],
    source: 'packages/sentinel_one/data_stream/agent/sample_event.json',
  },
  {
    datasets: ['sentinel_one.activity'],
    uuid: ['sentinel_one.activity.data.uuid'],
    id: ['sentinel_one.activity.agent.id', 'host.id'],
    name: ['host.name'],
    source: 'packages/sentinel_one/data_stream/activity/elasticsearch/ingest_pipeline/default.yml',
  },
  {
    datasets: ['sentinel_one.application'],
    uuid: ['sentinel_one.application.endpoint_uuid'],
    id: ['sentinel_one.application.endpoint_id', 'host.id'],
    name: ['host.name'],
    source:
      'packages/sentinel_one/data_stream/application/elasticsearch/ingest_pipeline/default.yml',
  },
  {
    datasets: ['sentinel_one.application_risk'],
    uuid: [],
    id: ['sentinel_one.application_risk.endpoint_id', 'host.id', 'resource.id'],
    // Not `host.name`: the pipeline writes the user who marked the risk into it.
    name: ['sentinel_one.application_risk.endpoint_name', 'resource.name'],
    source:
      'packages/sentinel_one/data_stream/application_risk/elasticsearch/ingest_pipeline/default.yml',
  },
  {
    // Groups of agents: identifies no single agent.
    datasets: ['sentinel_one.group'],
    uuid: [],
    id: [],
    name: [],
    source: 'packages/sentinel_one/data_stream/group/fields/fields.yml',
  },
  {
    datasets: [
      'sentinel_one_cloud_funnel.event',
      'sentinel_one_cloud_funnel.command_script',
      'sentinel_one_cloud_funnel.cross_process',
      'sentinel_one_cloud_funnel.dns',
      'sentinel_one_cloud_funnel.file',
      'sentinel_one_cloud_funnel.indicators',
      'sentinel_one_cloud_funnel.ip',
      'sentinel_one_cloud_funnel.logins',
      'sentinel_one_cloud_funnel.module',
      'sentinel_one_cloud_funnel.process',
      'sentinel_one_cloud_funnel.registry',
      'sentinel_one_cloud_funnel.scheduled_task',
      'sentinel_one_cloud_funnel.threat_intelligence_indicators',
      'sentinel_one_cloud_funnel.url',
    ],
    uuid: ['sentinel_one_cloud_funnel.event.agent.uuid'],
    id: [],
    // Not `host.name`: if Elastic Agent adds its own host, it is the machine that reads the bucket.
    name: ['host.hostname', 'sentinel_one_cloud_funnel.event.endpoint.name'],
    source:
      'packages/sentinel_one_cloud_funnel/data_stream/event: elasticsearch/ingest_pipeline/default.yml, routing_rules.yml',
  },
] as const satisfies readonly DataStream[];

/**
 * Read in every document of any stream, because users' own indices may lack the dataset. Another vendor's serial number
 * does no harm: no agent has it as UUID.
 */
export const IN_ANY_DOCUMENT = {
  uuid: ['observer.serial_number'],
  id: [],
  name: [],
} as const satisfies AgentFields;

/** A stream of the integration that is not in the table: a new or unnamed stream. */
export const IN_OTHER_STREAMS = {
  uuid: [],
  id: ['host.id'],
  name: ['host.name'],
} as const satisfies AgentFields;

/** A document that is not from a SentinelOne stream. */
export const IN_OTHER_DOCUMENTS = {
  uuid: [],
  id: [],
  name: ['host.name', 'host.hostname'],
} as const satisfies AgentFields;

type AgentFields = Pick<DataStream, 'uuid' | 'id' | 'name'>;

/** Fields that contain a document's data stream. */
export const DATASET_FIELDS = ['event.dataset', 'data_stream.dataset'] as const;
export const MODULE_FIELD = 'event.module';

const PLACES = [...DATA_STREAMS, IN_ANY_DOCUMENT, IN_OTHER_STREAMS, IN_OTHER_DOCUMENTS] as const;
type Place = (typeof PLACES)[number];

export type UuidField = Place['uuid'][number];
export type IdField = Place['id'][number];
export type NameField = Place['name'][number];
type PlaceField = UuidField | IdField | NameField;
/** A row of the table, with the names of fields as types. */
export interface HostPlace {
  readonly uuid: readonly UuidField[];
  readonly id: readonly IdField[];
  readonly name: readonly NameField[];
}
/** Every field that is read to identify the host of a document; the compiler allows no other. */
export type HostField = PlaceField | (typeof DATASET_FIELDS)[number] | typeof MODULE_FIELD;

const distinct = <A>(values: readonly A[]): readonly A[] => [...new Set(values)];

export const UUID_FIELDS: readonly UuidField[] = distinct(PLACES.flatMap(({ uuid }) => uuid));
export const ID_FIELDS: readonly IdField[] = distinct(PLACES.flatMap(({ id }) => id));
export const NAME_FIELDS: readonly NameField[] = distinct(PLACES.flatMap(({ name }) => name));
export const HOST_FIELDS: readonly HostField[] = [
  ...DATASET_FIELDS,
  MODULE_FIELD,
  ...distinct([...UUID_FIELDS, ...ID_FIELDS, ...NAME_FIELDS]),
];

/** The integrations of the streams: values of `event.module`, and prefixes of their datasets. */
export const MODULES = distinct(
  DATA_STREAMS.flatMap(({ datasets }) => datasets.map((dataset) => dataset.split('.')[0]!))
);

/** Whether only documents of SentinelOne's streams have this field. */
export const isFromSentinelOne = (field: string): boolean =>
  MODULES.some((module) => field.startsWith(`${module}.`));
