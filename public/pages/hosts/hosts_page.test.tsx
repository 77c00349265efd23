import { fireEvent, screen, within } from '@testing-library/react';
import { newAutomaticRelease } from '../../../common/actions/automatic_release';
import { httpError, refusal } from '../../../test/helpers/ui/http_error';
import { alerted, button } from '../../../test/helpers/ui/queries';
import {
  createUi,
  enter,
  pass,
  setTabVisible,
  setUpUi,
  type UiOptions,
} from '../../../test/helpers/ui/render_ui';
import { alertOf, nthAgent } from '../../../test/helpers/sample_hosts';
import { HostStatusBadge } from '../../host_status/network_status';
import { downloadCsv } from '../../lib/download';
import { HostsPage } from './hosts_page';

jest.mock('../../lib/download');
jest.mock('../../host_status/network_status', () => {
  const original = jest.requireActual('../../host_status/network_status');
  return { ...original, HostStatusBadge: jest.fn(original.HostStatusBadge) };
});
setUpUi();

const agents = [
  nthAgent(1, { computerName: 'web-1', networkStatus: 'disconnected' }),
  nthAgent(2, { computerName: 'db-2', networkStatus: 'disconnected', siteName: 'Osaka' }),
  nthAgent(3, { computerName: 'lt-3', networkStatus: 'disconnecting', isActive: false }),
  nthAgent(4, { computerName: 'ok-4', ipAddresses: ['10.9.9.9'] }),
];

async function open(options: UiOptions = {}, prepare?: (ui: ReturnType<typeof createUi>) => void) {
  const ui = createUi({ agents, path: '/hosts', ...options });
  ui.api.isolations.set(agents[0]!.id, {
    ...{ source: 'record', by: 'alice', since: '2024-02-28T10:03:00.000Z', comment: 'Beaconing' },
    ...{ actionId: 'action-1', alertIds: ['a1'], alertCount: 1 },
    releaseAt: '2024-03-01T13:03:00.000Z',
  });
  prepare?.(ui);
  ui.show(<HostsPage />);
  await pass(600);
  return ui;
}
const rows = () =>
  [...document.querySelectorAll('[data-test-subj="sentineloneResponseHostRow"]')].map((row) =>
    within(row as HTMLElement)
      .getAllByRole('cell')
      .slice(1)
      .map((cell) => (cell.lastElementChild ?? cell).textContent?.trim())
  );
const count = (ui: ReturnType<typeof createUi>) => ui.api.count('isolatedHosts');

it('shows who isolated which host, since when and until when, and the numbers', async () => {
  const ui = await open();
  expect(rows()).toEqual([
    [
      ...['web-1UbuntuFrankfurt', 'Isolated', 'Feb 28, 2024 @ 10:03:00.000'],
      ...['aliceShow in History', 'Beaconing', '1 alert', 'in 3 hours', 'Online'],
    ],
    [
      ...['db-2UbuntuOsaka', 'Isolated', 'Not known', 'Isolated outside Kibana', '—', '—'],
      ...['Never', 'Online'],
    ],
    [
      ...['lt-3UbuntuFrankfurt', 'Isolation pending (offline)', 'Not known'],
      ...['Isolated outside Kibana', '—', '—', 'Never', '3 minutes ago'],
    ],
  ]);
  expect(screen.getByRole('group', { name: 'Isolated hosts in numbers' })).toHaveTextContent(
    '2 isolated1 isolating (1 offline)0 releasing2 d longest isolated: web-1'
  );
  await ui.user.selectOptions(screen.getByRole('combobox', { name: 'Site' }), 'Osaka');
  await pass(10);
  expect(ui.history.location.search).toBe('?site=Osaka');
  expect(rows()).toHaveLength(1);
  await ui.user.click(button('Export as CSV'));
  await pass(10);
  const exported = ui.api.calls.filter(([name]) => name === 'isolatedHostsCsv');
  expect(exported).toEqual([
    ['isolatedHostsCsv', { site: 'Osaka', sortField: 'since', sortOrder: 'asc' }],
  ]);
  expect(downloadCsv).toHaveBeenCalledWith('sentinelone-isolated-hosts-2024-03-01.csv', 'Host\r\n');
});

it('distinguishes a user of SentinelOne, no user, and the user of the connector’s token', async () => {
  await open({}, ({ api }) => {
    const at = { source: 'activity', since: '2024-02-28T10:03:00.000Z' } as const;
    api.isolations.set(agents[0]!.id, { ...at, by: 'Carla Console' });
    api.isolations.set(agents[1]!.id, { ...at, by: null });
    api.isolations.set(agents[2]!.id, { ...at, by: 'Service user', isOwnToken: true });
  });
  expect(rows().map((cells) => cells[3])).toEqual([
    'Carla ConsoleSentinelOne console or API',
    'SentinelOneAutomatically',
    'Service userAPI token of the connector',
  ]);
});

