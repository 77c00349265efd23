import { useState, type FC } from 'react';
import { screen, within } from '@testing-library/react';
import type { ApprovalRequest } from '../../common/api/approvals';
import { requestOf } from '../../test/helpers/sample_hosts';
import { refusal } from '../../test/helpers/ui/http_error';
import {
  createUi,
  enter,
  pass,
  setTabVisible,
  setUpUi,
  type UiOptions,
} from '../../test/helpers/ui/render_ui';
import { useAppTabs, type AppPage } from '../components/app_tabs';
import { DecisionToasts } from './decision_modal';
import { HostRequests, RequestsTable } from './requests_table';

setUpUi();

const iso = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

async function open(
  node: JSX.Element,
  awaiting: readonly ApprovalRequest[],
  options: UiOptions = {}
) {
  const ui = createUi({ rights: { override: true }, ...options });
  ui.api.awaiting = awaiting;
  ui.show(node);
  await pass(10);
  return ui;
}

it('shows who requests what, until when, and lets another user approve it with a comment', async () => {
  const ui = await open(<RequestsTable />, [requestOf()]);
  const row = screen.getByText('dc-1').closest('tr')!;
  expect(row).toHaveTextContent('Protected: name matches dc-*');
  expect(row).toHaveTextContent('alice');
  expect(row).toHaveTextContent('It encrypts the file server');
  expect(row).toHaveTextContent('20 minutes ago');
  expect(row).toHaveTextContent('in 40 minutes');
  await ui.user.click(within(row).getByRole('button', { name: 'Approve' }));
  await pass(10);
  const dialog = screen.getByRole('dialog', { name: 'Approve the action on dc-1' });
  expect(dialog).toHaveTextContent('Approve the action on dc-1');
  expect(dialog).toHaveTextContent('alice requests to isolate dc-1, with the comment:');
  const decide = within(dialog).getByRole('button', { name: 'Approve' });
  await ui.user.click(decide);
  await pass(10);
  expect(
    within(dialog).getByText('Enter a reason. It is saved with your name.')
  ).toBeInTheDocument();
  expect(ui.api.count('decide')).toBe(0);

  // It may fail: the dialog says why, and stays.
  ui.api.fail('decide', refusal(409, 'in_flight'), 1);
  await enter(ui, within(dialog).getByRole('textbox', { name: 'Comment' }), 'agreed');
  await ui.user.click(decide);
  await pass(10);
  expect(dialog).toHaveTextContent('Another action on this host is in progress.');
  await ui.user.click(decide);
  await pass(10);
  expect(ui.api.calls.filter(([method]) => method === 'decide').at(-1)?.[1]).toEqual({
    actionId: 'a1',
    decision: 'approve',
    comment: 'agreed',
  });
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(screen.getByText('No request awaits approval')).toBeInTheDocument();
});

it('lets the user withdraw their own request, and neither approve nor decline it', async () => {
  const ui = await open(<HostRequests agentId="1" />, [requestOf({ isOwn: true })]);
  expect(screen.getByRole('status')).toHaveTextContent(
    'Awaiting approval by another user, expires in 40 minutes'
  );
  expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
  await ui.user.click(screen.getByRole('button', { name: 'Withdraw the request for dc-1' }));
  await pass(10);
  expect(ui.api.calls.filter(([method]) => method === 'decide')).toEqual([
    ['decide', { actionId: 'a1', decision: 'withdraw', comment: '' }],
  ]);
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
});

