import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Agent, HostStatus } from '../../common/hosts/agent';
import type { AlertDetails } from '../../common/hosts/alert';
import type { Connection } from '../../common/api/routes';
import { statusAnswer } from '../../test/helpers/ui/answers';
import { agentWith } from '../../test/helpers/sample_hosts';
import { fakeServices, inFake, type FakeOptions } from '../../test/helpers/ui/fake_services';
import { TakeActionMenuItem } from './take_action_menu_item';

const ALERT = { alertId: 'a1', index: '.internal.alerts-security.alerts-default-1' };
const alert = (changes: Partial<AlertDetails> = {}) =>
  ({
    id: 'a1',
    agentUuid: agentWith().uuid,
    agentId: agentWith().id,
    hostName: 'srv-win1',
    ...changes,
  }) as AlertDetails;
const known = (changes: Partial<Agent>): HostStatus => ({
  state: 'known',
  agent: agentWith(changes),
});

interface Scene {
  /** SentinelOne does not answer. */
  readonly hangs?: boolean;
  readonly details?: () => Promise<AlertDetails>;
  readonly status?: HostStatus;
  readonly connection?: Connection;
  readonly rights?: FakeOptions['rights'];
  readonly followsBuiltInItem?: boolean;
}

function show({
  details = async () => alert(),
  status = known({}),
  connection = {
    state: 'one',
    connector: { id: 'ours', name: 'SentinelOne' },
    commentRequired: true,
    maxHosts: 1_000,
  },
  rights,
  followsBuiltInItem = false,
  hangs = false,
}: Scene = {}) {
  const onSelect = jest.fn();
  const hostsStatus = jest.fn(() =>
    hangs ? new Promise<never>(() => {}) : Promise.resolve(statusAnswer([status]))
  );
  const services = fakeServices({
    rights,
    api: { alert: details, connection: async () => connection, hostsStatus },
  });
  render(
    inFake(
      services,
      <TakeActionMenuItem
        alert={ALERT}
        followsBuiltInItem={followsBuiltInItem}
        onSelect={onSelect}
      />
    )
  );
  return { onSelect, hostsStatus };
}
const item = () => screen.getByRole('button');
const isDisabled = () => item().getAttribute('aria-disabled') === 'true';
const reason = async () => {
  await userEvent.hover(item());
  return (await screen.findByRole('tooltip')).textContent;
};

it.each<[string, Partial<Agent>, string]>([
  ['connected', { networkStatus: 'connected' }, 'Isolate host'],
  ['offline', { networkStatus: 'connected', isActive: false }, 'Isolate host'],
  ['isolated', { networkStatus: 'disconnected' }, 'Release host'],
  ['being isolated', { networkStatus: 'disconnecting' }, 'Release host'],
  ['being released', { networkStatus: 'connecting' }, 'Isolate host'],
])('offers the action for a host that is %s', async (_, agent, label) => {
  const { onSelect } = show({ status: known(agent) });
  await waitFor(() => expect(isDisabled()).toBe(false));
  expect(item()).toHaveTextContent(label);
  await userEvent.click(item());
  expect(onSelect).toHaveBeenCalledWith(
    { ...ALERT, agentUuid: agentWith().uuid, agentId: agentWith().id, hostName: 'srv-win1' },
    label === 'Isolate host' ? 'isolate' : 'release',
    { isWithoutStatus: false }
  );
});

it('opens the choice for an alert with several hosts', async () => {
  const details = alert({
    agentUuid: null,
    agentId: null,
    hostName: null,
    hosts: [
      { agentUuid: 'a', agentId: null, hostNames: ['web-1', 'web-2'] },
      { agentUuid: 'b', agentId: null, hostNames: ['web-1', 'web-2'] },
    ],
    hostNames: ['web-1', 'web-2'],
  });
  const { onSelect, hostsStatus } = show({ details: async () => details });
  await waitFor(() => expect(item()).toHaveTextContent('Choose SentinelOne host…'));
  expect(isDisabled()).toBe(false);
  await userEvent.click(item());
  expect(onSelect.mock.calls).toEqual([[ALERT]]);
  expect(hostsStatus).not.toHaveBeenCalled();
});

it('explains why an agent id that is a number is not used', async () => {
  const details = alert({
    agentUuid: null,
    agentId: null,
    unusableIds: [
      { field: 'sentinel_one.threat.agent.id', value: '1800000000000000000', problem: 'number' },
    ],
  });
  show({ details: async () => details });
  await waitFor(async () =>
    expect(await reason()).toMatch(
      /is not reliable. sentinel_one.threat.agent.id is a JSON number, read as 1800000000000000000/
    )
  );
  expect(isDisabled()).toBe(true);
});

it("is labelled with the plugin's name next to an item with the same name", async () => {
  show({ followsBuiltInItem: true, status: known({ networkStatus: 'disconnected' }) });
  await screen.findByText('Release host (SentinelOne Response)');
});

