import { screen, within } from '@testing-library/react';
import { httpError, refusal } from '../../../test/helpers/ui/http_error';
import { announced, button, fact, shownStatus } from '../../../test/helpers/ui/queries';
import { createUi, pass, setUpUi, type UiOptions } from '../../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, alertWith, UUID } from '../../../test/helpers/sample_hosts';
import { MINUTE } from '../../../common/lib/constants';
import type { Agent } from '../../../common/hosts/agent';
import type { AlertContext } from '../../../common/hosts/alert';
import { HostStatusBadge } from '../../host_status/network_status';
import { AlertFlyoutContent } from './alert_flyout';

jest.mock('../../host_status/network_status', () => {
  const original = jest.requireActual('../../host_status/network_status');
  return { ...original, HostStatusBadge: jest.fn(original.HostStatusBadge) };
});

setUpUi();

const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * MINUTE).toISOString();

async function open(options: UiOptions = {}, context: AlertContext = { alertId: 'alert-1' }) {
  const ui = createUi({ agents: [agentWith()], alerts: [alertWith()], ...options });
  ui.show(<AlertFlyoutContent context={context} titleId="title" onClose={() => {}} />);
  await pass(10);
  return ui;
}

describe('the alert', () => {
  it('has a summary, with its process and file', async () => {
    await open();
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('SentinelOne alerts');
    expect(fact('Summary', 'Rule')).toBe('SentinelOne alerts');
    expect(fact('Summary', 'Reason')).toBe('process event by root on web-7');
    expect(fact('Summary', 'Severity')).toBe('High');
    expect(fact('Summary', 'Risk score')).toBe('73');
    expect(fact('Summary', 'Status')).toBe('Open');
    expect(fact('Summary', 'Time')).toBe('4 minutes ago');
    expect(fact('Process', 'process.name')).toBe('xmrig');
    expect(fact('File', 'file.path')).toBe('/tmp/xmrig');
  });

  it("shows SentinelOne's details as texts, and no field twice", async () => {
    const alert = alertWith({
      sentinelOneName: 'default.exe',
      sentinelOne: [
        { id: 'threat', field: 'sentinel_one.threat.name', value: 'default.exe' },
        { id: 'severity', field: 'sentinel_one.unified_alert.severity', value: 'MEDIUM' },
        { id: 'mitigation', field: 'sentinel_one.unified_alert.result', value: 'NOT_MITIGATED' },
        { id: 'verdict', field: 'sentinel_one.alert.analyst_verdict', value: 'Undefined' },
        { id: 'filePath', field: 'file.path', value: '/tmp/xmrig' },
        { id: 'fileSize', field: 'file.size', value: '1482752' },
        { id: 'constructor', field: 'x', value: 'of a later version' },
      ],
      file: [
        { field: 'file.path', value: '/tmp/xmrig' },
        { field: 'file.hash.sha1', value: 'abc' },
      ],
    });
    await open({ alerts: [alert] });
    expect(screen.getByText('default.exe', { selector: 'p' })).toBeVisible();
    expect(fact('SentinelOne', 'Threat')).toBe('default.exe');
    expect(fact('SentinelOne', 'Severity')).toBe('Medium');
    expect(fact('SentinelOne', 'Mitigation status')).toBe('Not mitigated');
    expect(fact('SentinelOne', 'Analyst verdict')).toBe('Undefined');
    expect(fact('SentinelOne', 'File path')).toBe('/tmp/xmrig');
    expect(fact('SentinelOne', 'File size')).toBe('1.48 MB (1,482,752 bytes)');
    expect(screen.queryByText('of a later version')).toBeNull();
    expect(fact('File', 'file.path')).toBeUndefined();
    expect(fact('File', 'file.hash.sha1')).toBe('abc');
  });

  it('shows the host first, then the alert, then the history of the host', async () => {
    const sentinelOne = [{ id: 'rule', field: 'rule.name', value: 'XMRig miner' }];
    await open({ alerts: [alertWith({ sentinelOne })] });
    const titles = screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent);
    expect(titles).toEqual(['Host', 'Summary', 'SentinelOne', 'Process', 'File', 'History']);
  });

  it('has a link to Elastic Security', async () => {
    const ui = await open();
    const link = screen.getByRole('link', { name: 'Open in Elastic Security' });
    const path =
      '/alerts/redirect/alert-1?index=.alerts-security.alerts-default&timestamp=2024-03-01T09%3A59%3A00.000Z';
    expect(link).toHaveAttribute('href', `/app/securitySolutionUI${path}`);
    await ui.user.click(link);
    expect(ui.visited).toEqual([`securitySolutionUI ${path}`]);
  });

  it('leaves out missing details', async () => {
    const alert = alertWith({ process: [], file: [], riskScore: null, severity: null });
    await open({ alerts: [alert] });
    expect(screen.queryByRole('region', { name: 'Process' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'File' })).toBeNull();
    expect(fact('Summary', 'Risk score')).toBeUndefined();
    expect(fact('Summary', 'Severity')).toBeUndefined();
  });

  it('shows the complete document on request', async () => {
    const { user } = await open();
    await user.click(screen.getAllByRole('button', { name: 'Document' }).at(-1)!);
    expect(screen.getByText(/"serial_number"/)).toBeInTheDocument();
  });

  // Names of an object's inherited members, which values of a document must not resolve to.
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'sehr hoch'])(
    'shows a severity and a status of %s unchanged',
    async (word) => {
      await open({ alerts: [alertWith({ severity: word, workflowStatus: word })] });
      expect(fact('Summary', 'Severity')).toBe(word);
      expect(fact('Summary', 'Status')).toBe(word);
    }
  );

  it('reports that the alert does not exist, and shows no host', async () => {
    await open({ alerts: [] });
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('The alert could not be loaded');
    expect(alert).toHaveTextContent('There is no such alert in this space.');
    expect(alert).toHaveTextContent('the link belongs to another space');
    expect(screen.queryByRole('region', { name: 'Host' })).toBeNull();
  });

  it('can be loaded again after an error', async () => {
    const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
    ui.api.fail('alert', httpError(500, { message: 'Something failed inside Kibana' }));
    ui.show(
      <AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="title" onClose={() => {}} />
    );
    await pass(3_000);
    expect(screen.getByRole('alert')).toHaveTextContent('Something failed inside Kibana');
    ui.api.mend('alert');
    await ui.user.click(button('Reload'));
    await pass(10);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(fact('Summary', 'Rule')).toBe('SentinelOne alerts');
  });
});