it('offers no decision without the privilege, for another host, or once it has expired', async () => {
  await open(
    <>
      <HostRequests agentId="1" />
      <HostRequests agentId="2" />
      <RequestsTable />
    </>,
    [requestOf({ isExpired: true })],
    { rights: { override: true } }
  );
  expect(screen.queryByText(/Awaiting approval by another user/)).not.toBeInTheDocument();
  expect(screen.getByText('Expired')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
});

it('offers no decision to a user without the privilege', async () => {
  await open(<HostRequests agentId="1" />, [requestOf()], { rights: { override: false } });
  expect(screen.getByText(/Awaiting approval by another user/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Decline' })).not.toBeInTheDocument();
});

it('states why requests could not be loaded, and tries again', async () => {
  const ui = createUi({});
  ui.api.fail('requests', refusal(403, 'no_privilege'));
  ui.show(<RequestsTable />);
  await pass(10);
  expect(screen.getByText('The requests could not be loaded')).toBeInTheDocument();
  ui.api.mend('requests');
  await ui.user.click(screen.getByRole('button', { name: 'Reload' }));
  await pass(10);
  expect(screen.getByText('No request awaits approval')).toBeInTheDocument();
});

it.each([
  ['approved', 'bob approved your request for dc-1'],
  ['declined', 'bob declined your request for dc-1'],
  ['expired', 'Your request for dc-1 expired'],
] as const)('notifies the requester that their request was %s', async (kind, title) => {
  const request = requestOf({ isOwn: true });
  const { approval } = request;
  const by = kind === 'expired' ? {} : { by: { username: 'bob', authentication: 'realm' } };
  const ended = {
    ...request,
    state: 'ended' as const,
    approval: { ...approval!, decision: { kind, at: iso(0), ...by } },
  };
  const ui = await open(<DecisionToasts />, [request], { actions: [ended] });
  ui.api.awaiting = [];
  await pass(11_000);
  expect(ui.toasts.map((toast) => toast.title)).toEqual([title]);
});

describe('reads the requests', () => {
  const Tabs: FC<{ readonly page: AppPage }> = ({ page }) => (
    <>
      {useAppTabs(page).map(({ label, append }) => (
        <p key={label}>
          {label} {append}
        </p>
      ))}
    </>
  );
  const count = ({ api }: ReturnType<typeof createUi>) => api.count('requests');
  const MINUTE = 60_000;

  it.each<[string, readonly ApprovalRequest[]]>([
    ['while there are none', []],
    ['that are neither the user’s nor about the host that is shown', [requestOf()]],
  ])('once on a page without requests, for all of its parts, %s', async (_, awaiting) => {
    const ui = await open(
      <>
        <DecisionToasts />
        <Tabs page="alerts" />
        <HostRequests agentId="2" />
      </>,
      awaiting
    );
    expect(count(ui)).toBe(1);
    if (awaiting.length > 0)
      expect(screen.getByText('1')).toHaveAttribute('title', '1 request awaits approval');
    await pass(30 * MINUTE);
    expect(count(ui)).toBe(1);
  });

  it.each<[string, JSX.Element, ApprovalRequest]>([
    [
      'a page whose user waits for a decision',
      <DecisionToasts key="1" />,
      requestOf({ isOwn: true }),
    ],
    ['a flyout of a host with an open request', <HostRequests key="1" agentId="1" />, requestOf()],
    [
      'the Hosts page with everything that shows them',
      <>
        <DecisionToasts />
        <Tabs page="hosts" />
        <RequestsTable />
        <HostRequests agentId="1" />
      </>,
      requestOf({ isOwn: true }),
    ],
  ])('every ten seconds for %s, and not in a hidden tab', async (_, node, request) => {
    const ui = await open(node, [request]);
    expect(count(ui)).toBe(1);
    for (let n = 1; n <= 12; n++) await pass(10_000);
    expect(count(ui)).toBe(13);
    setTabVisible(false);
    await pass(10 * MINUTE);
    expect(count(ui)).toBe(13);
    setTabVisible(true);
    await pass(10_000);
    expect(count(ui)).toBeGreaterThanOrEqual(14);
  });

  it('at once when the table appears, also if another part has just read them', async () => {
    const View = () => {
      const [isOpen, setIsOpen] = useState(false);
      return (
        <>
          <Tabs page="hosts" />
          <button onClick={() => setIsOpen(true)}>View</button>
          {isOpen ? <RequestsTable /> : null}
        </>
      );
    };
    const ui = await open(<View />, []);
    expect(count(ui)).toBe(1);
    ui.api.awaiting = [requestOf()];
    await ui.user.click(screen.getByRole('button', { name: 'View' }));
    await pass(10);
    expect(count(ui)).toBe(2);
    expect(screen.getByRole('table')).toHaveTextContent('dc-1');
  });

  it('every thirty seconds on the Hosts page while there are none, and no more often while it fails', async () => {
    const ui = await open(<Tabs page="hosts" />, []);
    for (let n = 0; n < 4; n++) await pass(30_000);
    expect(count(ui)).toBe(5);
    ui.api.fail('requests', refusal(403, 'no_privilege'));
    for (let n = 0; n < 4; n++) await pass(30_000);
    expect(count(ui)).toBe(9);
  });
});
