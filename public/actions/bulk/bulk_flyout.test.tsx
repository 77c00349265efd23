import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { act } from 'react-dom/test-utils';
import { hostStatusOf, type Agent } from '../../../common/hosts/agent';
import type { HostActionParams } from '../../../common/api/connector';
import type { ActionAnswer } from '../../../common/api/cases';
import type { ActionName } from '../../../common/actions/action_name';
import type { HostResult } from '../../../common/actions/outcome';
import type { RecordedAction } from '../../../common/actions/record';
import type { AlertsHosts } from '../../../common/hosts/hosts_of_alerts';
import { actionAnswer, statusAnswer } from '../../../test/helpers/ui/answers';
import { agentWith, requestOf } from '../../../test/helpers/sample_hosts';
import { fakeServices, type FakeOptions } from '../../../test/helpers/ui/fake_services';
import { HOSTS_STATUS_KEY } from '../../host_status/status_store';
import type { Services } from '../../lib/services';
import { openBulkFlyout } from './bulk_flyout';

// Queries by role are slow.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });

const WEB = agentWith({ id: '1', uuid: 'u1', computerName: 'web-1' });
const DB = agentWith({ id: '2', uuid: 'u2', computerName: 'db-1' });
const OLD = agentWith({ id: '3', uuid: 'u3', computerName: 'old-1', isDecommissioned: true });
const CUT = agentWith({
  id: '4',
  uuid: 'u4',
  computerName: 'cut-1',
  networkStatus: 'disconnected',
});

const hostOf = ({ id, uuid, computerName }: Agent, ...alertIds: string[]) => ({
  agentUuid: uuid,
  agentId: id,
  hostName: computerName,
  alertIds,
});
const HOSTS: AlertsHosts = {
  hosts: [hostOf(WEB, 'a1', 'a2'), hostOf(DB, 'a3'), hostOf(OLD, 'a4'), hostOf(CUT, 'a5')],
  withoutAgent: ['a6'],
  notFound: ['a7', 'a8'],
};
const ALERTS = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'];

interface Scene {
  readonly action?: ActionName;
  readonly alertIds?: readonly string[];
  readonly found?: AlertsHosts;
  readonly rights?: FakeOptions['rights'];
  readonly act?: (action: ActionName, params: HostActionParams) => Promise<ActionAnswer>;
  readonly api?: FakeOptions['api'];
}

let flyout: { close(): void } | undefined;
afterEach(() => {
  flyout?.close();
  document.body.innerHTML = '';
});

const resultsOf = (
  { hosts }: HostActionParams,
  end: (agentId: string) => Partial<HostResult> = () => ({})
): ActionAnswer =>
  actionAnswer({
    actionId: 'x',
    hosts: hosts.map(({ uuid = null, agentId = null, name = null }) => ({
      uuid,
      agentId,
      name,
      outcome: 'requested',
      ...end(agentId ?? ''),
    })),
  });

function open({
  action = 'isolate',
  alertIds = ALERTS,
  found = HOSTS,
  rights,
  act: answer = async (_, params) => resultsOf(params),
  api = {},
}: Scene = {}) {
  const sent: Array<readonly [ActionName, HostActionParams]> = [];
  const alertsHosts = jest.fn(async () => found);
  const services = fakeServices({
    rights,
    api: {
      alertsHosts,
      hostsStatus: async (agents) =>
        statusAnswer(agents.map((agent) => hostStatusOf(agent, [WEB, DB, OLD, CUT]))),
      performAction: (one, params) => {
        sent.push([one, params]);
        return answer(one, params);
      },
      ...api,
    },
  });
  act(() => {
    flyout = openBulkFlyout(services, { action, alertIds });
  });
  return { sent, alertsHosts, services };
}

const row = async (name: string) => (await screen.findByText(name)).closest('tr')!;
/** The checkbox of a host. Its label is the host's name, followed by the agent id. */
const box = (name: string) =>
  screen.findByRole<HTMLInputElement>('checkbox', { name: (full) => full.startsWith(name) });
const confirm = (name: RegExp) => screen.findByRole<HTMLButtonElement>('button', { name });
/** Enters a text at once: a key after the other, it renders the flyout for each. */
async function write(field: HTMLElement, text: string): Promise<void> {
  await userEvent.click(field);
  await userEvent.paste(text);
}
const idsSent = (params: HostActionParams) => params.hosts.map(({ agentId }) => agentId);

