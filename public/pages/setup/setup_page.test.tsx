import { MemoryRouter } from 'react-router-dom';
import userEvent from '@testing-library/user-event';
import { configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import {
  CONNECTOR_PERMISSIONS,
  INTEGRATION_PERMISSIONS,
} from '../../../common/actions/token_permissions';
import { ALERT_RULE, THREAT_RULE } from '../../../common/hosts/detection_rules';
import { type SetupStatus } from '../../../common/api/setup';
import type { ResponseApi } from '../../lib/response_api';
import { agentWith } from '../../../test/helpers/sample_hosts';
import { actionAnswer } from '../../../test/helpers/ui/answers';
import { fakeServices, inFake } from '../../../test/helpers/ui/fake_services';
import { hostStatuses } from '../../host_status/status_store';
import type { Services } from '../../lib/services';
import { documentedRule } from './documented_rule';
import { differencesOf, type DetectionRule } from './rule';
import { SetupContent } from './setup_page';
import type { SetupApi } from './setup_api';
import type { StepId } from './steps';

/** Every state of every step, with an API that answers what the test wants. */

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });

const NOW = new Date().toISOString();
const STATUS: SetupStatus = {
  kibanaVersion: '8.12.2',
  unavailable: [],
  connectors: {
    state: 'answered',
    value: {
      own: [{ id: 'c1', name: 'Tenant one' }],
      builtIn: [],
      enabledInLicense: true,
      minimumLicense: 'gold',
      enabledInConfig: true,
    },
  },
  connection: {
    state: 'answered',
    value: {
      checks: [{ id: 'token', status: 'ok', message: 'SentinelOne accepts the API token.' }],
    },
  },
  documents: { state: 'answered', value: { total: 5, newest: NOW, withAgent: 5 } },
  threats: { state: 'answered', value: { total: 0, newest: null, withAgent: 0 } },
  proven: { state: 'answered', value: { isolate: NOW, release: NOW } },
};
const RULE: DetectionRule = {
  id: 'rule-1',
  name: 'SentinelOne alerts',
  type: 'query',
  language: 'kuery',
  enabled: true,
  index: ['logs-sentinel_one.alert*'],
  query: 'observer.serial_number:*',
  filters: [],
  execution_summary: { last_execution: { date: NOW, status: 'succeeded', message: '' } },
};
const ALERT = {
  id: 'alert-1',
  index: 'alerts',
  timestamp: NOW,
  severity: 'high',
  ruleName: 'SentinelOne alerts',
  reason: null,
  workflowStatus: 'open',
  hostName: 'web-1',
  agentUuid: 'a',
  agentId: '1',
};
const connectors = (change: object): SetupStatus => ({
  ...STATUS,
  connection: null,
  proven: null,
  connectors: {
    state: 'answered',
    value: { ...(STATUS.connectors as { value: object }).value, ...change },
  } as SetupStatus['connectors'],
});
const forbidden = () =>
  Promise.reject(
    Object.assign(new Error('Forbidden'), {
      response: { status: 403 },
      body: { message: 'Forbidden', statusCode: 403 },
    })
  );

interface Environment {
  readonly api?: Partial<SetupApi>;
  readonly capabilities?: Record<string, Record<string, boolean>>;
  readonly confirms?: boolean;
  /** The routes for hosts and actions, as the host test calls them. */
  readonly response?: Partial<ResponseApi>;
}

function show({ api = {}, capabilities = {}, confirms = true, response = {} }: Environment = {}) {
  const given = {
    status: jest.fn(async () => STATUS),
    integrationPackage: jest.fn(async () => ({ status: 'installed', version: '1.2.3' })),
    rules: jest.fn(async () => [RULE]),
    createRule: jest.fn(async () => RULE),
    patchRule: jest.fn(async () => RULE),
    connector: jest.fn(async (id: string) => ({ id, name: `number ${id}` })),
    newestAlert: jest.fn(async () => ({ alert: ALERT })),
    dryRun: jest.fn(async () => ({ hosts: [] })),
    ...(api as object),
  } as unknown as jest.Mocked<SetupApi>;
  const addConnectorFlyout = jest.fn(() => (
    <div data-test-subj="create-connector-flyout">
      the flyout of Kibana
      {['.email', 'sentinelone-response'].map((type) => (
        <button key={type} data-test-subj={`${type}-card`} onClick={() => chosen.push(type)} />
      ))}
    </div>
  ));
  const chosen: string[] = [];
  const editConnectorFlyout = jest.fn(({ connector }: { connector: { name: string } }) => (
    <div>the flyout of {connector.name}</div>
  ));
  const fake = fakeServices({
    api: response,
    capabilities,
    basePath: '/s/ops',
    dateFormat: 'YYYY-MM-DD',
    confirms,
  });
  const services: Services = { ...fake, addConnectorFlyout, editConnectorFlyout };
  render(
    inFake(
      services,
      <MemoryRouter>
        <SetupContent api={given} />
      </MemoryRouter>
    )
  );
  const { queryClient, openConfirm } = fake;
  return { api: given, queryClient, openConfirm, addConnectorFlyout, editConnectorFlyout, chosen };
}

