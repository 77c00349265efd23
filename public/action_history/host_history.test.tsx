import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HostHistory, latestOf } from './host_history';
import { noteActed } from './recent_actions';
import { hostWith, openHost, pageOf, recordWith, refusal, renderInApp } from './test_support';

const list = async () =>
  within(await screen.findByRole('list', { name: /Latest actions on this host/ }));

it('has the actions on the host and those from the alert, each once, latest first', async () => {
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

it("tells the host's own part of an action on many, with the reason", async () => {
  const hosts = [
    hostWith({ name: 'db-1', agentId: '2002', uuid: 'bbbb', outcome: 'failed', reason: 'undone' }),
    openHost({ reason: 'offline' }),
  ];
  renderInApp(<HostHistory subject={{ uuid: 'aaaa1111' }} />, { actions: [recordWith({ hosts })] });
  expect((await list()).getByText('In progress')).toBeInTheDocument();
  expect((await list()).getByText(/web-7 is offline/)).toBeInTheDocument();
  expect((await list()).queryByText(/Failed/)).not.toBeInTheDocument();
});

it('leads to all of them', async () => {
  const user = userEvent.setup();
  const { services } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />, {
    actions: [recordWith()],
  });
  await user.click(await screen.findByRole('link', { name: 'Show all in History' }));
  expect(services.visited).toEqual(['sentineloneResponse /history?from=now-10y&host=1001']);
});

it('says that there is nothing, and asks nothing about nobody', async () => {
  renderInApp(<HostHistory subject={{ agentId: '1001' }} />);
  expect(await screen.findByText(/^No actions on this host are recorded/)).toBeInTheDocument();
  const { api } = renderInApp(<HostHistory subject={{}} />);
  expect(api.actions).not.toHaveBeenCalled();
});

it('does not say that there is nothing, just after something was done to the host', async () => {
  const { api, services } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />);
  expect(await screen.findByText(/^No actions on this host are recorded/)).toBeInTheDocument();
  api.actions.mockClear();
  act(() =>
    noteActed(services.queryClient, { at: Date.now(), hosts: [{ uuid: 'u', agentId: '1001' }] })
  );
  await waitFor(() => expect(api.actions).toHaveBeenCalled());
  await waitFor(() =>
    expect(screen.queryByText(/^No actions on this host are recorded/)).not.toBeInTheDocument()
  );
  // It can be found a moment later.
  api.actions.mockResolvedValue(pageOf([recordWith()]));
  expect(
    await screen.findByText('Beaconing to evil.example.com', {}, { timeout: 4_000 })
  ).toBeInTheDocument();
});

it('says that there is nothing, just after something was done to another host', async () => {
  const { api, services } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />);
  act(() => noteActed(services.queryClient, { at: Date.now(), hosts: [{ agentId: '2002' }] }));
  await waitFor(() => expect(api.actions).toHaveBeenCalled());
  expect(await screen.findByText(/^No actions on this host are recorded/)).toBeInTheDocument();
});

it('says why it is not to be had, and tries again', async () => {
  const user = userEvent.setup();
  const { api } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />, {
    prepare: ({ actions }) => actions.mockRejectedValue(refusal(403, 'Forbidden')),
  });
  const alert = await screen.findByRole('alert');
  api.actions.mockResolvedValue(pageOf([recordWith()]));
  await user.click(within(alert).getByRole('button', { name: 'Reload' }));
  expect((await list()).getByText('Beaconing to evil.example.com')).toBeInTheDocument();
});

it('keeps the five latest', () => {
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