it('shows every host of the alerts, and why some cannot be isolated', async () => {
  const { alertsHosts } = open();
  await confirm(/Isolate 2 hosts/);
  expect(within(await row('web-1')).getByText('Connected')).toBeInTheDocument();
  expect(await row('web-1')).toHaveTextContent('Will be isolated.');
  expect(await row('web-1')).toHaveTextContent('UUID u1');
  expect(await row('old-1')).toHaveTextContent(/decommissioned/);
  expect(await row('cut-1')).toHaveTextContent(/Already isolated/);
  expect((await box('old-1')).disabled).toBe(true);
  expect((await box('cut-1')).disabled).toBe(true);
  expect(alertsHosts).toHaveBeenCalledTimes(1);
});

it('counts the alerts without a host', async () => {
  open();
  await screen.findByText(
    '8 alerts, 4 hosts. 1 alert does not identify a SentinelOne agent. 2 alerts do not exist, or you do not have the privilege to view them.'
  );
});

it('acts on all selected hosts in one request, with one comment and their alerts', async () => {
  const { sent } = open();
  await confirm(/Isolate 2 hosts/);
  await userEvent.type(screen.getByLabelText('Comment'), 'Ransomware');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/2 requests accepted/);
  expect(sent).toEqual([
    [
      'isolate',
      {
        hosts: [
          { uuid: 'u1', agentId: '1', name: 'web-1' },
          { uuid: 'u2', agentId: '2', name: 'db-1' },
        ],
        comment: 'Ransomware',
        alertIds: ['a1', 'a2', 'a3'],
      },
    ],
  ]);
  expect(await row('web-1')).toHaveTextContent(/accepted/);
  expect(screen.queryByRole('button', { name: /Isolate/ })).toBeNull();
});

it('attaches the action to the cases of the alerts, and shows the result', async () => {
  const { sent } = open({
    act: async (_, params) => ({
      ...resultsOf(params),
      caseAttachments: [
        { caseId: 'c1', attached: true, title: 'Ransomware' },
        { caseId: 'c2', attached: false, reason: 'not_found' },
      ],
    }),
    api: {
      casesOfAlerts: async () => ({
        state: 'available',
        total: 2,
        cases: [
          { id: 'c1', title: 'Ransomware', status: 'open' },
          { id: 'c2', title: 'Worm', status: 'in-progress' },
        ],
      }),
    },
  });
  await confirm(/Isolate 2 hosts/);
  await screen.findByText('Ransomware');
  await write(screen.getByLabelText('Comment'), 'Ransomware everywhere');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/2 requests accepted/);
  expect(sent.map(([, { caseIds }]) => caseIds)).toEqual([['c1', 'c2']]);
  await screen.findByText(/Attached to the case/);
  expect(screen.getByRole('alert')).toHaveTextContent(/There is no such case in this space/);
});

it('leaves out the hosts that the user deselects', async () => {
  const { sent } = open();
  await userEvent.click(await box('web-1'));
  expect(await row('web-1')).toHaveTextContent('Will not be changed.');
  await write(screen.getByLabelText('Comment'), 'Only the database');
  await userEvent.click(await confirm(/Isolate 1 host$/));
  await screen.findByText(/accepted, waiting for the/);
  expect(sent.map(([, params]) => idsSent(params))).toEqual([['2']]);
});

it('selects and deselects all hosts, and cannot act without a host', async () => {
  open();
  const all = await box('All available hosts');
  await confirm(/Isolate 2 hosts/);
  await userEvent.click(all);
  expect((await confirm(/Isolate 0 hosts/)).disabled).toBe(true);
  await userEvent.click(all);
  expect((await confirm(/Isolate 2 hosts/)).disabled).toBe(false);
});

