import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { act } from 'react-dom/test-utils';
import { hostStatusOf, type Agent } from '../../../common/hosts/agent';
import type { HostActionParams } from '../../../common/api/connector';
import type { HostsFind } from '../../../common/api/routes';
import { actionAnswer, statusAnswer } from '../../../test/helpers/ui/answers';
import { axeViolations } from '../../../test/helpers/ui/axe';
import { agentWith } from '../../../test/helpers/sample_hosts';
import { fakeServices, type FakeOptions } from '../../../test/helpers/ui/fake_services';
import { menuItem, sendButton } from '../../../test/helpers/ui/queries';
import { openHostFinder } from './host_finder';

// Queries by role are slow.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });

const FIRST = agentWith({ id: '1', uuid: 'u1', computerName: 'web-1', siteName: 'Frankfurt' });
const SECOND = agentWith({ id: '2', uuid: 'u2', computerName: 'WEB-1', siteName: 'Lisbon' });

let flyout: { close(): void } | undefined;
afterEach(() => {
  flyout?.close();
  document.body.innerHTML = '';
});

/** SentinelOne's agents, which a test can change while the flyout is open. */
let agents: readonly Agent[];
beforeEach(() => {
  agents = [FIRST, SECOND];
});
const setStatus = (id: string, networkStatus: Agent['networkStatus']) => {
  agents = agents.map((agent) => (agent.id === id ? { ...agent, networkStatus } : agent));
};

function open(
  found: HostsFind | (() => Promise<HostsFind>),
  api: FakeOptions['api'] = {},
  names: readonly string[] = ['web-1']
) {
  const sent: HostActionParams[] = [];
  const findHosts = jest.fn(async (_name: string) =>
    typeof found === 'function' ? found() : found
  );
  const services = fakeServices({
    api: {
      findHosts,
      hostsStatus: async (references) =>
        statusAnswer(references.map((reference) => hostStatusOf(reference, agents))),
      performAction: async (_, params) => {
        sent.push(params);
        const [{ uuid = null, agentId = null, name = null }] = params.hosts as [
          HostActionParams['hosts'][number],
        ];
        return actionAnswer({
          actionId: 'x',
          hosts: [{ uuid, agentId, name, outcome: 'requested' }],
        });
      },
      ...api,
    },
  });
  act(() => {
    flyout = openHostFinder(services, names);
  });
  return { findHosts, sent };
}
const choose = (id: string) => screen.findByRole('button', { name: `Choose the agent ${id}` });

it('requires the choice of one of several names first', async () => {
  const { findHosts } = open({ agents: [FIRST], isComplete: true }, {}, ['db-1', 'web-1']);
  expect(screen.getByRole('heading', { name: 'Choose a host' })).toBeInTheDocument();
  expect(findHosts).not.toHaveBeenCalled();
  expect(await axeViolations()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'web-1' }));
  await screen.findByRole('region', { name: 'web-1' });
  expect(await axeViolations()).toEqual([]);
  expect(findHosts.mock.calls.map(([name]) => name)).toEqual(['web-1']);
});

it('lists the hosts with the name, and acts on the chosen one by id and UUID', async () => {
  const { findHosts, sent } = open({ agents: [FIRST, SECOND], isComplete: true });
  const lisbon = await screen.findByRole('region', { name: 'WEB-1' });
  expect(lisbon).toHaveTextContent('u2');
  expect(lisbon).toHaveTextContent('Lisbon');
  expect(findHosts.mock.calls.map(([name]) => name)).toEqual(['web-1']);
  await userEvent.click(await choose('2'));
  await userEvent.click(await screen.findByRole('button', { name: 'Take action' }));
  await userEvent.click(await waitFor(() => menuItem('Isolate host')));
  await userEvent.type(await screen.findByLabelText('Comment'), 'By name');
  await userEvent.click(sendButton());
  await screen.findByRole('button', { name: 'Take action' });
  expect(sent).toEqual([
    { hosts: [{ uuid: 'u2', agentId: '2', name: 'WEB-1' }], comment: 'By name' },
  ]);
});

it('requires the choice of a single host, too', async () => {
  open({ agents: [FIRST], isComplete: true });
  await choose('1');
  expect(screen.queryByRole('button', { name: 'Take action' })).toBeNull();
});

it('returns to the list of hosts', async () => {
  open({ agents: [FIRST, SECOND], isComplete: true });
  await userEvent.click(await choose('1'));
  await userEvent.click(await screen.findByRole('button', { name: 'All hosts of this name' }));
  await choose('2');
});