describe('a pending automatic release', () => {
  const releaseAt = '2024-03-01T13:03:00.000Z';
  const timed = ({ api }: ReturnType<typeof createUi>) => {
    const automaticRelease = { ...newAutomaticRelease(releaseAt, 'alice'), version: 2 };
    const isolation = { source: 'record', by: 'alice', releaseAt, automaticRelease } as const;
    api.isolations.set(agents[0]!.id, { ...isolation, releaseOf: 'action-1' });
    // It belongs to another space.
    api.isolations.set(agents[1]!.id, isolation);
    const releasing = { ...automaticRelease, state: 'releasing' } as const;
    api.isolations.set(agents[2]!.id, {
      ...{ ...isolation, releaseOf: 'action-2', automaticRelease: releasing },
    });
  };
  const controls = () => screen.queryAllByRole('button', { name: /the automatic release of/ });

  it('is changed and cancelled in its row, with a comment, and the list is refreshed', async () => {
    const ui = await open({}, timed);
    expect(controls().map((one) => one.getAttribute('aria-label'))).toEqual([
      'Change the automatic release of web-1',
      'Cancel the automatic release of web-1',
    ]);
    await ui.user.click(button('Change the automatic release of web-1'));
    await pass(10);
    const dialog = screen.getByRole('dialog', { name: 'Change the automatic release of web-1' });
    await ui.user.selectOptions(within(dialog).getByRole('combobox'), 'After 24 hours');
    await enter(ui, within(dialog).getByRole('textbox', { name: 'Comment' }), 'not clean yet');
    const before = count(ui);
    await ui.user.click(within(dialog).getByRole('button', { name: 'Change time' }));
    await pass(10);
    expect(count(ui)).toBe(before + 1);
    expect(rows()[0]![6]).toMatch(/^Mar 2, 2024 @ 10:03/);
    await ui.user.click(button('Cancel the automatic release of web-1'));
    await pass(10);
    await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'kept');
    await ui.user.click(button('Cancel automatic release'));
    await pass(10);
    const sent = ui.api.calls.filter(([name]) => name === 'changeRelease');
    expect(sent.map(([, input]) => input)).toEqual([
      {
        ...{ actionId: 'action-1', change: 'changeRelease' },
        body: { comment: 'not clean yet', version: 2, releaseAfterMinutes: 1_440 },
      },
      { actionId: 'action-1', change: 'cancelRelease', body: { comment: 'kept', version: 2 } },
    ]);
    expect(rows()[0]![6]).toBe('Never');
    expect(ui.api.sent).toEqual([]);
  });

  it('cannot be changed by a user who may not release', async () => {
    await open({ rights: { release: false } }, timed);
    expect(rows()).toHaveLength(3);
    expect(controls()).toEqual([]);
  });
});

it('acts only on the selected hosts, and shows the expected status at once', async () => {
  const ui = await open();
  ui.api.lag();
  await ui.user.click(screen.getByRole('checkbox', { name: 'Select web-1, agent id 1001' }));
  await ui.user.click(screen.getByRole('checkbox', { name: 'Select db-2, agent id 1002' }));
  await ui.user.click(screen.getByRole('checkbox', { name: 'Select db-2, agent id 1002' }));
  expect(screen.getByText('1 host selected.')).toBeVisible();
  await ui.user.click(button('Take action'));
  await pass(300);
  fireEvent.click(button('Release SentinelOne hosts'));
  await pass(600);
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'All clear');
  await ui.user.click(button('Release 1 host'));
  await pass(600);
  const { uuid, id } = agents[0]!;
  expect(
    ui.api.sent.map(({ action, params, affected }) => [action, params.hosts, affected])
  ).toEqual([['release', [expect.objectContaining({ uuid, agentId: id, name: 'web-1' })], [id]]]);
  expect(rows()[0]![1]).toBe('Releasing…');
  await ui.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Close' }));
  await pass(300);
});

it('refreshes automatically, rarely while requests fail, and not in a hidden tab', async () => {
  const ui = await open({ agents: agents.slice(0, 2) });
  expect(count(ui)).toBe(1);
  await pass(30_000);
  expect(count(ui)).toBe(2);
  ui.api.fail('isolatedHosts', refusal(502, 'unreachable'));
  await pass(31_000);
  expect(alerted()).toMatch(/^The list may be out of date, as of 10:03/);
  expect(rows()).toHaveLength(2);
  const failed = count(ui);
  await pass(58_000);
  expect(count(ui)).toBe(failed);
  await pass(60_000);
  expect(count(ui)).toBe(failed + 1);
  ui.api.mend('isolatedHosts');
  await ui.user.click(button('Reload'));
  await pass(10);
  expect(screen.queryByRole('alert')).toBeNull();
  const again = count(ui);
  setTabVisible(false);
  await pass(600_000);
  expect(count(ui)).toBe(again);
});

