import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { wholeAction } from '../../common/actions/record';
import { HistoryPage } from '../pages/history/history_page';
import {
  hostWith,
  listed,
  recordWith,
  refusal,
  renderInApp,
} from '../../test/helpers/ui/action_history';

/** Lists contain only the first hosts and alerts of an action. */

jest.setTimeout(60_000);

const rowOf = async (text: string) => {
  const table = await screen.findByRole('table', { name: /Actions on SentinelOne hosts/ });
  // The name of the host is a separate element in its cell.
  const [cell] = await within(table).findAllByText((_, element) => element?.textContent === text);
  return within(cell!.closest('tr')!);
};
const hostsTable = () => screen.findByRole('table', { name: /^Hosts of the action/ });

const many = () =>
  recordWith({
    hosts: Array.from({ length: 60 }, (_, n) =>
      hostWith({
        name: `web-${n}`,
        agentId: String(n),
        ...(n < 20 ? { outcome: 'failed', reason: 'undone' } : {}),
      })
    ),
    alertIds: Array.from({ length: 40 }, (_, n) => `alert-${n}`),
  });

it('counts all hosts and alerts of an action, and loads them with its details', async () => {
  const user = userEvent.setup({ delay: null });
  const record = many();
  const { api } = renderInApp(<HistoryPage />, {
    actions: [listed(record)],
    prepare: (fake) => fake.action.mockImplementation(async () => wholeAction([record])!),
  });
  const row = await rowOf('web-0 and 59 others');
  expect(row.getByText('Succeeded: 40')).toBeInTheDocument();
  expect(row.getByText('Failed: 20')).toBeInTheDocument();
  expect(row.getByText('40 alerts')).toBeInTheDocument();
  expect(api.action).not.toHaveBeenCalled();

  await user.click(row.getByRole('button', { name: /^Show details/ }));
  expect(await screen.findByRole('button', { name: 'Show all 40 alerts' })).toBeInTheDocument();
  expect(api.action.mock.calls.map(([actionId]) => actionId)).toEqual([record.actionId]);
  // Six pages of ten.
  expect(within(await hostsTable()).getAllByRole('row')).toHaveLength(11);
  expect(screen.getByRole('table', { name: /^Hosts of the action.*of 6/ })).toBeInTheDocument();
});

it('reports when the details cannot be loaded, and shows what the list contains', async () => {
  const user = userEvent.setup({ delay: null });
  const record = many();
  renderInApp(<HistoryPage />, {
    actions: [listed(record)],
    prepare: (fake) => fake.action.mockRejectedValue(refusal(500, 'Elasticsearch is away')),
  });
  const row = await rowOf('web-0 and 59 others');
  await user.click(row.getByRole('button', { name: /^Show details/ }));
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The rest of this action could not be loaded');
  expect(within(await hostsTable()).getByText('web-0')).toBeInTheDocument();
});

it('shows how many hosts a request contained that was refused as a whole, and how often it was repeated', async () => {
  const user = userEvent.setup({ delay: null });
  const refused = recordWith({
    hosts: Array.from({ length: 10 }, (_, n) =>
      hostWith({
        name: `web-${n}`,
        outcome: 'refused',
        reason: 'no_privilege',
        confirmedAt: undefined,
      })
    ),
    alertIds: [],
    refusedRequest: { hostCount: 1_000, alertCount: 900, caseCount: 0, furtherRequests: 2_990 },
  });
  const { api } = renderInApp(<HistoryPage />, { actions: [listed(refused)] });
  const row = await rowOf('web-0 and 999 others');
  expect(row.getByText('Refused: 1,000')).toBeInTheDocument();
  expect(row.getByText('900 alerts')).toBeInTheDocument();
  await user.click(row.getByRole('button', { name: /^Show details/ }));
  expect(
    await screen.findByText(
      '1,000 hosts requested. The request was refused as a whole, so only the first 10 are recorded.'
    )
  ).toBeInTheDocument();
  expect(
    screen.getByText('900 alerts, not recorded because the request was refused as a whole.')
  ).toBeInTheDocument();
  expect(
    screen.getByText(
      '2,990 more requests of the same user were refused in the same minute for the same reason.'
    )
  ).toBeInTheDocument();
  expect(api.action).not.toHaveBeenCalled();
});

it('marks the alerts that were not verified', async () => {
  const user = userEvent.setup({ delay: null });
  const record = recordWith({ alertIds: ['alert-1', 'made-up'], unverifiedAlertIds: ['made-up'] });
  renderInApp(<HistoryPage />, { actions: [listed(record)] });
  const row = await rowOf('web-7');
  await user.click(row.getByRole('button', { name: /^Show details/ }));
  const itemOf = async (name: string) => (await screen.findByRole('link', { name })).closest('li');
  expect(await itemOf('Alert made-up')).toHaveTextContent(/\(not verified/);
  expect(await itemOf('Alert alert-1')).not.toHaveTextContent(/not verified/);
});