describe('the list of hosts after an action', () => {
  const lisbon = () => screen.findByRole('region', { name: 'WEB-1' });
  async function isolateTheSecond() {
    await within(await lisbon()).findByText('Connected');
    await userEvent.click(await choose('2'));
    await userEvent.click(await screen.findByRole('button', { name: 'Take action' }));
    await userEvent.click(await waitFor(() => menuItem('Isolate host')));
    await userEvent.type(await screen.findByLabelText('Comment'), 'By name');
    await userEvent.click(sendButton());
    await screen.findByRole('button', { name: 'Take action' });
  }
  const back = async () =>
    userEvent.click(await screen.findByRole('button', { name: 'All hosts of this name' }));

  it('shows the expected status of an accepted action', async () => {
    const { sent } = open({ agents: [FIRST, SECOND], isComplete: true });
    await isolateTheSecond();
    await back();
    await within(await lisbon()).findByText('Isolating…');
    expect(sent.map(({ hosts }) => hosts.map(({ agentId }) => agentId))).toEqual([['2']]);
  });

  it('never shows the status from before the action', async () => {
    let answer = () => {};
    let isHeld = false;
    const { sent } = open(
      { agents: [FIRST, SECOND], isComplete: true },
      {
        hostsStatus: async (references) => {
          if (isHeld) await new Promise<void>((resolve) => (answer = resolve));
          return statusAnswer(references.map((reference) => hostStatusOf(reference, agents)));
        },
      }
    );
    await isolateTheSecond();
    setStatus('2', 'disconnected');
    await userEvent.click(screen.getByRole('button', { name: 'Refresh the network status' }));
    await screen.findByText('Isolated');
    isHeld = true;
    await back();
    expect(await lisbon()).not.toHaveTextContent('Connected');
    answer();
    await within(await lisbon()).findByText('Isolated');
    expect(sent).toHaveLength(1);
  });
});

it('reports that there is no status when it cannot be read', async () => {
  const { sent } = open(
    { agents: [FIRST], isComplete: true },
    {
      hostsStatus: async () => {
        throw Object.assign(new Error(), { response: { status: 403 } });
      },
    }
  );
  await screen.findByText('The network status is not available');
  expect(await screen.findByRole('region', { name: 'web-1' })).toHaveTextContent('Not available');
  expect(sent).toEqual([]);
});

it('sends a name with invisible characters escaped, because requests may not contain them', async () => {
  const { findHosts } = open({ agents: [], isComplete: true }, {}, ['web\u202e1']);
  expect(
    screen.getByRole('heading', { name: 'SentinelOne hosts named web\\u202e1' })
  ).toBeInTheDocument();
  await screen.findByText('SentinelOne has no host of this name');
  expect(findHosts.mock.calls.map(([name]) => name)).toEqual(['web\\u202e1']);
});

it('isolates the direction of a name that is written from right to left', async () => {
  const name = '\u05e9\u05e8\u05ea-1';
  const { findHosts } = open({ agents: [], isComplete: true }, {}, [name, 'web-1']);
  const item = screen.getByRole('button', { name });
  expect(within(item).getByText(name).closest('bdi')).not.toBeNull();
  await userEvent.click(item);
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(
    `SentinelOne hosts named \u2068${name}\u2069`
  );
  await screen.findByText('SentinelOne has no host of this name');
  expect(findHosts.mock.calls.map(([sent]) => sent)).toEqual([name]);
});

it('reports that no host has the name', async () => {
  open({ agents: [], isComplete: true });
  const prompt = await screen.findByText('SentinelOne has no host of this name');
  expect(within(prompt.closest('.euiEmptyPrompt') as HTMLElement).getByText(/web-1/)).toBeTruthy();
});

it('reports that there may be more hosts', async () => {
  open({ agents: [FIRST], isComplete: false });
  await screen.findByText('Too many host names contain this name. The list may be incomplete');
});

it('reports what failed, and searches again', async () => {
  let isAway = true;
  const { findHosts } = open(async () => {
    if (!isAway) return { agents: [FIRST], isComplete: true };
    isAway = false;
    throw Object.assign(new Error(), {
      response: { status: 409 },
      body: { message: 'No', attributes: { reason: 'no_connector' } },
    });
  });
  await screen.findByText(/no usable SentinelOne Response connector/);
  await userEvent.click(screen.getByRole('button', { name: 'Reload' }));
  await choose('1');
  expect(findHosts).toHaveBeenCalledTimes(2);
});
