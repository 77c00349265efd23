import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FC } from 'react';
import type { HistoryPage } from '../../common/api/history';
import type { HostsStatus } from '../../common/api/routes';
import type { ResponseApi } from '../lib/response_api';
import { useHostsStatus } from '../host_status/use_hosts_status';
import { noteReadings } from '../host_status/status_store';
import { HostHistory, latestOf } from './host_history';
import { noteRecentAction } from './recent_actions';
import {
  hostWith,
  openHost,
  pageOf,
  recordWith,
  refusal,
  renderInApp,
} from '../../test/helpers/ui/action_history';

const list = async () =>
  within(await screen.findByRole('list', { name: /Latest actions on this host/ }));

it('lists the actions on the host and those from the alert, each once, latest first', async () => {
  const both = recordWith({ comment: 'From the alert, on the host' });
  const older = recordWith({ comment: 'Older', requestedAt: '2024-07-01T00:00:00.000Z' });
  const other = recordWith({
    comment: 'On another host',
    requestedAt: '2024-07-04T00:00:00.000Z',
    hosts: [hostWith({ name: 'db-1', agentId: '2002', uuid: 'bbbb' })],
  });
  const { api } = renderInApp(<HostHistory subject={{ agentId: '1001' }} alertId="alert-1" />, {
    prepare: ({ actions }) =>
      actions.mockImplementation(async ({ alertId }) =>
        pageOf(alertId === undefined ? [both, older] : [other, both])
      ),
  });
  const entries = (await list()).getAllByRole('listitem');
  expect(entries.map((one) => one.textContent)).toEqual([
    expect.stringContaining('On another host'),
    expect.stringContaining('From the alert'),
    expect.stringContaining('Older'),
  ]);
  expect(api.actions.mock.calls.map(([query]) => [query.host, query.alertId])).toEqual(
    expect.arrayContaining([
      ['1001', undefined],
      [undefined, 'alert-1'],
    ])
  );
});

it("shows only the host's result of an action on several hosts, with the reason", async () => {
  const hosts = [
    hostWith({ name: 'db-1', agentId: '2002', uuid: 'bbbb', outcome: 'failed', reason: 'undone' }),
    openHost({ reason: 'offline' }),
  ];
  renderInApp(<HostHistory subject={{ uuid: 'aaaa1111' }} />, { actions: [recordWith({ hosts })] });
  expect((await list()).getByText('In progress')).toBeInTheDocument();
  expect((await list()).getByText(/web-7 is offline/)).toBeInTheDocument();
  expect((await list()).queryByText(/Failed/)).not.toBeInTheDocument();
});

it('links to the complete history of the host', async () => {
  const user = userEvent.setup();
  const { services } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />, {
    actions: [recordWith()],
  });
  await user.click(await screen.findByRole('link', { name: 'Show all in History' }));
  expect(services.visited).toEqual(['sentineloneResponse /history?from=now-10y&host=1001']);
});

it('reports that there are no actions, and sends no request without a host', async () => {
  renderInApp(<HostHistory subject={{ agentId: '1001' }} />);
  expect(await screen.findByText(/^No actions on this host are recorded/)).toBeInTheDocument();
  const { api } = renderInApp(<HostHistory subject={{}} />);
  expect(api.actions).not.toHaveBeenCalled();
});

it('does not report that there are no actions directly after an action on the host', async () => {
  const { api, services } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />);
  expect(await screen.findByText(/^No actions on this host are recorded/)).toBeInTheDocument();
  api.actions.mockClear();
  act(() =>
    noteRecentAction(services.queryClient, {
      at: Date.now(),
      hosts: [{ uuid: 'u', agentId: '1001' }],
    })
  );
  await waitFor(() => expect(api.actions).toHaveBeenCalled());
  await waitFor(() =>
    expect(screen.queryByText(/^No actions on this host are recorded/)).not.toBeInTheDocument()
  );
  // A moment later, the search finds it.
  api.actions.mockResolvedValue(pageOf([recordWith()]));
  expect(
    await screen.findByText('Beaconing to evil.example.com', {}, { timeout: 4_000 })
  ).toBeInTheDocument();
});