const ALL_STEPS: readonly StepId[] = ['tokens', 'data', 'connector', 'rule', 'try'];
/** EUI gives a step no role of its own, and looking for roles in so large a page takes seconds. */
const stepOf = (step: StepId): HTMLElement =>
  document
    .querySelector(`[data-test-subj="sentineloneResponseStep-${step}"]`)!
    .closest<HTMLElement>('.euiStep')!;
const find = (step: StepId, text: string | RegExp) =>
  waitFor(() => within(stepOf(step)).getByText(text));

describe('all steps', () => {
  it('reports that the set-up is complete when every one is done', async () => {
    const { api } = show();
    await screen.findByText('The set-up is complete');
    expect(screen.getByText('5 of 5 steps done')).toBeInTheDocument();
    for (const step of ALL_STEPS) await find(step, 'Done');
    expect(api.status).toHaveBeenCalledWith(false);
    fireEvent.click(screen.getByText('Check again'));
    await waitFor(() => expect(api.status).toHaveBeenLastCalledWith(true));
  });

  it('reads from SentinelOne once for each request to check again', async () => {
    const { api } = show();
    const asked = () => api.status.mock.calls.map(([fresh]) => fresh);
    const looksAtWindow = async () => {
      const before = api.status.mock.calls.length;
      window.dispatchEvent(new Event('focus'));
      await waitFor(() => expect(api.status.mock.calls.length).toBeGreaterThan(before));
      await screen.findByText('The set-up is complete');
    };
    await screen.findByText('The set-up is complete');
    await looksAtWindow();
    expect(asked()).toEqual([false, false]);
    fireEvent.click(screen.getByText('Check again'));
    await waitFor(() => expect(asked()).toEqual([false, false, true]));
    await screen.findByText('The set-up is complete');
    await looksAtWindow();
    await looksAtWindow();
    expect(asked()).toEqual([false, false, true, false, false]);
    fireEvent.click(screen.getByText('Check again'));
    await waitFor(() => expect(asked().slice(5)).toEqual([true]));
  });

  it('shows the others while one is loading', async () => {
    show({ api: { rules: () => new Promise(() => {}) } });
    await find('connector', 'Done');
    await find('rule', 'Checking…');
    expect(screen.queryByText('The set-up is complete')).not.toBeInTheDocument();
  });

  it('shows what is missing when everything fails', async () => {
    const api = { status: forbidden, rules: forbidden, integrationPackage: forbidden };
    show({ api });
    for (const step of ALL_STEPS) {
      await waitFor(() =>
        expect(within(stepOf(step)).getAllByText('Missing privilege').length).toBeGreaterThan(0)
      );
    }
    // A missing privilege says nothing bad about a step.
    expect(document.querySelector('.euiStepNumber-isDanger, [class*="isDanger"]')).toBeNull();
    await find('rule', /You do not have the required privilege: "Security: Read"/);
    await find('tokens', /You do not have the required privilege: "SentinelOne Response: Read"/);
  });
});

