import { screen, within } from '@testing-library/react';
import type { ApprovalRequest } from '../../common/api/approvals';
import { refusal } from '../../test/helpers/ui/http_error';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { DecisionToasts } from './decision_modal';
import { HostRequests, RequestsTable } from './requests_table';

setUpUi();

const iso = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

const requestOf = (changes: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  ...{ actionId: 'a1', group: 0, groups: 1, sortKey: 1, action: 'isolate' },
  ...{ state: 'awaiting_approval', connectorId: 'c', tenant: 'https://t.example' },
  actor: { username: 'alice', authentication: 'realm' },
  ...{ comment: 'It encrypts the file server', alertIds: [], caseIds: [] },
  ...{ requestedAt: iso(-20), updatedAt: iso(-20) },
  hosts: [{ uuid: 'u1', agentId: '1', name: 'dc-1', outcome: 'awaiting_approval' }],
  approval: {
    requestedAt: iso(-20),
    expiresAt: iso(40),
    hosts: [{ agentId: '1', field: 'name', pattern: 'dc-*', isolation: 'with_approval' }],
  },
  ...{ isOwn: false, isExpired: false },
  ...changes,
});

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
  expect(dialog).toHaveTextContent('alice requests to isolate hosts, with the comment:');
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

it('says why requests could not be loaded, and tries again', async () => {
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
] as const)('tells the requester that their request was %s', async (kind, title) => {
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