it("distinguishes hosts with the same name, and shows SentinelOne's name if the alerts contain none", async () => {
  const twin = agentWith({ id: '5', uuid: 'u5', computerName: 'web-1' });
  const found = {
    hosts: [
      hostOf(WEB, 'a1'),
      hostOf(twin, 'a2'),
      { ...hostOf(DB, 'a3'), agentId: null, hostName: null },
      { ...hostOf(agentWith({ id: '9', uuid: 'u9' }), 'a4'), agentId: null, hostName: null },
    ],
    withoutAgent: [],
    notFound: [],
  };
  const { sent } = open({
    found,
    api: {
      hostsStatus: async (agents) =>
        statusAnswer(agents.map((agent) => hostStatusOf(agent, [WEB, DB, twin]))),
    },
  });
  await confirm(/Isolate 2 hosts/);
  expect(await row('db-1')).toHaveTextContent('Agent id 2');
  // The alerts contain only its UUID, so it is not selected by default.
  await userEvent.click(await box('db-1, agent id 2'));
  await confirm(/Isolate 3 hosts/);
  const [, ...boxes] = screen.getAllByRole('checkbox');
  expect(boxes.map((one) => one.getAttribute('aria-label'))).toEqual([
    'web-1, agent id 1',
    'web-1, agent id 5',
    'db-1, agent id 2',
    'the host without a name, UUID u9',
  ]);
  await userEvent.click(await box('web-1, agent id 1'));
  await write(screen.getByLabelText('Comment'), 'The other one');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/2 requests accepted/);
  expect(sent.map(([, params]) => params.hosts)).toEqual([
    [
      { uuid: 'u5', agentId: '5', name: 'web-1' },
      { uuid: 'u2', agentId: '2', confirmedName: 'db-1' },
    ],
  ]);
});

it('shows the details that distinguish clones, and where to choose one', async () => {
  const clone = agentWith({
    id: '5',
    uuid: 'u1',
    computerName: 'web-1',
    siteName: 'Lisbon',
    isActive: false,
    isDecommissioned: true,
    lastActiveDate: null,
  });
  const found = {
    hosts: [{ ...hostOf(WEB, 'a1'), agentId: null }],
    withoutAgent: [],
    notFound: [],
  };
  const { sent } = open({
    found,
    api: {
      hostsStatus: async (agents) =>
        statusAnswer(agents.map((agent) => hostStatusOf(agent, [WEB, clone]))),
    },
  });
  await screen.findByText('Agent id 5');
  const clones = await row('web-1');
  expect(clones).toHaveTextContent(/Agent id 1Online/);
  expect(clones).toHaveTextContent(
    /Agent id 5Offline, decommissioned · last seen Not reported · Lisbon/
  );
  expect(clones).toHaveTextContent(
    /Several agents share the UUID of web-1.* Open one of its alerts to choose the agent\./
  );
  expect((await confirm(/Isolate 0 hosts/)).disabled).toBe(true);
  expect(sent).toEqual([]);
});

it('requires a comment before the request is sent', async () => {
  const { sent } = open();
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText('Enter a reason. It is saved with your name.');
  expect(document.activeElement).toBe(screen.getByLabelText('Comment'));
  expect(sent).toEqual([]);
});

it('shows the outcome of each host, and tries again only for the failed ones', async () => {
  let isThrottled = true;
  const { sent } = open({
    act: async (_, params) => {
      const end = isThrottled
        ? (id: string) =>
            id === '2' ? { outcome: 'failed' as const, reason: 'throttled' as const } : {}
        : () => ({});
      isThrottled = false;
      return resultsOf(params, end);
    },
  });
  await confirm(/Isolate 2 hosts/);
  await write(screen.getByLabelText('Comment'), 'Ransomware');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText('1 failed, 1 isolating');
  expect(await row('db-1')).toHaveTextContent(/throttled/);
  expect(await row('web-1')).toHaveTextContent(/accepted/);
  await userEvent.click(await confirm(/Try again for 1 host/));
  await screen.findByText(/2 requests accepted/);
  expect(sent.map(([, params]) => idsSent(params))).toEqual([['1', '2'], ['2']]);
});

it('follows each host to its final result: failures first, with the reason and a retry', async () => {
  const recorded = { isOver: false };
  const { sent } = open({
    act: async (_, params) => resultsOf(params),
    api: {
      action: async (actionId) =>
        ({
          actionId,
          state: recorded.isOver ? 'ended' : 'requested',
          hosts: [
            {
              uuid: 'u1',
              agentId: '1',
              name: 'web-1',
              outcome: recorded.isOver ? 'done' : 'requested',
            },
            {
              uuid: 'u2',
              agentId: '2',
              name: 'db-1',
              ...(recorded.isOver
                ? { outcome: 'failed', reason: 'unable_to_disconnect' }
                : { outcome: 'requested' }),
            },
          ],
        }) as unknown as RecordedAction,
    },
  });
  await confirm(/Isolate 2 hosts/);
  await write(screen.getByLabelText('Comment'), 'Ransomware');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/2 requests accepted/);
  recorded.isOver = true;
  await screen.findByText('1 failed, 1 isolated');
  const rows = document.querySelectorAll('[data-test-subj="sentineloneResponseBulkRow"]');
  expect(rows[0]).toHaveTextContent(/db-1/);
  expect(await row('db-1')).toHaveTextContent(/could not disconnect from the network/);
  await userEvent.click(await confirm(/Try again for 1 host/));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent.map(([, params]) => idsSent(params))).toEqual([['1', '2'], ['2']]);
});

