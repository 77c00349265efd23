import { diagnosticsText } from './diagnostics';

const SECRETS = ['Tenant one', 'web-1', 'https://example.sentinelone.net', '10.0.0.9', 'token-1'];

it('contains versions, states and counts, and no text of another system', () => {
  const [name, host, url, ip, token] = SECRETS;
  const said = `${host} at ${url} (${ip}) with ${token}`;
  const text = diagnosticsText({
    states: {
      tokens: 'action_required',
      data: 'done',
      connector: 'done',
      rule: 'unknown',
      try: 'unknown',
    },
    status: {
      state: 'answered',
      value: {
        kibanaVersion: '8.12.2',
        unavailable: [],
        connectors: {
          state: 'answered',
          value: {
            own: [{ id: 'c1', name: name! }],
            builtIn: [],
            enabledInLicense: true,
            minimumLicense: 'gold',
            enabledInConfig: true,
          },
        },
        connection: {
          state: 'answered',
          value: { checks: [{ id: 'token', status: 'failed', message: said, todo: said }] },
        },
        documents: { state: 'unknown', message: said, missing: 'read on logs-*' },
        threats: { state: 'unknown', message: said, missing: 'read on logs-*' },
        proven: { state: 'answered', value: { isolate: said, release: null } },
      },
    },
    rules: { state: 'unknown', message: said },
    inBrowser: [{ integration: 'alerts_table' }, { integration: 'case_view', problem: said }],
    pluginVersion: '1.0.0',
    at: '2024-07-03T03:45:00.000Z',
  });
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  expect(JSON.parse(text)).toMatchObject({
    plugin: '1.0.0',
    kibana: '8.12.2',
    kibanaTested: true,
    unavailable: [],
    unavailableInBrowser: ['alerts_table', 'case_view'],
    steps: { tokens: 'action_required' },
    checks: {
      connectors: { own: 1 },
      connection: [{ id: 'token', status: 'failed' }],
      documents: { state: 'unknown', missing: 'read on logs-*' },
      proven: { isolate: true, release: false },
    },
  });
});