const SUBJECT = { agentId: '1001' };

/** SentinelOne's answer about the host. */
const statusAnswer = (networkStatus: string, at = 0): HostsStatus => {
  const agent = { id: '1001', uuid: null, networkStatus, isActive: true };
  return {
    hosts: [{ state: 'known', agent, readAt: at, answeredAt: at }],
    receivedAt: { clock: 'node', at },
    asOf: '2024-07-03T00:00:00.000Z',
    tenant: 't',
  } as unknown as HostsStatus;
};

it('refreshes the status before it shows an action of its first answer that is newer than the status', async () => {
  const Status: FC = () => <p>Status: {useHostsStatus([SUBJECT]).shown?.[0] ?? 'unknown'}</p>;
  let show = (_: HistoryPage) => {};
  const hostsStatus = jest.fn<Promise<HostsStatus>, Parameters<ResponseApi['hostsStatus']>>(
    async (_, options) => {
      expect(screen.queryByText('In progress')).not.toBeInTheDocument();
      return statusAnswer(options?.fresh === true ? 'disconnecting' : 'connected');
    }
  );
  renderInApp(
    <>
      <Status />
      <HostHistory subject={SUBJECT} />
    </>,
    {
      prepare: ({ actions }) => actions.mockReturnValue(new Promise((resolve) => (show = resolve))),
      routes: { hostsStatus },
    }
  );
  expect(await screen.findByText('Status: connected')).toBeInTheDocument();
  await act(async () => show(pageOf([recordWith({ hosts: [openHost()] })])));
  expect((await list()).getByText('In progress')).toBeInTheDocument();
  expect(screen.getByText('Status: isolating')).toBeInTheDocument();
  expect(hostsStatus.mock.calls.map(([, options]) => options?.fresh)).toEqual([false, true]);
});

it('reads the history again when the status of the host changes, such as by an action of another user', async () => {
  const { api, services } = renderInApp(<HostHistory subject={SUBJECT} />);
  let at = 0;
  const report = async (networkStatus: string) => {
    at += 1;
    const answer = statusAnswer(networkStatus, at);
    await act(async () => {
      noteReadings(services.queryClient, [{ agentId: '1001' }], answer, {
        sentAt: 0,
        answeredAt: 1,
      });
      await new Promise((resolve) => setTimeout(resolve));
    });
  };
  expect(await screen.findByText(/^No actions on this host are recorded/)).toBeInTheDocument();
  await report('connected');
  const before = api.actions.mock.calls.length;
  await report('disconnected');
  await waitFor(() => expect(api.actions.mock.calls.length).toBeGreaterThan(before));
  // A moment later, the search finds it.
  api.actions.mockResolvedValue(pageOf([recordWith()]));
  expect(
    await screen.findByText('Beaconing to evil.example.com', {}, { timeout: 4_000 })
  ).toBeInTheDocument();
});

it('reports that there are no actions directly after an action on another host', async () => {
  const { api, services } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />);
  act(() =>
    noteRecentAction(services.queryClient, { at: Date.now(), hosts: [{ agentId: '2002' }] })
  );
  await waitFor(() => expect(api.actions).toHaveBeenCalled());
  expect(await screen.findByText(/^No actions on this host are recorded/)).toBeInTheDocument();
});

it('reports why the history is not available, and loads it again', async () => {
  const user = userEvent.setup();
  const { api } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />, {
    prepare: ({ actions }) => actions.mockRejectedValue(refusal(403, 'Forbidden')),
  });
  const alert = await screen.findByRole('alert');
  api.actions.mockResolvedValue(pageOf([recordWith()]));
  await user.click(within(alert).getByRole('button', { name: 'Reload' }));
  expect((await list()).getByText('Beaconing to evil.example.com')).toBeInTheDocument();
});

it('shows the five latest actions', () => {
  const records = Array.from({ length: 7 }, (_, n) =>
    recordWith({ requestedAt: `2024-07-0${n + 1}T00:00:00.000Z` })
  );
  expect(latestOf(records, records).map(({ requestedAt }) => requestedAt.slice(8, 10))).toEqual([
    '07',
    '06',
    '05',
    '04',
    '03',
  ]);
});