it('reports that the result is not known when there is no answer, and tries again', async () => {
  let isAway = true;
  const { sent } = open({
    act: async (_, params) => {
      if (!isAway) return resultsOf(params);
      isAway = false;
      throw new Error('Failed to fetch');
    },
  });
  await confirm(/Isolate 2 hosts/);
  await write(screen.getByLabelText('Comment'), 'Ransomware');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/is not known yet/);
  await userEvent.click(await confirm(/Try again for 2 hosts/));
  await screen.findByText(/accepted, waiting for the/);
  expect(sent).toHaveLength(2);
});

it('reports that no host was isolated when Kibana refused the request', async () => {
  open({
    act: () =>
      Promise.reject(
        Object.assign(new Error('Forbidden'), {
          response: { status: 403 },
          body: { message: 'Forbidden' },
        })
      ),
  });
  await confirm(/Isolate 2 hosts/);
  await write(screen.getByLabelText('Comment'), 'Ransomware');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText('No host was isolated');
  expect(screen.queryByText(/is not known yet/)).not.toBeInTheDocument();
});

it('announces the request and its result, and keeps the focus on the button while sending', async () => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  const { sent } = open({
    act: async (_, params) => {
      await held;
      return resultsOf(params, () => ({ outcome: 'done' }));
    },
  });
  const button = await confirm(/Isolate 2 hosts/);
  await write(screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  const region = screen
    .getAllByRole('status')
    .find((one) => one.getAttribute('aria-live') === 'polite' && one.textContent === '')!;
  await userEvent.click(button);
  expect(region).toHaveTextContent('Sending the request to SentinelOne…');
  expect(button).toHaveFocus();
  expect(button).toBeEnabled();
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(button);
  answer();
  await within(region).findByText('2 isolated');
  expect(region).toHaveFocus();
  expect(sent.map(([, params]) => idsSent(params))).toEqual([['1', '2']]);
});

it('sends once for a double click', async () => {
  let answer = () => {};
  const { sent } = open({
    act: (_, params) => new Promise((resolve) => (answer = () => resolve(resultsOf(params)))),
  });
  await confirm(/Isolate 2 hosts/);
  await write(screen.getByLabelText('Comment'), 'Twice');
  await userEvent.dblClick(await confirm(/Isolate 2 hosts/));
  await screen.findByText('Sending the request to SentinelOne…');
  answer();
  await screen.findByText(/accepted, waiting for the/);
  expect(sent).toHaveLength(1);
});

it('releases the hosts that are isolated', async () => {
  const { sent } = open({ action: 'release' });
  await confirm(/Release 1 host$/);
  expect(await row('web-1')).toHaveTextContent(/Not isolated, or already being released\./);
  await write(screen.getByLabelText('Comment'), 'Cleaned');
  await userEvent.click(await confirm(/Release 1 host$/));
  await screen.findByText(/request accepted, waiting for the agent/);
  expect(sent.map(([action, params]) => [action, idsSent(params)])).toEqual([['release', ['4']]]);
});