describe('the host', () => {
  it('is shown with the data from SentinelOne', async () => {
    await open();
    expect(fact('Host', 'Name')).toBe('web-7');
    expect(fact('Host', 'Agent version')).toBe('23.3.2.12');
    expect(fact('Host', 'Operating system')).toBe('Ubuntu');
    expect(fact('Host', 'Site')).toBe('Frankfurt');
    expect(fact('Host', 'Group')).toBe('Web servers');
    expect(fact('Host', 'Last seen')).toBe('3 minutes ago');
    expect(shownStatus()).toBe('Connected');
  });

  it('is shown with the details for a decision', async () => {
    const consoleUrl = 'https://example.sentinelone.net/sentinels/devices?page=1';
    await open({ agents: [agentWith({ consoleUrl })] });
    expect(fact('Host', 'Agent')).toBe('Online');
    expect(fact('Host', 'IP addresses')).toBe('10.0.0.7, fd00::7');
    expect(fact('Host', 'External IP')).toBe('203.0.113.7');
    expect(fact('Host', 'Logged-in user')).toBe('root');
    expect(fact('Host', 'Active threats')).toBe('2');
    expect(fact('Host', 'Machine type')).toBe('server');
    expect(fact('Host', 'Domain')).toBe('CORP');
    expect(fact('Host', 'Agent id')).toBe(AGENT_ID);
    expect(fact('Host', 'Agent UUID')).toBe(UUID);
    const link = screen.getByRole('link', { name: /^Search by name/ });
    expect(link).toHaveAttribute('href', consoleUrl);
    expect(link).toHaveAttribute('target', '_blank');
  });

  it('is shown with five of its addresses, and the number of the others', async () => {
    const ipAddresses = Array.from({ length: 8 }, (_, n) => `10.0.0.${n}`);
    await open({ agents: [agentWith({ ipAddresses, activeThreats: 0 })] });
    expect(fact('Host', 'IP addresses')).toBe(
      '10.0.0.0, 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and 3 more'
    );
    expect(fact('Host', 'Active threats')).toBe('None');
  });

  it('shows which details SentinelOne does not report', async () => {
    const nothing = { agentVersion: null, osName: null, siteName: null, groupName: null };
    const noFacts = {
      isActive: null,
      machineType: null,
      domain: null,
      lastLoggedInUserName: null,
      ipAddresses: [],
      externalIp: null,
      activeThreats: null,
    };
    await open({ agents: [agentWith({ ...nothing, ...noFacts, lastActiveDate: null })] });
    for (const name of ['Agent version', 'Operating system', 'Site', 'Group', 'Last seen']) {
      expect(fact('Host', name)).toBe('Not reported');
    }
    for (const name of ['Agent', 'IP addresses', 'Logged-in user', 'Active threats']) {
      expect(fact('Host', name)).toBe('Not reported');
    }
    for (const name of ['Machine type', 'Domain']) expect(fact('Host', name)).toBe('Not reported');
    expect(fact('Host', 'External IP')).toBeUndefined();
    expect(fact('Host', 'SentinelOne console')).toBeUndefined();
  });

  it.each<[string, Partial<Agent>]>([
    ['Connected', { networkStatus: 'connected' }],
    ['Isolating…', { networkStatus: 'disconnecting' }],
    ['Isolated', { networkStatus: 'disconnected' }],
    ['Releasing…', { networkStatus: 'connecting' }],
    ['Offline', { networkStatus: 'connected', isActive: false }],
    ['Isolated', { networkStatus: 'disconnected', isActive: false }],
    ['Isolation pending (offline)', { networkStatus: 'disconnecting', isActive: false }],
    ['Release pending (offline)', { networkStatus: 'connecting', isActive: false }],
    ['Not reported', { networkStatus: null }],
  ])('has the network status %s', async (text, agent) => {
    await open({ agents: [agentWith(agent)] });
    expect(shownStatus()).toBe(text);
    expect(announced()).toBe(`Network status of web-7: ${text}`);
  });

  it.each<[string | undefined, () => Partial<Agent>]>([
    [undefined, () => ({ scanStatus: null })],
    ['Not scanned yet', () => ({ scanStatus: 'none' })],
    ['Scanning…', () => ({ scanStatus: 'started', scanFinishedAt: minutesAgo(90) })],
    ['Finished 5 minutes ago', () => ({ scanStatus: 'finished', scanFinishedAt: minutesAgo(5) })],
    ['Finished', () => ({ scanStatus: 'finished', scanFinishedAt: null })],
    ['Aborted 2 hours ago', () => ({ scanStatus: 'aborted', scanAbortedAt: minutesAgo(120) })],
  ])('has the full disk scan %s', async (text, agent) => {
    await open({ agents: [agentWith(agent())] });
    expect(fact('Host', 'Full disk scan')?.trim()).toBe(text);
    expect(shownStatus()).toBe('Connected');
  });

  it('is an unknown agent when SentinelOne has no agent with this id', async () => {
    await open({ agents: [] });
    expect(shownStatus()).toBe('Unknown agent');
    const host = screen.getByRole('region', { name: 'Host' });
    expect(host).toHaveTextContent('No agent in SentinelOne has the UUID or id of this host.');
    expect(host).toHaveTextContent('Look for the host in the SentinelOne console');
    expect(fact('Host', 'Agent UUID')).toBe(UUID);
  });

  it('shows the clones that share a UUID', async () => {
    await open({
      agents: [
        agentWith({ id: '1', computerName: 'web-7' }),
        agentWith({ id: '2', computerName: 'web-8' }),
      ],
      alerts: [alertWith({ agentId: null })],
    });
    expect(shownStatus()).toBe('Several agents');
    expect(screen.getByRole('region', { name: 'Host' })).toHaveTextContent(
      /Several agents share the UUID.*Choose the agent by its id/
    );
    expect(fact('web-7', 'Agent id')).toBe('1');
    expect(fact('web-8', 'Agent id')).toBe('2');
  });

  it.each([
    [
      'another name',
      { hostName: 'db-1' },
      /^This host is named db-1 in the alert and web-7 in SentinelOne/,
    ],
    ['a UUID that no agent has', { agentUuid: 'replaced' }, /^No agent has the UUID in the alert/],
    ['an id that no agent has', { agentId: '999' }, /^No agent has the agent id in the alert/],
  ])('reports that the alert has %s, and what to do', async (_, changes, text) => {
    await open({ alerts: [alertWith(changes)] });
    const host = within(screen.getByRole('region', { name: 'Host' }));
    expect(host.getByText(text)).toBeVisible();
    expect(host.getByText(/To confirm an action, you type its name in SentinelOne/)).toBeVisible();
    expect(host.getByText('Frankfurt')).toBeVisible();
  });

  it('reports that UUID and agent id belong to different agents', async () => {
    await open({ agents: [agentWith({ id: '1' }), agentWith({ uuid: 'other' })] });
    expect(shownStatus()).toBe('Conflicting agents');
    expect(screen.getByRole('region', { name: 'Host' })).toHaveTextContent(
      /belong to different agents.*choose it by its agent id/
    );
  });

  it.each([
    [
      'decommissioned',
      { isDecommissioned: true },
      /web-7 is decommissioned.*recommission its agent/,
    ],
    ['uninstalled', { isUninstalled: true }, /web-7 is uninstalled.*install the agent again/],
    [
      'offline and isolating',
      { isActive: false, networkStatus: 'disconnecting' },
      /web-7 is offline.*The isolation takes effect only then/,
    ],
    [
      'offline and releasing',
      { isActive: false, networkStatus: 'connecting' },
      /web-7 is offline.*Its network status does not change until then/,
    ],
  ] as Array<[string, Partial<Agent>, RegExp]>)(
    'explains what %s means',
    async (_, agent, text) => {
      await open({ agents: [agentWith(agent)] });
      expect(screen.getByRole('region', { name: 'Host' })).toHaveTextContent(text);
    }
  );

  it('reports that the alert does not identify an agent, and sends no request', async () => {
    const { api } = await open({ alerts: [alertWith({ agentId: null, agentUuid: null })] });
    expect(screen.getByRole('region', { name: 'Host' })).toHaveTextContent(
      /does not identify a SentinelOne agent.*Find the hosts of this name and choose the agent/
    );
    expect(api.count('hostsStatus')).toBe(0);
    expect(screen.queryByRole('button', { name: 'Refresh the network status' })).toBeNull();
  });

  it('can be refreshed', async () => {
    const { api, user } = await open();
    api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
    await user.click(button('Refresh the network status'));
    await pass(10);
    expect(api.count('hostsStatus')).toBe(2);
    expect(shownStatus()).toBe('Isolated');
    expect(announced()).toBe('Network status of web-7: Isolated');
  });

  it('explains why there is no status, and can be refreshed', async () => {
    const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
    ui.api.fail('hostsStatus', refusal(502, 'unauthorized'));
    ui.show(
      <AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="title" onClose={() => {}} />
    );
    await pass(3_000);
    expect(shownStatus()).toBeUndefined();
    const problem = within(screen.getByRole('alert'));
    expect(problem.getByText('The network status is not available')).toBeVisible();
    expect(
      problem.getByText(/does not accept the connector's API token.*generate a new token/)
    ).toBeVisible();
    ui.api.mend('hostsStatus');
    await ui.user.click(problem.getByRole('button', { name: 'Refresh status' }));
    await pass(10);
    expect(shownStatus()).toBe('Connected');
  });

  it('keeps the last status when a refresh fails, and reports that it may be out of date', async () => {
    const { api } = await open();
    api.fail('hostsStatus', refusal(502, 'unreachable'));
    await pass(35_000);
    expect(screen.getByRole('alert')).toHaveTextContent('may be out of date');
    expect(shownStatus()).toBe('Connected');
  });

  it('is shown while the alert is loading, if the context identifies it', async () => {
    const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
    ui.api.hold('alert');
    ui.show(
      <AlertFlyoutContent
        context={{ alertId: 'alert-1', agentUuid: UUID, hostName: 'web-7' }}
        titleId="title"
        onClose={() => {}}
      />
    );
    await pass(10);
    expect(shownStatus()).toBe('Connected');
    expect(button('Take action')).toBeEnabled();
  });

  it('is shown without an alert', async () => {
    const { api } = await open({}, { agentUuid: UUID, hostName: 'web-7' });
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('web-7');
    expect(shownStatus()).toBe('Connected');
    expect(api.count('alert')).toBe(0);
  });

  it('reports that the alert is loading', async () => {
    const ui = createUi({ alerts: [alertWith()] });
    ui.api.hold('alert');
    ui.show(
      <AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="title" onClose={() => {}} />
    );
    await pass(10);
    expect(screen.getByRole('progressbar', { name: 'Loading the alert' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Take action' })).toBeNull();
  });
});

it('closes by its button', async () => {
  const ui = createUi({ agents: [agentWith()], alerts: [alertWith()] });
  const onClose = jest.fn();
  ui.show(
    <AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="title" onClose={onClose} />
  );
  await pass(10);
  await ui.user.click(button('Close'));
  expect(onClose).toHaveBeenCalledTimes(1);
});

it('renders the host again only when it shows something else', async () => {
  const { api } = await open();
  const rendered = jest.mocked(HostStatusBadge).mock.calls;
  const before = rendered.length;
  expect(before).toBeGreaterThan(0);
  await pass(31_000);
  expect(api.count('hostsStatus')).toBe(2);
  expect(rendered.length).toBe(before);
  api.setAgent(AGENT_ID, { networkStatus: 'disconnected' });
  await pass(31_000);
  expect(rendered.length).toBeGreaterThan(before);
  expect(shownStatus()).toBe('Isolated');
});