describe('tokens', () => {
  it('reports an unreachable URL in the step of the connector', async () => {
    const check = {
      id: 'reachable',
      status: 'failed',
      message: 'SentinelOne could not be reached.',
      todo: 'Check the network.',
    } as const;
    const connection = { state: 'answered', value: { checks: [check] } } as const;
    show({ api: { status: async () => ({ ...STATUS, connection }) } });
    await find('connector', 'Action required');
    await find('connector', check.message);
    await find('connector', 'Check the tenant URL in the connector.');
    await find('tokens', 'Unknown');
    await find('tokens', /The token could not be checked/);
    expect(within(stepOf('tokens')).queryByText(check.message)).toBeNull();
    expect(screen.queryByText('The set-up is complete')).toBeNull();
  });

  it('requires an action while there is no connector to test', async () => {
    show({ api: { status: async () => connectors({ own: [] }) } });
    await find('tokens', 'Action required');
    await find('tokens', /The token can be tested when there is exactly one connector/);
    await find('tokens', /Endpoints\.disconnectFromNetwork/);
  });

  it('lists the permissions of each token: by data stream, and required or optional', async () => {
    show();
    await find('tokens', 'Done');
    const rowsOf = (table: number) =>
      within(within(stepOf('tokens')).getAllByRole('table')[table]!)
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent);
    const streams = rowsOf(0);
    expect(streams).toHaveLength(INTEGRATION_PERMISSIONS.length);
    expect(streams[0]).toMatch(/alert.*STAR Rule Alerts > view.*the documented rule/);
    expect(streams[1]).toMatch(/threat.*Threats > view.*tenants without STAR/);
    const permissions = rowsOf(1);
    expect(permissions).toHaveLength(CONNECTOR_PERMISSIONS.length);
    for (const [n, { name, isRequired, purpose }] of CONNECTOR_PERMISSIONS.entries()) {
      expect(permissions[n]).toContain(name);
      expect(permissions[n]).toContain(isRequired ? 'required' : 'optional');
      expect(permissions[n]).toContain(purpose());
    }
    await find('tokens', /SentinelOne fills the alert stream from STAR custom rules/);
  });

  it('shows the problem of the token and what to do', async () => {
    const checks = [
      { id: 'token', status: 'failed', message: 'Token refused', todo: 'Renew it' },
    ] as const;
    const connection = { state: 'answered', value: { checks } } as const;
    show({ api: { status: async () => ({ ...STATUS, connection }) } });
    await find('tokens', 'Action required');
    await find('tokens', 'Token refused');
    await find('tokens', 'Renew it');
  });

  it('is done with a warning when the token expires soon', async () => {
    const checks = [
      { id: 'expiry', status: 'warning', message: 'It expires in 9 days', todo: 'Renew it' },
    ] as const;
    const connection = { state: 'answered', value: { checks } } as const;
    show({ api: { status: async () => ({ ...STATUS, connection }) } });
    await find('tokens', 'Done');
    await find('tokens', 'It expires in 9 days');
  });

  it('states why it cannot be tested', async () => {
    const connection = { state: 'unknown', message: 'No answer within 20 seconds.' } as const;
    show({ api: { status: async () => ({ ...STATUS, connection }) } });
    await find('tokens', 'No answer within 20 seconds.');
  });
});