describe('a host that becomes available while the flyout is open', () => {
  const NEWLY_AVAILABLE = 'The action is now available. Select the host to include it.';
  /** SentinelOne's agents, which a test can change while the flyout is open. */
  function changing(...agents: Agent[]) {
    let now: readonly Agent[] = agents;
    const hostsStatus: NonNullable<FakeOptions['api']>['hostsStatus'] = async (asked) =>
      statusAnswer(asked.map((agent) => hostStatusOf(agent, now)));
    const change = async ({ queryClient }: Services, id: string, to: Partial<Agent>) => {
      now = now.map((agent) => (agent.id === id ? { ...agent, ...to } : agent));
      await act(() => queryClient.invalidateQueries([HOSTS_STATUS_KEY]));
    };
    return { hostsStatus, change };
  }

  it('is not selected by default: a host that another user isolates meanwhile is not released', async () => {
    const { hostsStatus, change } = changing(WEB, DB, OLD, CUT);
    const { sent, services } = open({ action: 'release', api: { hostsStatus } });
    await confirm(/Release 1 host$/);
    await write(screen.getByLabelText('Comment'), 'Cleaned');
    await change(services, '1', { networkStatus: 'disconnected' });
    await within(await row('web-1')).findByText('Isolated');
    expect(await row('web-1')).toHaveTextContent(NEWLY_AVAILABLE);
    expect((await box('web-1')).checked).toBe(false);
    await userEvent.click(await confirm(/Release 1 host$/));
    await screen.findByText(/1 request accepted/);
    expect(sent.map(([action, params]) => [action, idsSent(params)])).toEqual([['release', ['4']]]);
  });

  it('can be selected', async () => {
    const { hostsStatus, change } = changing(WEB, DB, OLD, CUT);
    const { sent, services } = open({ action: 'release', api: { hostsStatus } });
    await confirm(/Release 1 host$/);
    await change(services, '1', { networkStatus: 'disconnected' });
    await screen.findByText(NEWLY_AVAILABLE);
    await userEvent.click(await box('web-1'));
    expect(await row('web-1')).toHaveTextContent('Will be released.');
    await write(screen.getByLabelText('Comment'), 'Cleaned');
    await userEvent.click(await confirm(/Release 2 hosts/));
    await screen.findByText(/2 requests accepted/);
    expect(sent.map(([, params]) => idsSent(params))).toEqual([['1', '4']]);
  });

  it('has to be selected again if it was not available in the meantime', async () => {
    const { hostsStatus, change } = changing(WEB, DB, OLD, CUT);
    const { sent, services } = open({ api: { hostsStatus } });
    await userEvent.click(await box('web-1'));
    await userEvent.click(await box('web-1'));
    await confirm(/Isolate 2 hosts/);
    await change(services, '1', { networkStatus: 'disconnected' });
    await confirm(/Isolate 1 host$/);
    await change(services, '1', { networkStatus: 'connected' });
    await screen.findByText(NEWLY_AVAILABLE);
    await write(screen.getByLabelText('Comment'), 'Ransomware');
    await userEvent.click(await confirm(/Isolate 1 host$/));
    await screen.findByText(/1 request accepted/);
    expect(sent.map(([, params]) => idsSent(params))).toEqual([['2']]);
  });

  it('is not selected when the settings no longer protect it', async () => {
    const protectedBy = { field: 'name', pattern: 'db-*' } as const;
    const { hostsStatus, change } = changing(WEB, { ...DB, protectedBy }, OLD, CUT);
    const { sent, services } = open({ rights: { override: true }, api: { hostsStatus } });
    await confirm(/Isolate 1 host$/);
    await change(services, '2', { protectedBy: undefined });
    await within(await row('db-1')).findByText(NEWLY_AVAILABLE);
    await write(screen.getByLabelText('Comment'), 'Ransomware');
    await userEvent.click(await confirm(/Isolate 1 host$/));
    await screen.findByText(/1 request accepted/);
    expect(sent.map(([, params]) => idsSent(params))).toEqual([['1']]);
  });

  it('does not open the form again after the request, and is not a retry', async () => {
    const { hostsStatus, change } = changing(WEB, DB, OLD, CUT);
    const { sent, services } = open({ api: { hostsStatus } });
    await write(await screen.findByLabelText('Comment'), 'Ransomware');
    await userEvent.click(await confirm(/Isolate 2 hosts/));
    await screen.findByText(/2 requests accepted/);
    await change(services, '4', { networkStatus: 'connected' });
    await within(await row('cut-1')).findByText(NEWLY_AVAILABLE);
    expect(screen.queryByRole('button', { name: /Try again|Isolate/ })).toBeNull();
    await userEvent.click(await box('cut-1'));
    await userEvent.click(await confirm(/^Isolate 1 host$/));
    await screen.findByText(/3 requests accepted/);
    expect(sent.map(([, params]) => idsSent(params))).toEqual([['1', '2'], ['4']]);
  });
});

it('shows the hosts to a user without the privilege, and why they may not act', async () => {
  const { sent } = open({ rights: { isolate: false } });
  await screen.findByText(/privilege to isolate/);
  await row('web-1');
  expect((await confirm(/Isolate/)).disabled).toBe(true);
  expect((await box('web-1')).disabled).toBe(true);
  expect(sent).toEqual([]);
});

