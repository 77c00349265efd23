import { elasticsearch, inElasticsearch } from './elasticsearch';
import { expectOk } from './http';
import { CONNECTOR_TYPE, type Target, type UserName } from './target';

/** A detection rule of Kibana's with an action of ours, over an index of its own. */

interface RuleHost {
  readonly uuid: string | null;
  readonly id: string;
  readonly name: string | null;
}

export interface Rule {
  readonly id: string;
  /** Stores documents of the integration about these hosts, which the rule finds at its next run. */
  find(hosts: readonly RuleHost[]): Promise<void>;
  /** Stores documents, each given as the JSON text of its fields without braces. */
  findDocuments(fields: readonly string[]): Promise<void>;
  /** How many alerts it has made. */
  alerts(): Promise<number>;
  /** Deletes the rule, its index, its alerts, and what Kibana would repeat of its actions. */
  remove(): Promise<void>;
}

const DOCUMENT_MAPPING = {
  dynamic_templates: [{ strings: { match_mapping_type: 'string', mapping: { type: 'keyword' } } }],
  properties: { '@timestamp': { type: 'date' }, message: { type: 'text' } },
};

/** When a rule's action runs: once for all new alerts, or once for each of them. */
export const FREQUENCY = {
  summary: { summary: true, notifyWhen: 'onActiveAlert', throttle: null },
  each: { summary: false, notifyWhen: 'onActiveAlert', throttle: null },
} as const;

/**
 * Kibana repeats an action of a rule that ended with an error up to minutes later, also when the rule is gone. Since the
 * records are deleted between files, it would act on hosts of other tests.
 */
async function deleteActionTasks(): Promise<void> {
  const path = '/.kibana_task_manager/_delete_by_query?refresh=true&conflicts=proceed';
  const query = { term: { 'task.taskType': `actions:${CONNECTOR_TYPE}` } };
  await inElasticsearch('POST', path, { query });
}

/** What the rule's form produces for our connector: the hosts come from the alerts. */
export const isolateAction = (
  connectorId: string,
  comment: string,
  frequency: keyof typeof FREQUENCY = 'summary'
) => ({
  id: connectorId,
  action_type_id: CONNECTOR_TYPE,
  group: 'default',
  params: { subAction: 'isolateHost', subActionParams: { comment } },
  frequency: FREQUENCY[frequency],
});

async function ok(target: Target, user: UserName, method: string, path: string, body?: unknown) {
  return expectOk(await target.request(user, method, path, { body }), `${method} ${path}`).json;
}

/**
 * Creates the rule as a user, isolating with a comment or with actions of its own; it runs every few seconds
 * over the documents that `query` (KQL) finds.
 */
export async function makeRule(
  target: Target,
  owner: UserName,
  actions: string | readonly object[],
  query = 'observer.serial_number:*'
): Promise<Rule> {
  // Not one that the documented rule reads, whose alerts would stay.
  const index = `logs-sentinel_one.rule${Date.now()}`;
  await elasticsearch('PUT', `/${index}`, { mappings: DOCUMENT_MAPPING });
  const { id } = await ok(target, owner, 'POST', '/api/detection_engine/rules', {
    name: `Isolate what ${owner} watches`,
    description: 'Isolates the hosts of its alerts',
    type: 'query',
    language: 'kuery',
    index: [index],
    query,
    severity: 'high',
    risk_score: 73,
    interval: '5s',
    from: 'now-6m',
    enabled: true,
    actions: typeof actions === 'string' ? [isolateAction(target.connectorId, actions)] : actions,
  });
  const ofRule = { query: { term: { 'kibana.alert.rule.uuid': id } } };
  const store = async (documents: readonly string[]) => {
    const lines = documents.map((one) => `{"create":{}}\n${one}\n`).join('');
    await elasticsearch('POST', `/${index}/_bulk?refresh=true`, lines);
  };
  return {
    id,
    async find(hosts) {
      const now = new Date().toISOString();
      const documents = hosts.map((host) => ({
        '@timestamp': now,
        event: { module: 'sentinel_one', dataset: 'sentinel_one.alert', kind: 'event' },
        message: 'Ransomware',
        host: { id: host.id, name: host.name },
        observer: { serial_number: host.uuid },
      }));
      await store(documents.map((one) => JSON.stringify(one)));
    },
    async findDocuments(fields) {
      const now = new Date().toISOString();
      await store(fields.map((text) => `{"@timestamp":"${now}","message":"Ransomware",${text}}`));
    },
    async alerts() {
      await elasticsearch('POST', '/.alerts-security.alerts-default/_refresh');
      return (await elasticsearch('POST', '/.alerts-security.alerts-default/_count', ofRule)).count;
    },
    async remove() {
      await ok(target, 'admin', 'DELETE', `/api/detection_engine/rules?id=${id}`);
      await deleteActionTasks();
      await elasticsearch('DELETE', `/${index}`);
      await elasticsearch(
        'POST',
        '/.alerts-security.alerts-default/_delete_by_query?refresh=true&conflicts=proceed',
        ofRule
      );
    },
  };
}