describe('integration and data', () => {
  const documents = (value: { total: number; newest: string | null; withAgent: number }) => ({
    status: async () => ({ ...STATUS, documents: { state: 'answered', value } as const }),
  });

  it('reports that the integration is not installed and that there are no documents', async () => {
    const integrationPackage = async () => ({ status: 'not_installed' });
    const none = documents({ total: 0, newest: null, withAgent: 0 });
    show({ api: { ...none, integrationPackage } });
    await find('data', 'Action required');
    await find('data', 'The SentinelOne integration is not installed.');
    await find('data', 'There are no documents in logs-sentinel_one.alert*');
  });

  it('reports that documents identify no agent', async () => {
    show({ api: documents({ total: 3, newest: NOW, withAgent: 0 }) });
    await find('data', 'Action required');
    await find('data', 'No document has an agent in observer.serial_number');
  });

  it('explains why the data may be stale', async () => {
    show({ api: documents({ total: 3, newest: '2020-01-01T00:00:00.000Z', withAgent: 3 }) });
    await find('data', 'Done');
    await find('data', 'No new documents for more than a day');
  });

  it('is done with only threats, for a tenant without STAR', async () => {
    const none = { state: 'answered', value: { total: 0, newest: null, withAgent: 0 } } as const;
    const some = { state: 'answered', value: { total: 4, newest: NOW, withAgent: 3 } } as const;
    const status = async () => ({ ...STATUS, documents: none, threats: some });
    show({ api: { status } });
    await find('data', 'Done');
    await find('data', /There are no documents in logs-sentinel_one.alert\*\. STAR/);
    await find(
      'data',
      /4 documents in logs-sentinel_one.threat\*, 3 of them with sentinel_one.threat.agent.id/
    );
  });

  it('is done without Fleet if there are documents', async () => {
    show({ api: { integrationPackage: () => Promise.reject(new Error('no Fleet')) } });
    await find('data', 'Done');
    await find('data', /The integration's installation could not be checked/);
  });
});

describe('connector', () => {
  it("opens Kibana's own flyout, and checks again when one was created", async () => {
    const { addConnectorFlyout, api, chosen } = show({
      api: { status: jest.fn(async () => connectors({ own: [] })) },
    });
    await find('connector', 'Action required');
    fireEvent.click(within(stepOf('connector')).getByText('Create connector'));
    await screen.findByText('the flyout of Kibana');
    // Its menu offers every type; ours is chosen in it.
    await waitFor(() => expect(chosen).toEqual(['sentinelone-response']));
    const [[props]] = addConnectorFlyout.mock.calls as unknown as [
      [{ onConnectorCreated(): void }],
    ];
    props.onConnectorCreated();
    await waitFor(() => expect(api.status).toHaveBeenLastCalledWith(true));
  });

  it('names the missing license, and shows how to configure the connector in kibana.yml', async () => {
    const status = async () => connectors({ own: [], enabledInLicense: false });
    show({ api: { status } });
    await find('connector', /Required license: gold/);
    await find('connector', /xpack\.actions\.preconfigured/);
    await find('connector', /Up to Kibana 8\.14, .* From 8\.15 on, .* require the same license/);
    expect(screen.queryByText('Create connector')).not.toBeInTheDocument();
  });

  it('reports that kibana.yml does not include the type', async () => {
    show({ api: { status: async () => connectors({ own: [], enabledInConfig: false }) } });
    await find('connector', /does not include sentinelone-response/);
  });

  it('states the missing privilege to create one', async () => {
    show({
      api: { status: async () => connectors({ own: [] }) },
      capabilities: { actions: { save: false } },
    });
    await find('connector', /"Actions and Connectors: All"/);
  });

  it('lists several, and reports that all actions are refused', async () => {
    const own = [
      { id: '1', name: 'One' },
      { id: '2', name: 'Two' },
    ];
    const { api, editConnectorFlyout } = show({
      api: { status: async () => connectors({ own }) },
    });
    await find('connector', 'Action required');
    await find('connector', 'There are 2 connectors, but only one is allowed');
    for (const { id, name } of own) {
      fireEvent.click(within(stepOf('connector')).getByText(name));
      await screen.findByText(`the flyout of number ${id}`);
    }
    expect(api.connector.mock.calls).toEqual([['1'], ['2']]);
    const [props] = editConnectorFlyout.mock.lastCall as unknown as [
      { onConnectorUpdated(): void },
    ];
    props.onConnectorUpdated();
    await waitFor(() => expect(screen.queryByText('the flyout of number 2')).toBeNull());
  });

  it("distinguishes Kibana's own connectors from the plugin's", async () => {
    const builtIn = [{ id: 'k', name: 'Elastic' }];
    show({ api: { status: async () => connectors({ builtIn }) } });
    await find('connector', 'Done');
    await find('connector', /Other connectors: Elastic/);
  });
});

describe('rule', () => {
  it('creates the documented rule', async () => {
    const rules = jest.fn(async () => [] as DetectionRule[]);
    const { api, openConfirm } = show({ api: { rules } });
    await find('rule', 'Action required');
    fireEvent.click(within(stepOf('rule')).getByText('Create rule'));
    await waitFor(() => expect(api.createRule).toHaveBeenCalledTimes(1));
    expect(openConfirm).not.toHaveBeenCalled();
    const [rule] = api.createRule.mock.calls[0]!;
    expect(differencesOf(rule as unknown as DetectionRule, ALERT_RULE)).toEqual([]);
    expect(rule).toMatchObject({
      enabled: true,
      severity_mapping: expect.arrayContaining([
        expect.objectContaining({ value: 'Critical', severity: 'critical' }),
      ]),
      note: expect.stringContaining('/s/ops/app/sentineloneResponse'),
    });
    await waitFor(() => expect(rules.mock.calls.length).toBeGreaterThan(1));
  });

  const THREATS: DetectionRule = {
    ...RULE,
    id: 'rule-2',
    name: 'SentinelOne threats',
    index: ['logs-sentinel_one.threat*'],
    query: 'sentinel_one.threat.agent.id:*',
  };
  const threatPart = () =>
    within(
      stepOf('rule').querySelector<HTMLElement>('[data-test-subj="sentineloneResponseThreatRule"]')!
    );

  it('offers the rule for tenants without STAR separately from the documented one', async () => {
    const { api } = show();
    await find('rule', 'Done');
    expect(threatPart().getByText('Without STAR custom rules')).toBeInTheDocument();
    expect(
      threatPart().getByText('There is no rule with the index pattern logs-sentinel_one.threat*.')
    ).toBeInTheDocument();
    fireEvent.click(threatPart().getByText('Create threat rule'));
    await waitFor(() => expect(api.createRule).toHaveBeenCalledTimes(1));
    const rule = api.createRule.mock.calls[0]![0] as unknown as DetectionRule;
    expect(differencesOf(rule, THREAT_RULE)).toEqual([]);
    expect(differencesOf(rule, ALERT_RULE)).not.toEqual([]);
    expect(rule).toMatchObject({
      enabled: true,
      note: expect.stringContaining('/s/ops/app/sentineloneResponse'),
    });
  });

  it('is done with only that rule, and uses its alerts in the last step', async () => {
    const { api } = show({ api: { rules: async () => [THREATS] } });
    await find('rule', 'Done');
    await waitFor(() => expect(api.newestAlert).toHaveBeenCalledWith('rule-2'));
    expect(threatPart().getByText(/The rule is SentinelOne threats\./)).toBeInTheDocument();
    expect(threatPart().queryByText('Create threat rule')).toBeNull();
    // The documented one can still be made, and does not take the other for one that differs.
    expect(within(stepOf('rule')).getByText('Create rule')).toBeInTheDocument();
    expect(within(stepOf('rule')).queryByText(/Other rule, not changed/)).toBeNull();
  });

  it('repairs each rule to its own definition', async () => {
    const rules = async () => [RULE, { ...THREATS, enabled: false }];
    const { api } = show({ api: { rules } });
    await find('rule', 'Done');
    fireEvent.click(threatPart().getByText('Repair rule'));
    await waitFor(() => expect(api.patchRule).toHaveBeenCalledTimes(1));
    expect(api.patchRule.mock.calls[0]![0]).toMatchObject({
      id: 'rule-2',
      index: ['logs-sentinel_one.threat*'],
      query: 'sentinel_one.threat.agent.id:*',
    });
  });

  it('shows the differences, and asks before it changes anything', async () => {
    const other: DetectionRule = {
      ...RULE,
      enabled: false,
      index: ['logs-sentinel_one.alert*', 'logs-*'],
      filters: [{}],
    };
    const { api, openConfirm } = show({ api: { rules: async () => [other] }, confirms: false });
    await find('rule', 'Action required');
    await find('rule', 'It is disabled.');
    await find('rule', /Its index patterns are logs-sentinel_one.alert\*, logs-\*/);
    await find('rule', /Its query is observer.serial_number:\* with 1 filter/);
    fireEvent.click(within(stepOf('rule')).getByText('Repair rule'));
    await waitFor(() => expect(openConfirm).toHaveBeenCalledTimes(1));
    expect(openConfirm).toHaveBeenCalledWith(
      'The index pattern logs-* is removed, so that logs-sentinel_one.alert* is left. Its filter is removed. It is enabled. Everything else stays the same. If the rule is needed as it is, cancel and create another one.',
      expect.objectContaining({ title: 'Change the rule SentinelOne alerts?' })
    );
    expect(api.patchRule).not.toHaveBeenCalled();
    expect(api.createRule).not.toHaveBeenCalled();
  });

  const REPAIRABLE: ReadonlyArray<readonly [string, Partial<DetectionRule>]> = [
    ['disabled', { enabled: false }],
    ['with a pattern too many', { index: ['logs-*', 'logs-sentinel_one.alert*'] }],
    ['with filters', { filters: [{}, {}] }],
    ['with blanks around its query', { query: ' observer.serial_number:* ', enabled: false }],
  ];
  it.each(REPAIRABLE)('repairs a rule %s when that was confirmed', async (_, change) => {
    const { api, openConfirm } = show({ api: { rules: async () => [{ ...RULE, ...change }] } });
    await find('rule', 'Action required');
    fireEvent.click(await find('rule', 'Repair rule'));
    await waitFor(() => expect(api.patchRule).toHaveBeenCalledTimes(1));
    expect(openConfirm).toHaveBeenCalledTimes(1);
    const [patch] = api.patchRule.mock.calls[0]!;
    expect(patch).toMatchObject({ id: 'rule-1', enabled: true });
    expect(differencesOf({ ...RULE, ...change, ...patch }, ALERT_RULE)).toEqual([]);
    expect(api.createRule).not.toHaveBeenCalled();
  });

  it('creates one in addition to a rule that could be repaired', async () => {
    const disabled = { ...RULE, enabled: false };
    const { api, openConfirm } = show({ api: { rules: async () => [disabled] } });
    await find('rule', /Create rule adds a separate rule and does not change existing ones/);
    fireEvent.click(await find('rule', 'Create rule'));
    await waitFor(() => expect(api.createRule).toHaveBeenCalledTimes(1));
    expect(openConfirm).not.toHaveBeenCalled();
    expect(api.patchRule).not.toHaveBeenCalled();
  });

  const OTHERS: ReadonlyArray<readonly [string, Partial<DetectionRule>, RegExp]> = [
    ['threshold', { type: 'threshold' }, /Its type is threshold in kuery/],
    ['EQL', { type: 'eql', language: 'eql', query: 'any where true' }, /Its type is eql in eql/],
    ['new terms', { type: 'new_terms' }, /Its type is new_terms in kuery/],
    ['saved query', { type: 'saved_query' }, /Its type is saved_query in kuery/],
    ['without a query', { query: undefined }, /It has no query\. Only .* is required/],
    ['Lucene', { language: 'lucene' }, /Its type is query in lucene/],
    ['data view', { data_view_id: 'view', index: undefined }, /It uses a data view instead of/],
    [
      'narrower',
      { query: 'observer.serial_number:* and host.name:dc*' },
      /Its query is .*dc\*\. Only .* is required/,
    ],
    ['elsewhere', { index: ['logs-*'] }, /Its index patterns are logs-\*\. Only .* is required/],
    ['nowhere', { index: undefined }, /It has no index pattern\. Only .* is required/],
  ];
  it.each(OTHERS)('leaves a rule alone: %s', async (_, change, difference) => {
    const other = { ...RULE, name: 'Of the SOC', ...change };
    const { api, openConfirm } = show({ api: { rules: async () => [other] } });
    await find('rule', 'Action required');
    await find('rule', 'Other rule, not changed: Of the SOC');
    await find('rule', difference);
    await find('rule', /Create rule adds a separate rule and does not change existing ones/);
    await find('try', /Create the rule first/);
    expect(within(stepOf('rule')).queryByText('Repair rule')).toBeNull();
    fireEvent.click(await find('rule', 'Create rule'));
    await waitFor(() => expect(api.createRule).toHaveBeenCalledTimes(1));
    expect(openConfirm).not.toHaveBeenCalled();
    expect(api.patchRule).not.toHaveBeenCalled();
    expect(api.newestAlert).not.toHaveBeenCalled();
  });

  it('repairs the repairable one, and lists at most three others', async () => {
    const others = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
      ...{ ...RULE, id, name: `Rule ${id}`, type: 'eql' },
    }));
    const repairable = { ...RULE, index: ['logs-sentinel_one.alert*', 'x'], filters: [{}] };
    const { api } = show({ api: { rules: async () => [...others, repairable] } });
    await find('rule', 'The rule is SentinelOne alerts.');
    await find('rule', 'Other rule, not changed: Rule c');
    expect(within(stepOf('rule')).queryByText(/Rule d/)).toBeNull();
    await find('rule', /2 more rules use this index pattern or this query/);
    fireEvent.click(await find('rule', 'Repair rule'));
    await waitFor(() =>
      expect(api.patchRule).toHaveBeenCalledWith(expect.objectContaining({ id: 'rule-1' }))
    );
  });

  it.each([
    ['fine', {}],
    ['waiting for its first run', { execution_summary: undefined }],
  ])('does not offer a second one in addition to the documented rule, %s', async (_, change) => {
    const eql = { ...RULE, id: 'other', type: 'eql' };
    show({ api: { rules: async () => [eql, { ...RULE, ...change }] } });
    await find('rule', /The rule is SentinelOne alerts/);
    await find('rule', 'Open the rule');
    expect(within(stepOf('rule')).queryByText('Create rule')).toBeNull();
    expect(within(stepOf('rule')).queryByText('Repair rule')).toBeNull();
    expect(within(stepOf('rule')).queryByText(/Other rule, not changed/)).toBeNull();
  });

  it('shows the error of its last run', async () => {
    const last = { date: NOW, status: 'failed', message: 'no permission to read' };
    const failing = { ...RULE, execution_summary: { last_execution: last } };
    show({ api: { rules: async () => [failing] } });
    await find('rule', 'Action required');
    await find('rule', 'failed: no permission to read');
  });

  it('waits for a rule that has not run', async () => {
    show({ api: { rules: async () => [{ ...RULE, execution_summary: undefined }] } });
    await find('rule', /It has not run yet/);
  });

  it('reports that it was not saved', async () => {
    show({ api: { rules: async () => [], createRule: forbidden } });
    await find('rule', 'Action required');
    fireEvent.click(within(stepOf('rule')).getByText('Create rule'));
    await find('rule', 'The rule was not saved');
  });

  it('treats every other type, data view, query, filter and pattern as a difference', () => {
    const changes: ReadonlyArray<Partial<DetectionRule>> = [
      { type: 'eql' },
      { language: 'lucene' },
      { data_view_id: 'view' },
      { index: [] },
      { index: ['logs-*'] },
      { query: '' },
      { filters: [{}] },
      { enabled: false },
    ];
    for (const change of changes) {
      expect(differencesOf({ ...RULE, ...change }, ALERT_RULE).length).toBeGreaterThan(0);
    }
    const documented = documentedRule('/app') as unknown as DetectionRule;
    expect(differencesOf(documented, ALERT_RULE)).toEqual([]);
  });
});