it('reports that there is no connector', async () => {
  open({ api: { connection: async () => ({ state: 'none' }) } });
  await screen.findByText(/no usable SentinelOne Response connector/);
  expect((await confirm(/Isolate/)).disabled).toBe(true);
});

it('reports that no alert identifies a host', async () => {
  open({ found: { hosts: [], withoutAgent: ['a1'], notFound: [] }, alertIds: ['a1'] });
  await screen.findByText('None of these alerts identifies a SentinelOne host');
  await screen.findByText('1 alert, 0 hosts. 1 alert does not identify a SentinelOne agent.');
});

it('sends no request for more alerts than one action allows', async () => {
  const { alertsHosts } = open({ alertIds: Array.from({ length: 1001 }, (_, n) => `a${n}`) });
  await screen.findByText('1,001 alerts are selected. One action allows 1,000.');
  expect(alertsHosts).not.toHaveBeenCalled();
});

it('reads the status of many hosts in batches of 100', async () => {
  const hosts = Array.from({ length: 250 }, (_, n) =>
    hostOf(agentWith({ id: String(n), uuid: `u-${n}`, computerName: `h-${n}` }), `a${n}`)
  );
  const hostsStatus = jest.fn(async (agents: readonly object[]) =>
    statusAnswer(agents.map(() => ({ state: 'unknown' as const })))
  );
  open({ found: { hosts, withoutAgent: [], notFound: [] }, api: { hostsStatus } });
  await row('h-0');
  await waitFor(() =>
    expect(hostsStatus.mock.calls.map(([agents]) => agents.length)).toEqual([100, 100, 50])
  );
  // Only the first page is shown.
  expect(screen.queryByText('h-249')).toBeNull();
});

it('loads the hosts again after an error', async () => {
  let isAway = true;
  open({
    api: {
      alertsHosts: async () => {
        if (!isAway) return HOSTS;
        isAway = false;
        throw Object.assign(new Error(), { response: { status: 403 } });
      },
    },
  });
  await screen.findByText('The hosts of the alerts could not be loaded');
  await userEvent.click(screen.getByRole('button', { name: 'Reload' }));
  await row('web-1');
});