it('is disabled until the status is known, and keeps the focus when it changes', async () => {
  let answer: (details: AlertDetails) => void = () => {};
  const { onSelect } = show({ details: () => new Promise((resolve) => (answer = resolve)) });
  expect(isDisabled()).toBe(true);
  item().focus();
  await userEvent.click(item());
  expect(onSelect).not.toHaveBeenCalled();
  expect(await reason()).toMatch(/Checking the status of this host in SentinelOne/);
  answer(alert());
  await waitFor(() => expect(isDisabled()).toBe(false));
  expect(document.activeElement).toBe(item());
});

describe('while SentinelOne does not answer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
  const labels = () => screen.getAllByRole('button').map(({ textContent }) => textContent);

  it('reports it after 3 s, and offers the actions without the status after 10 s', async () => {
    const { onSelect } = show({ hangs: true });
    await pass(100);
    item().focus();
    expect(item()).toHaveTextContent(/Checking the status of this host in SentinelOne/);
    await pass(3_000);
    expect(isDisabled()).toBe(true);
    expect(item()).toHaveTextContent(/SentinelOne is slow to answer\./);
    await pass(7_000);
    expect(labels()).toEqual([
      'Isolate host without its status',
      'Release host without its status',
    ]);
    const [isolate] = screen.getAllByRole('button');
    expect(isolate).toHaveFocus();
    fireEvent.click(isolate!);
    expect(onSelect.mock.calls).toEqual([
      [
        { ...ALERT, agentUuid: agentWith().uuid, agentId: agentWith().id, hostName: 'srv-win1' },
        'isolate',
        { isWithoutStatus: true },
      ],
    ]);
  });

  it.each<[string, Scene]>([
    [
      'the alert does not contain the name of the host',
      { details: async () => alert({ hostName: null }) },
    ],
    ['there is no connector', { connection: { state: 'none' } }],
    ['the user does not have the privileges', { rights: { isolate: false, release: false } }],
  ])('does not offer them when %s', async (_, scene) => {
    const { onSelect } = show({ ...scene, hangs: true });
    await pass(20_000);
    expect(isDisabled()).toBe(true);
    fireEvent.click(item());
    expect(onSelect).not.toHaveBeenCalled();
  });
});

it.each<[string, Scene, RegExp]>([
  [
    'the alert identifies no agent',
    { details: async () => alert({ agentUuid: null, agentId: null }) },
    /does not identify a SentinelOne agent/,
  ],
  ['the user does not have the privilege', { rights: { isolate: false } }, /privilege to isolate/],
  [
    'there is no connector',
    { connection: { state: 'none' } },
    /no usable SentinelOne Response connector/,
  ],
  [
    'there are several connectors',
    { connection: { state: 'several', connectors: [] } },
    /several SentinelOne Response connectors/,
  ],
  ['SentinelOne does not have the agent', { status: { state: 'unknown' } }, /No agent/],
  ['the agent is decommissioned', { status: known({ isDecommissioned: true }) }, /decommissioned/],
  ['the agent is uninstalled', { status: known({ isUninstalled: true }) }, /uninstalled/],
  [
    'the alert cannot be loaded',
    { details: () => Promise.reject(Object.assign(new Error(), { response: { status: 404 } })) },
    /no such alert/,
  ],
])('is disabled with the reason when %s', async (_, scene, text) => {
  const { onSelect } = show(scene);
  await waitFor(async () => expect(await reason()).toMatch(text));
  expect(isDisabled()).toBe(true);
  await userEvent.click(item());
  expect(onSelect).not.toHaveBeenCalled();
});

it.each<[string, HostStatus]>([
  ['agents share the UUID', { state: 'ambiguous', agents: [agentWith()] }],
  ['UUID and id belong to two agents', { state: 'mismatch', agents: [agentWith()] }],
])('opens the choice of an agent when %s', async (_, status) => {
  const { onSelect } = show({ status });
  await screen.findByText('Choose SentinelOne host…');
  expect(isDisabled()).toBe(false);
  await userEvent.click(item());
  expect(onSelect.mock.calls).toEqual([[ALERT]]);
});

it('does not open the choice without the privilege', async () => {
  const { onSelect } = show({
    status: { state: 'ambiguous', agents: [] },
    rights: { isolate: false },
  });
  await waitFor(async () => expect(await reason()).toMatch(/privilege to isolate/));
  expect(isDisabled()).toBe(true);
  await userEvent.click(item());
  expect(onSelect).not.toHaveBeenCalled();
});

it('sends no request when the alert identifies no agent', async () => {
  const { hostsStatus } = show({
    details: async () => alert({ agentUuid: null, agentId: null }),
  });
  await waitFor(async () => expect(await reason()).toMatch(/does not identify/));
  expect(hostsStatus).not.toHaveBeenCalled();
});