describe('try it', () => {
  it('offers the test with a host while there is no alert, or no rule', async () => {
    show({ api: { newestAlert: async () => ({ alert: null }) } });
    await find('try', /The rule has created no alert yet/);
    await find('try', 'Find host');
  });

  it('offers the test with a host while there is no rule', async () => {
    show({ api: { rules: async () => [] } });
    await find('try', /Create the rule first/);
    await find('try', 'Find host');
  });

  it.each([
    [{ isolate: null, release: null }, 2],
    [{ isolate: NOW, release: null }, 1],
    [{ isolate: null, release: NOW }, 1],
  ])(
    'is not proven, and the set-up not complete, while only %j was confirmed',
    async (value, missing) => {
      show({ api: { status: async () => ({ ...STATUS, proven: { state: 'answered', value } }) } });
      await find('try', 'Not proven yet');
      expect(within(stepOf('try')).getAllByText(/Not proven yet: no/)).toHaveLength(missing);
      expect(screen.getByText('4 of 5 steps done')).toBeInTheDocument();
      expect(screen.queryByText('The set-up is complete')).toBeNull();
    }
  );

  it('waits for a connector', async () => {
    show({ api: { status: async () => connectors({ own: [] }) } });
    await find('try', 'Action required');
    expect(within(stepOf('try')).queryByText('Find host')).toBeNull();
  });

  it.each([
    [{ outcome: 'would_be_sent' }, /The request to isolate web-1 would be sent/],
    [{ outcome: 'unchanged' }, /web-1 is already isolated/],
    [
      { outcome: 'refused', reason: 'protected' },
      /web-1 is protected from isolation in the settings/,
    ],
  ] as const)('states the expected result for %j', async (end, text) => {
    const host = { uuid: 'a', agentId: '1', name: 'web-1', ...end };
    const dryRun = jest.fn(async () => ({ hosts: [host] }));
    show({ api: { dryRun } });
    fireEvent.click(await find('try', 'Dry run'));
    await find('try', text);
    expect(dryRun).toHaveBeenCalledWith({ uuid: 'a', agentId: '1', name: 'web-1' });
  });

  it('reports that the dry run failed', async () => {
    show({ api: { dryRun: forbidden } });
    fireEvent.click(await find('try', 'Dry run'));
    await find('try', 'The dry run failed');
  });
});