it.each(['isolated', 'all'])(
  'renders the status of a host again only when it changes: %s',
  async (view) => {
    const ui = await open({ path: `/hosts?view=${view}` });
    const rendered = jest.mocked(HostStatusBadge).mock.calls;
    const before = rendered.length;
    expect(before).toBe(rows().length);
    await pass(150_000);
    expect(ui.api.count(view === 'all' ? 'hosts' : 'isolatedHosts')).toBeGreaterThanOrEqual(3);
    expect(rendered.length).toBe(before);
    ui.api.setAgent(agents[0]!.id, { networkStatus: 'connecting' });
    await pass(61_000);
    expect(rows()[0]).toContain('Releasing…');
    expect(rendered.length).toBe(before + 1);
  }
);

it('reports that no host is isolated, why the list is not current, and the missing permission of the token', async () => {
  const ui = await open({ agents: [agents[3]!] });
  expect(screen.getByRole('heading', { name: 'No host is isolated' })).toBeVisible();
  ui.api.isolatedExtras = {
    problem: { reason: 'throttled', message: 'Too many requests' },
    activityProblem: { message: 'Forbidden.', missingPermission: 'Activity Page.view' },
  };
  await ui.user.click(button('Refresh'));
  await pass(10);
  expect(alerted()).toMatch(/^The list may be out of date, as of 10:03.*too many requests/i);
  expect(screen.getByText('The token lacks the permission Activity Page.view')).toBeVisible();
  await ui.user.click(button('Find a host'));
  await pass(10);
  expect(ui.history.location.search).toBe('?view=all');
});

it.each([
  ['without a privilege', httpError(403), /You do not have the privilege/],
  ['without an answer', httpError(), /Kibana did not answer/],
])('states why there is no list %s', async (_, error, text) => {
  await open({}, ({ api }) => api.fail('isolatedHosts', error));
  await pass(3_000);
  expect(alerted()).toMatch(text);
  expect(screen.queryByRole('table')).toBeNull();
});

it('requests a connector if there is none', async () => {
  const { api } = await open({ connection: { state: 'none' } });
  expect(
    screen.getByRole('heading', { name: 'There is no SentinelOne connector yet' })
  ).toBeVisible();
  expect(api.count('isolatedHosts')).toBe(0);
});

it('searches all hosts, pages by cursor, and opens the host of the URL', async () => {
  const ui = await open({
    path: '/hosts?view=all&perPage=3',
    alerts: [alertOf(agents[3]!, { id: 'a4' })],
  });
  expect(rows().map(([host]) => host)).toEqual(
    ['web-1', 'db-2', 'lt-3'].map((name) => `${name}10.0.0.7, fd00::7`)
  );
  await ui.user.click(button('Next page'));
  await pass(10);
  expect(rows().map(([host]) => host)).toEqual(['ok-410.9.9.9']);
  expect(ui.history.location.search).toBe('?view=all&perPage=3');
  expect(button('Next page')).toBeDisabled();
  ui.history.goBack();
  await pass(10);
  expect(rows()).toHaveLength(3);

  await enter(ui, screen.getByRole('searchbox'), '10.9.');
  await ui.user.keyboard('{Enter}');
  await pass(10);
  expect(screen.getByText('1 host, searched by: IP address')).toBeVisible();
  await ui.user.click(screen.getByRole('link', { name: 'ok-4, agent id 1004' }));
  await pass(600);
  expect(ui.history.location.search).toContain('host=1004');
  const flyout = screen.getByRole('dialog');
  expect(within(flyout).getByRole('heading', { name: 'ok-4' })).toBeVisible();
  expect(
    within(flyout).getByRole('list', { name: 'Latest alerts of this host' })
  ).toHaveTextContent('SentinelOne alerts');
  const asked = ui.api.calls.filter(([name]) => name === 'alerts').map(([, query]) => query);
  expect(asked).toEqual([
    expect.objectContaining({ agentId: '1004', from: expect.stringMatching(/^2024-01-31T10:03/) }),
  ]);
  await ui.user.click(within(flyout).getByRole('button', { name: 'Close' }));
  await pass(400);
  expect(ui.history.location.search).not.toContain('host=');
});

it('explains a valid search instead of sending an invalid one', async () => {
  const { api } = await open({ path: '/hosts?view=all&search=web-1&kind=agentId' });
  expect(screen.getByText(/^This search is not possible\. Enter an agent id/)).toBeVisible();
  expect(api.count('hosts')).toBe(0);
});