describe('protected hosts', () => {
  const SHIELDED = { ...DB, protectedBy: { field: 'name', pattern: 'db-*' } as const };
  const hostsStatus: NonNullable<FakeOptions['api']>['hostsStatus'] = async (agents) =>
    statusAnswer(agents.map((agent) => hostStatusOf(agent, [WEB, SHIELDED, OLD, CUT])));

  it('are left out unless a user with the privilege selects them and enters a reason', async () => {
    const { sent } = open({ rights: { override: true }, api: { hostsStatus } });
    await confirm(/Isolate 1 host$/);
    expect(await row('db-1')).toHaveTextContent(
      'Protected host (name matches db-*). Will not be changed.'
    );
    await userEvent.click(await box('db-1'));
    const button = await confirm(/Isolate 2 hosts, 1 protected/);
    await write(screen.getByLabelText('Comment'), 'Ransomware');
    await userEvent.click(button);
    expect(sent).toEqual([]);
    const why = screen.getByLabelText('Reason for override');
    expect(why).toHaveFocus();
    await write(why, 'It cannot wait');
    await userEvent.click(button);
    await screen.findByText(/2 requests accepted/);
    expect(sent.map(([, params]) => [idsSent(params), params.overrideComment])).toEqual([
      [['1', '2'], 'It cannot wait'],
    ]);
  });

  it('cannot be selected without the privilege, and show which one is required', async () => {
    const { sent } = open({ rights: { override: false }, api: { hostsStatus } });
    const button = await confirm(/Isolate 1 host$/);
    expect(await row('db-1')).toHaveTextContent(
      /Protected host \(name matches db-\*\)\. Only users with the Kibana privilege/
    );
    expect((await box('db-1')).disabled).toBe(true);
    await write(screen.getByLabelText('Comment'), 'Ransomware');
    await userEvent.click(button);
    await screen.findByText(/1 request accepted/);
    expect(sent.map(([, params]) => [idsSent(params), params.overrideComment])).toEqual([
      [['1'], undefined],
    ]);
  });

  it('for which a request for approval is open are named before anything is sent', async () => {
    const protectedBy = { field: 'name', pattern: '*', isolation: 'with_approval' } as const;
    const agents = [{ ...WEB, protectedBy }, { ...DB, protectedBy }, OLD, CUT];
    const requests = [requestOf({}, { agentId: '2', name: 'db-1' })];
    open({
      api: {
        hostsStatus: async (asked) =>
          statusAnswer(asked.map((agent) => hostStatusOf(agent, agents))),
        requests: async () => ({
          ...{ requests, total: 1, page: 1, perPage: 100, asOf: requests[0]!.requestedAt },
        }),
      },
    });
    await userEvent.click(await box('web-1'));
    expect(screen.queryByText(/is open already/)).toBeNull();
    await userEvent.click(await box('db-1'));
    expect(
      await screen.findByText('A request for approval for db-1 is open already')
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Show the request' })).toBeVisible();
    expect(screen.getByText(/has to approve the isolation of these 2 hosts/)).toBeVisible();
  });

  it('that were protected after the flyout opened can be selected after the refusal', async () => {
    const { sent } = open({
      rights: { override: true },
      act: async (_, params) =>
        resultsOf(params, (id) =>
          id === '2' && params.overrideComment === undefined
            ? {
                outcome: 'refused',
                reason: 'protected',
                protectedBy: { field: 'name', pattern: 'db-*' },
              }
            : {}
        ),
    });
    await write(await screen.findByLabelText('Comment'), 'Ransomware');
    await userEvent.click(await confirm(/Isolate 2 hosts/));
    await screen.findByText('1 refused, 1 isolating');
    expect((await box('db-1')).checked).toBe(false);
    await userEvent.click(await box('db-1'));
    await write(screen.getByLabelText('Reason for override'), 'It cannot wait');
    await userEvent.click(await confirm(/Isolate 1 host, 1 protected/));
    await screen.findByText(/2 requests accepted/);
    expect(sent.map(([, params]) => [idsSent(params), params.overrideComment])).toEqual([
      [['1', '2'], undefined],
      [['2'], 'It cannot wait'],
    ]);
  });
});

it('requires no comment when the settings do not require it', async () => {
  const connection = async () => ({
    state: 'one' as const,
    connector: { id: 'ours', name: 'SentinelOne' },
    commentRequired: false,
    maxHosts: 1_000,
  });
  const { sent } = open({ api: { connection } });
  await screen.findByText(/^Optional\./);
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/2 requests accepted/);
  expect(sent.map(([, params]) => [idsSent(params), params.comment])).toEqual([[['1', '2'], '']]);
});

describe('a flyout that is closed while the action is being sent', () => {
  async function closeWhileSending(answer: (params: HostActionParams) => Promise<ActionAnswer>) {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { sent, services } = open({ act: (_, params) => held.then(() => answer(params)) });
    await confirm(/Isolate 2 hosts/);
    await write(screen.getByLabelText('Comment'), 'Ransomware');
    await userEvent.click(await confirm(/Isolate 2 hosts/));
    await screen.findByText('Sending the request to SentinelOne…');
    act(() => flyout!.close());
    expect(services.toasts).toEqual([]);
    release();
    await waitFor(() => expect(services.toasts).toHaveLength(1));
    expect(sent.map(([, params]) => idsSent(params))).toEqual([['1', '2']]);
    return services.toasts[0];
  }

  it('reports in a toast that all requests were accepted', async () => {
    expect(await closeWhileSending(async (params) => resultsOf(params))).toEqual({
      color: 'success',
      title: '2 requests accepted, waiting for the agents',
    });
  });

  it('reports in a toast for which hosts the action failed, and when the others are released', async () => {
    const failed = { outcome: 'failed', reason: 'throttled' } as const;
    const toast = await closeWhileSending(async (params) => ({
      ...resultsOf(params, (id) => (id === '2' ? failed : {})),
      releaseAt: '2024-07-03T12:05:00.000Z',
    }));
    expect(toast).toEqual({
      color: 'danger',
      title: 'The isolation failed or was refused for 1 of 2 hosts',
      text: expect.stringMatching(
        /^db-1: .*throttled.*The host will be released automatically at .+\. See the history of SentinelOne Response for each host\.$/
      ),
    });
  });

  it('reports in a toast that the result is not known', async () => {
    const toast = await closeWhileSending(() => Promise.reject(new Error('Failed to fetch')));
    expect(toast).toEqual({
      color: 'danger',
      title: 'The result for the 2 hosts is not known yet',
      text: expect.stringMatching(
        /^Kibana did not answer\..*See the history of SentinelOne Response for each host\.$/
      ),
    });
  });

  it('reports in a toast that the action is not attached to a case', async () => {
    const caseAttachments = [{ caseId: 'c1', attached: false, reason: 'not_found' as const }];
    const toast = await closeWhileSending(async (params) => ({
      ...resultsOf(params),
      caseAttachments,
    }));
    expect(toast).toEqual({
      color: 'warning',
      title: '2 requests accepted, waiting for the agents',
      text: 'The action is not attached to a case that you selected.',
    });
  });
});

