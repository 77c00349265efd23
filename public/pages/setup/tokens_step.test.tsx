import { screen } from '@testing-library/react';
import { createUi, pass, setUpUi, type UiOptions } from '../../../test/helpers/ui/render_ui';
import type { ConnectionCheck } from '../../../common/api/connector';
import type { SetupStatus } from '../../../common/api/setup';
import { TokenCallout, TokenCalloutOver } from './tokens_step';

setUpUi();
beforeEach(() => sessionStorage.clear());

const SOON: ConnectionCheck = {
  id: 'expiry',
  status: 'warning',
  message: 'The token expires on 2024-03-11, in 10 days.',
  todo: 'Generate a new token.',
  expiresAt: '2024-03-11T00:00:00.000Z',
};
const statusWith = (...checks: ConnectionCheck[]): SetupStatus => ({
  kibanaVersion: '8.12.2',
  unavailable: [],
  connectors: {
    state: 'answered',
    value: {
      own: [{ id: 'c1', name: 'Tenant' }],
      builtIn: [],
      enabledInLicense: true,
      minimumLicense: 'gold',
      enabledInConfig: true,
    },
  },
  connection: { state: 'answered', value: { checks } },
  documents: { state: 'unknown', message: 'not asked' },
  threats: { state: 'unknown', message: 'not asked' },
  proven: null,
});

async function open(status: SetupStatus, options: UiOptions = {}) {
  const ui = createUi(options);
  const api = { status: jest.fn(async () => status), connector: jest.fn() };
  const shown = ui.show(<TokenCalloutOver api={api} />);
  await pass(10);
  return { ...ui, ...shown, apiOfSetUp: api };
}
const callout = () => document.querySelector('[data-test-subj="sentineloneResponseTokenCallout"]');

it('warns that the token expires soon, and links to the connector', async () => {
  const { apiOfSetUp } = await open(statusWith(SOON));
  expect(callout()).toHaveTextContent(
    /^SentinelOne connector Tenant: The token expires on 2024-03-11, in 10 days\..*Generate a new/
  );
  expect(screen.getByRole('button', { name: 'Open the connector Tenant' })).toBeInTheDocument();
  // Nobody asks SentinelOne anew only to show it.
  expect(apiOfSetUp.status.mock.calls).toEqual([[false]]);
});

it.each<[string, ConnectionCheck]>([
  ['has expired', { ...SOON, status: 'failed', message: 'The token expired on 2024-02-28.' }],
  ['is not accepted', { id: 'token', status: 'failed', message: 'It is not accepted.' }],
])('explains the consequence of a token that %s', async (_, check) => {
  await open(statusWith(check));
  expect(callout()).toHaveTextContent(`Hosts cannot be isolated or released: ${check.message}`);
});

it.each<[string, SetupStatus]>([
  ['all is well', statusWith({ ...SOON, status: 'ok' })],
  [
    'SentinelOne does not tell',
    statusWith({ id: 'expiry', status: 'warning', message: 'Not told.' }),
  ],
  ['there is no one connector', { ...statusWith(SOON), connection: null }],
  ['it cannot be checked', { ...statusWith(), connection: { state: 'unknown', message: 'no' } }],
])('shows nothing if %s', async (_, status) => {
  const { container } = await open(status);
  expect(callout()).toBeNull();
  expect(container).toHaveTextContent(/^$/);
});

it('stays hidden for the session after it was dismissed, until the problem changes', async () => {
  const first = await open(statusWith(SOON));
  await first.user.click(screen.getByRole('button', { name: 'Dismiss this callout' }));
  expect(callout()).toBeNull();
  first.unmount();
  const second = await open(statusWith(SOON));
  expect(callout()).toBeNull();
  second.unmount();
  await open(statusWith({ ...SOON, status: 'failed' }));
  expect(callout()).not.toBeNull();
});

it('sends no request for users who may not change connectors', async () => {
  const ui = createUi({ rights: { saveConnectors: false } });
  const { container } = ui.show(<TokenCallout />);
  await pass(10);
  expect(container).toHaveTextContent(/^$/);
  expect(ui.services.queryClient.getQueryCache().getAll()).toEqual([]);
});
