import type { Page } from 'playwright-core';
import { APP } from '../helpers/alert_page';
import { elasticsearch } from '../helpers/elasticsearch';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import { until } from '../helpers/until';
import { idsOf, type SimulatedAgent } from '../helpers/hosts';
import { expectOk } from '../helpers/http';

/**
 * The Set up page against the real detection engine, from a space without a rule to one where all is set. The
 * space is one of its own, so that the rule of the others stays what it is.
 */

const SPACE = 'set-up';
const IN_SPACE = `/s/${SPACE}`;
const RULES = `${IN_SPACE}/api/detection_engine/rules`;
const ALERTS = `.alerts-security.alerts-${SPACE}`;
const DOCUMENTS = 'logs-sentinel_one.alert*';
const STATES = ['tokens', 'data', 'connector', 'rule', 'try'] as const;

interface StoredDocument {
  readonly _index: string;
  readonly _id: string;
}

inKibana('the Set up page in an official Kibana', () => {
  const { target, fleet, visit } = kibanaSuite({ tasks: true });
  const admin = (method: string, path: string, body?: unknown) =>
    target().request('admin', method, path, { body });
  let document: StoredDocument | undefined;

  const clean = async () => {
    const { json } = await admin('GET', `${RULES}/_find?per_page=100`);
    for (const { id } of json?.data ?? []) await admin('DELETE', `${RULES}?id=${id}`);
    await elasticsearch(
      'POST',
      `/${ALERTS}/_delete_by_query?refresh=true&ignore_unavailable=true&conflicts=proceed`,
      { query: { match_all: {} } }
    ).catch(() => {});
    if (document !== undefined) {
      await elasticsearch('DELETE', `/${document._index}/_doc/${document._id}?refresh=true`);
    }
    document = undefined;
  };
  beforeAll(async () => {
    await admin('POST', '/api/spaces/space', { id: SPACE, name: 'Set up' });
    await clean();
  });
  afterAll(async () => {
    await clean();
    await admin('DELETE', `/api/spaces/space/${SPACE}`);
  });

  /** An alert of SentinelOne that the integration has just brought. */
  const arrives = async ({ uuid, name }: { uuid: string; name: string }) => {
    const found = await elasticsearch('POST', `/${DOCUMENTS}/_search`, {
      size: 1,
      query: { exists: { field: 'observer.serial_number' } },
    });
    const like = found.hits.hits[0] as StoredDocument & { readonly _source: object };
    const now = new Date().toISOString();
    const source = like._source as { event?: object; observer?: object; host?: object };
    const { _index, _id } = await elasticsearch('POST', `/${like._index}/_doc?refresh=true`, {
      ...source,
      '@timestamp': now,
      event: { ...source.event, ingested: now },
      observer: { ...source.observer, serial_number: uuid },
      host: { ...source.host, name },
    });
    document = { _index, _id };
  };
  const waitForState = (page: Page, step: (typeof STATES)[number], state: string) =>
    page
      .locator(`[data-test-subj="sentineloneResponseStep-${step}"]`)
      .getByText(state, { exact: true })
      .waitFor();

  /** Isolates and releases the host, each confirmed by SentinelOne, as the set-up demands before it is complete. */
  const proveActions = async ({ id, computerName: name }: SimulatedAgent) => {
    for (const action of ['isolate', 'release'] as const) {
      const path = `${IN_SPACE}/internal/sentinelone_response`;
      const body = { hosts: [{ agentId: id, name }], comment: 'Proof' };
      const sent = await admin('POST', `${path}/hosts/_${action}`, body);
      expectOk(sent, action);
      await until(`a confirmed action: ${action}`, async () => {
        const { json } = await admin('GET', `${path}/setup`);
        return json.proven.value[action] ?? undefined;
      });
    }
  };

  it('creates the documented rule, which creates alerts; the newest alert opens, and the dry run succeeds', async () => {
    const [first, other] = fleet().connected;
    const host = first!;
    await arrives({ uuid: host.uuid!, name: host.computerName! });
    const { page, shoot } = await visit(`${IN_SPACE}${APP}/setup`, { user: 'admin' });
    // A connector in kibana.yml counts in every space.
    await waitForState(page, 'connector', 'Done');
    await waitForState(page, 'tokens', 'Done');
    await waitForState(page, 'data', 'Done');
    await waitForState(page, 'rule', 'Action required');
    await shoot('setup_without_rule');
    await page.getByRole('button', { name: 'Create rule', exact: true }).click();
    await waitForState(page, 'rule', 'Done');

    const { json } = await admin('GET', `${RULES}/_find?per_page=100`);
    expect(json.data).toHaveLength(1);
    const [rule] = json.data;
    expect(rule).toMatchObject({
      type: 'query',
      language: 'kuery',
      index: ['logs-sentinel_one.alert*'],
      query: 'observer.serial_number:*',
      filters: [],
      enabled: true,
      investigation_fields: { field_names: expect.arrayContaining(['host.name', 'process.name']) },
      note: expect.stringContaining(`${IN_SPACE}/app/sentineloneResponse`),
    });
    expect(rule).not.toHaveProperty('data_view_id');
    const severities = (
      rule.severity_mapping as ReadonlyArray<{ value: string; severity: string }>
    ).map(({ value, severity }) => [value, severity]);
    expect(severities).toEqual([
      ['Low', 'low'],
      ['Medium', 'medium'],
      ['High', 'high'],
      ['Critical', 'critical'],
    ]);

    await waitForState(page, 'try', 'Not proven yet');
    await proveActions(other!);
    await page.getByRole('button', { name: 'Check again' }).click();
    await waitForState(page, 'try', 'Done');
    await page.getByText('The set-up is complete', { exact: true }).waitFor();
    await shoot('setup_all_set');
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page
      .getByText(/The request to isolate .+ would be sent\. No command was sent\./)
      .waitFor();
    await page.getByRole('link', { name: 'Open the alert' }).click();
    const flyout = page.getByRole('dialog');
    await flyout.getByText(host.computerName!, { exact: true }).first().waitFor();
    await flyout.getByText('Connected', { exact: true }).first().waitFor();
    // The proof alone.
    const writes = await target().simulator.writes();
    expect(writes.map((write) => [write.path, idsOf(write)])).toEqual([
      ['/agents/actions/disconnect', [other!.id]],
      ['/agents/actions/connect', [other!.id]],
    ]);
  });

  it('creates the rule in addition to one of another type, which Kibana cannot convert', async () => {
    await clean();
    const { json: theirs } = await admin('POST', RULES, {
      name: 'Many alerts of one host',
      description: 'Of the SOC',
      type: 'threshold',
      index: [DOCUMENTS],
      query: 'observer.serial_number:*',
      threshold: { field: ['host.name'], value: 5 },
      severity: 'high',
      risk_score: 73,
      enabled: false,
    });
    const { status } = await admin('PATCH', RULES, { id: theirs.id, type: 'query' });
    expect(status).toBe(400);
    const { page, shoot } = await visit(`${IN_SPACE}${APP}/setup`, { user: 'admin' });
    await waitForState(page, 'rule', 'Action required');
    await page.getByText(/Its type is threshold/).waitFor();
    expect(await page.getByRole('button', { name: 'Repair rule' }).count()).toBe(0);
    await shoot('setup_other_rule');
    await page.getByRole('button', { name: 'Create rule', exact: true }).click();
    await waitForState(page, 'rule', 'Done');
    const { json } = await admin('GET', `${RULES}/_find?per_page=100`);
    const kept = (json.data as ReadonlyArray<{ id: string }>).find(({ id }) => id === theirs.id);
    expect(json.data).toHaveLength(2);
    expect(kept).toMatchObject({ type: 'threshold', enabled: false, revision: theirs.revision });
    expect(await target().simulator.writes()).toEqual([]);
  });

  it('opens the connector in a flyout of Kibana', async () => {
    const { page } = await visit(`${APP}/setup`, { user: 'admin' });
    await waitForState(page, 'connector', 'Done');
    const { json } = await admin('GET', '/api/actions/connectors');
    const { name } = (json as ReadonlyArray<{ id: string; name: string }>).find(
      ({ id }) => id === target().connectorId
    )!;
    await page.getByRole('button', { name, exact: true }).click();
    await page.locator('[data-test-subj="edit-connector-flyout"]').waitFor();
  });

  it('opens the form of a new connector if the licence allows one, and otherwise states what to do', async () => {
    const { json: license } = await admin('GET', '/api/licensing/info');
    const { page, shoot } = await visit(`${APP}/setup`, { user: 'admin' });
    await waitForState(page, 'connector', 'Done');
    // As it is answered where there is no connector yet.
    await page.route('**/internal/sentinelone_response/setup**', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      if (body.connectors?.state === 'answered') body.connectors.value.own = [];
      await route.fulfill({ response: answer, json: { ...body, connection: null } });
    });
    await page.getByRole('button', { name: 'Check again' }).click();
    await waitForState(page, 'connector', 'Action required');
    if (license.license?.type === 'basic') {
      await page.getByText(/Your license does not include creating this connector/).waitFor();
      await page.getByText('xpack.actions.preconfigured:').first().waitFor();
    } else {
      await page.getByRole('button', { name: 'Create connector' }).click();
      await page.getByLabel('Tenant URL').waitFor();
    }
    await shoot('setup_no_connector');
  });
});