describe('the test with a host', () => {
  const AGENT = agentWith({ id: '1', uuid: 'u1', computerName: 'web-1' });
  const inTry = () => within(stepOf('try'));
  const choose = async (name: string) => {
    await find('try', 'Find host');
    fireEvent.change(inTry().getByLabelText('Host name'), { target: { value: name } });
    await userEvent.click(inTry().getByText('Find host'));
  };

  it('isolates and releases the chosen host after the user agrees, and checks again', async () => {
    const act = jest.fn(async (action: string) =>
      actionAnswer({
        actionId: action,
        hosts: [{ uuid: 'u1', agentId: '1', name: 'web-1', outcome: 'done' }],
      })
    );
    const { api, queryClient } = show({
      response: {
        findHosts: async () => ({ agents: [AGENT], isComplete: true }),
        performAction: act,
      },
    });
    await choose('web-1');
    await userEvent.click(await inTry().findByLabelText(/web-1, agent id 1/));
    const start = inTry().getByText('Isolate and release web-1').closest('button')!;
    expect(start).toBeDisabled();
    await userEvent.click(inTry().getByLabelText(/can lose its network connection/));
    await userEvent.click(start);
    await find('try', 'web-1 was isolated and released. The connector works.');
    expect(act.mock.calls.map(([action]) => action)).toEqual(['isolate', 'release']);
    // Wherever else the host is shown, what SentinelOne accepted is known.
    const { optimisticStatuses } = hostStatuses(queryClient);
    expect(optimisticStatuses.get('network/1')).toMatchObject({
      action: 'release',
      actionId: 'release',
    });
    await waitFor(() => expect(api.status).toHaveBeenLastCalledWith(true));
  });

  it('refuses a host that is protected, offline or already isolated, with the reason', async () => {
    const agents = [
      agentWith({ id: '1', computerName: 'a', protectedBy: { field: 'name', pattern: 'a' } }),
      agentWith({ id: '2', computerName: 'b', isActive: false }),
      agentWith({ id: '3', computerName: 'c', networkStatus: 'disconnected' }),
      agentWith({ id: '4', computerName: 'd', isDecommissioned: true }),
    ];
    show({ response: { findHosts: async () => ({ agents, isComplete: true }) } });
    await choose('a');
    for (const why of [
      /protected host/,
      /status is Offline/,
      /status is Isolated/,
      /decommissioned/,
    ]) {
      expect(await inTry().findByLabelText(why)).toBeDisabled();
    }
  });

  it('reports that the host may still be isolated, and releases it again', async () => {
    let releases = 0;
    const act = jest.fn(async (action: string) => {
      if (action === 'release' && (releases += 1) === 1) throw new Error('no network');
      return actionAnswer({
        actionId: action,
        hosts: [{ uuid: 'u1', agentId: '1', name: 'web-1', outcome: 'done' }],
      });
    });
    show({
      response: {
        findHosts: async () => ({ agents: [AGENT], isComplete: true }),
        performAction: act,
      },
    });
    await choose('web-1');
    await userEvent.click(await inTry().findByLabelText(/web-1, agent id 1/));
    await userEvent.click(inTry().getByLabelText(/can lose its network connection/));
    await userEvent.click(inTry().getByText('Isolate and release web-1'));
    await find('try', 'web-1 may still be isolated');
    await userEvent.click(inTry().getByText('Release again'));
    await find('try', 'web-1 was isolated and released. The connector works.');
    expect(act.mock.calls.map(([action]) => action)).toEqual(['isolate', 'release', 'release']);
  });

  it('requires the privileges to isolate and to release', async () => {
    show({ capabilities: { sentineloneResponse: { isolate: true, release: false } } });
    await find('try', /You need the privileges to isolate and to release hosts/);
    expect(inTry().queryByText('Find host')).toBeNull();
  });

  it('reports that no host has the name', async () => {
    show({ response: { findHosts: async () => ({ agents: [], isComplete: true }) } });
    await choose('nobody');
    await find('try', 'SentinelOne has no host with this name');
  });
});