it('does not select hosts that the alerts identify by one value only, and explains it', async () => {
  const found = {
    hosts: [
      hostOf(WEB, 'a1'),
      { ...hostOf(DB, 'a2'), agentId: null, hostName: null },
      { ...hostOf(agentWith({ id: '5' }), 'a3'), agentUuid: null, hostName: null },
    ],
    withoutAgent: [],
    notFound: [],
  };
  const extra = agentWith({ id: '5', uuid: 'u5', computerName: 'mail-1' });
  const { sent } = open({
    found,
    api: {
      hostsStatus: async (agents) =>
        statusAnswer(agents.map((agent) => hostStatusOf(agent, [WEB, DB, extra]))),
    },
  });
  await confirm(/Isolate 1 host$/);
  expect(await row('db-1')).toHaveTextContent(
    'Identified only by its UUID, without an agent id or name. Select it if it is the right host.'
  );
  expect(await row('mail-1')).toHaveTextContent(
    'Identified only by its agent id, without a UUID or name.'
  );
  for (const name of ['db-1', 'mail-1']) expect((await box(name)).checked).toBe(false);
  await userEvent.click(await box('db-1'));
  expect(await row('db-1')).toHaveTextContent('Will be isolated.');
  await write(screen.getByLabelText('Comment'), 'Seen both');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/2 requests accepted/);
  expect(sent.map(([, params]) => params.hosts)).toEqual([
    [
      { uuid: 'u1', agentId: '1', name: 'web-1' },
      { uuid: 'u2', agentId: '2', confirmedName: 'db-1' },
    ],
  ]);
});

it('lists each host of an alert with several hosts, each agent once, by its own name', async () => {
  const hostNames = ['web-1', 'db-1'];
  const several = { hostName: null, hostNames, alertIds: ['a1'] };
  const found = {
    hosts: [
      { agentUuid: 'u1', agentId: null, ...several },
      { agentUuid: 'u2', agentId: null, ...several },
      { agentUuid: null, agentId: '2', ...several, alertIds: ['a1', 'a2'] },
      { agentUuid: 'u4', agentId: null, ...several },
    ],
    withoutAgent: [],
    notFound: [],
  };
  const { sent } = open({ found, alertIds: ['a1', 'a2'] });
  await confirm(/Isolate 2 hosts/);
  // One checkbox for all, and one for each host.
  expect(screen.getAllByRole('checkbox')).toHaveLength(4);
  expect(await row('cut-1')).toHaveTextContent(
    'This host is named web-1, db-1 in the alert and cut-1 in SentinelOne'
  );
  await write(screen.getByLabelText('Comment'), 'Both');
  await userEvent.click(await confirm(/Isolate 2 hosts/));
  await screen.findByText(/2 requests accepted/);
  expect(sent.map(([, params]) => [params.hosts, params.alertIds])).toEqual([
    [
      [
        { uuid: 'u1', agentId: '1', names: hostNames },
        { uuid: 'u2', agentId: '2', names: hostNames },
      ],
      ['a1', 'a2'],
    ],
  ]);
});

it('reports which alerts have no reliable agent id, and why', async () => {
  open({
    found: {
      hosts: [hostOf(WEB, 'a1')],
      withoutAgent: ['a2', 'a3'],
      notFound: [],
      unusable: [
        {
          alertId: 'a2',
          hostName: 'mail-1',
          unusableIds: [
            {
              field: 'sentinel_one.threat.agent.id',
              value: '1800000000000000000',
              problem: 'number',
            },
          ],
        },
      ],
    },
    alertIds: ['a1', 'a2', 'a3'],
  });
  await screen.findByText(
    /^3 alerts, 1 host\. 1 alert has no reliable agent id \(mail-1: sentinel_one\.threat\.agent\.id is a JSON number, read as 1800000000000000000: .*\)\. 1 alert does not identify a SentinelOne agent\.$/
  );
});
