import { createMemoryHistory } from 'history';
import { Router } from 'react-router-dom';
import { configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { HistoryPage, HistoryQuery } from '../../common/api/history';
import { fakeServices } from '../../test/helpers/ui/fake_services';
import { Root } from '../lib/render_root';
import { markAsSeen, OwnFailuresCallout } from './own_failures_callout';

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });

const ID = '6a0879cc-c7f0-4229-bffa-6d076f88b95d';
const failed = (actionId: string, name: string, supersededBy?: { readonly username: string }) => ({
  actionId,
  actor: { username: 'alice', authentication: 'realm' },
  hosts: [
    { uuid: 'u', agentId: '1', name, outcome: 'failed', supersededBy },
    { uuid: 'v', agentId: '2', name: 'fine', outcome: 'done' },
  ],
});

function show(actions: readonly object[]) {
  const asked: HistoryQuery[] = [];
  const services = fakeServices({
    api: {
      actions: async (query) => {
        asked.push(query);
        return {
          actions,
          total: actions.length,
          page: 1,
          perPage: 20,
          next: null,
        } as unknown as HistoryPage;
      },
    },
  });
  const history = createMemoryHistory();
  render(
    <Root services={services}>
      <Router history={history}>
        <OwnFailuresCallout />
      </Router>
    </Root>
  );
  return { asked, history };
}

beforeEach(() => window.localStorage.clear());

it("shows the user's own failed actions of the last hour, and links to the record", async () => {
  const { asked, history } = show([failed(ID, 'web-1')]);
  await screen.findByText('Your action failed in the last hour: web-1');
  expect(asked[0]).toMatchObject({ mine: 'true', status: 'failed' });
  expect(Date.now() - Date.parse(asked[0]!.from!)).toBeLessThan(61 * 60_000);
  await userEvent.click(screen.getByText('Show in history'));
  expect(history.location).toMatchObject({ pathname: '/history' });
  expect(history.location.search).toContain(`actionId=${ID}`);
  await waitFor(() => expect(screen.queryByText(/failed in the last hour/)).toBeNull());
});

it('does not show actions that the user has seen or dismissed', async () => {
  markAsSeen([ID]);
  const other = ID.replace('6', '7');
  show([failed(ID, 'web-1'), failed(other, 'db-1')]);
  await screen.findByText('Your action failed in the last hour: db-1');
  await userEvent.click(screen.getByText('Dismiss'));
  await waitFor(() => expect(screen.queryByText(/failed in the last hour/)).toBeNull());
});

it('does not show an action that the user withdrew, but one that another user withdrew', async () => {
  const other = ID.replace('6', '7');
  show([failed(ID, 'web-1', { username: 'alice' }), failed(other, 'db-1', { username: 'bob' })]);
  await screen.findByText('Your action failed in the last hour: db-1');
});

it('shows nothing when no action failed', async () => {
  const { asked } = show([]);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByText(/failed in the last hour/)).toBeNull();
});
