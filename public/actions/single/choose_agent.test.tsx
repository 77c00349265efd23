import * as fc from 'fast-check';
import { screen, within } from '@testing-library/react';
import { button, fact, shownStatus } from '../../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../../test/helpers/ui/render_ui';
import { agentWith, alertWith, UUID } from '../../../test/helpers/sample_hosts';
import { hostStatusOf, type Agent } from '../../../common/hosts/agent';
import { AlertFlyoutContent } from './alert_flyout';
import { chosenSubject } from './host_choice';

/** The choice of one of several agents that match an alert, and the request that is sent. */

setUpUi();

const FIRST = '1834780238610855645';
const SECOND = '1834780238610855646';
const CLONES: readonly Agent[] = [
  agentWith({ id: FIRST, siteName: 'Frankfurt' }),
  agentWith({
    id: SECOND,
    siteName: 'Lisbon',
    isActive: false,
    isDecommissioned: false,
    lastActiveDate: '2024-02-29T10:03:00.000Z',
  }),
  agentWith({ id: '3', isActive: false, isDecommissioned: true, lastActiveDate: null }),
];

async function open(options: UiOptions = {}) {
  const ui = createUi({
    agents: CLONES,
    alerts: [alertWith({ agentId: null })],
    ...options,
  });
  ui.show(<AlertFlyoutContent context={{ alertId: 'alert-1' }} titleId="t" onClose={() => {}} />);
  await pass(10);
  return ui;
}
type Ui = Awaited<ReturnType<typeof open>>;

async function press({ user }: Ui, name: string): Promise<void> {
  await user.click(button(name));
  await pass(400);
}
const typed = () => screen.getByRole('textbox', { name: /^To confirm the (agent|host), type/ });

it('shows the details that distinguish clones', async () => {
  await open();
  expect(shownStatus()).toBe('Several agents');
  const region = (id: string) => `web-7, agent id ${id}`;
  expect(fact(region(FIRST), 'Agent id')).toBe(FIRST);
  expect(fact(region(FIRST), 'Agent')).toBe('Online');
  expect(fact(region(FIRST), 'Site')).toBe('Frankfurt');
  expect(fact(region(SECOND), 'Agent')).toBe('Offline');
  expect(fact(region(SECOND), 'Last seen')).toBe('Feb 29, 2024 @ 10:03:00.000');
  expect(fact(region(SECOND), 'Site')).toBe('Lisbon');
  expect(fact(region('3'), 'Agent')).toBe('Offline, decommissioned');
  expect(fact(region('3'), 'Last seen')).toBe('Not reported');
});

it('acts on the chosen clone after the last digits of its agent id are typed', async () => {
  const ui = await open();
  await press(ui, `Choose the agent ${SECOND}`);
  expect(fact('Host', 'Agent id')).toBe(SECOND);
  expect(screen.getByText(`You chose the agent ${SECOND}`)).toBeVisible();
  await press(ui, 'Take action');
  await press(ui, 'Isolate host');
  expect(screen.getByText(`You chose the agent ${SECOND} among several`)).toBeVisible();
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await press(ui, 'Isolate web-7');
  expect(typed()).toBeInvalid();
  expect(typed()).toHaveFocus();
  for (const wrong of ['web-7', FIRST, FIRST.slice(-6), '46', '']) {
    await ui.user.clear(typed());
    if (wrong !== '') await enter(ui, typed(), wrong);
    await press(ui, 'Isolate web-7');
  }
  expect(ui.api.count('performAction')).toBe(0);
  await ui.user.clear(typed());
  await enter(ui, typed(), ` ${SECOND.slice(-6)}`);
  await press(ui, 'Isolate web-7');
  expect(ui.api.sent).toEqual([
    {
      action: 'isolate',
      affected: [SECOND],
      params: {
        hosts: [{ uuid: UUID, agentId: SECOND, name: 'web-7' }],
        comment: 'Ransomware',
        alertIds: ['alert-1'],
      },
    },
  ]);
});

it('undoes the choice, and keeps the focus at the host', async () => {
  const ui = await open();
  const hasFocus = () =>
    document.activeElement?.contains(screen.getByRole('region', { name: 'Host' }));
  await press(ui, `Choose the agent ${SECOND}`);
  expect(document.body).not.toHaveFocus();
  expect(hasFocus()).toBe(true);
  await press(ui, 'Choose another agent');
  expect(document.body).not.toHaveFocus();
  expect(hasFocus()).toBe(true);
  expect(shownStatus()).toBe('Several agents');
  await press(ui, `Choose the agent ${FIRST}`);
  expect(fact('Host', 'Agent id')).toBe(FIRST);
});

it('does not show the action on one clone with another clone', async () => {
  const ui = await open();
  await press(ui, `Choose the agent ${FIRST}`);
  await press(ui, 'Take action');
  await press(ui, 'Isolate host');
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await enter(ui, typed(), FIRST);
  await press(ui, 'Isolate web-7');
  const accepted = () => screen.queryAllByText(/isolat/i, { selector: '.euiCallOut *' });
  expect(accepted()).not.toEqual([]);
  await press(ui, 'Choose another agent');
  await press(ui, `Choose the agent ${SECOND}`);
  expect(accepted()).toEqual([]);
});

it('shows which of two agents was found by UUID and by id, and identifies the chosen one only by its id', async () => {
  const agents = [
    agentWith({ id: FIRST }),
    agentWith({ id: SECOND, uuid: 'u2', computerName: 'db-1' }),
  ];
  const ui = await open({ agents, alerts: [alertWith({ agentId: SECOND })] });
  expect(fact('web-7', 'Found by')).toBe('UUID in the alert');
  expect(fact('db-1', 'Found by')).toBe('Agent id in the alert');
  await press(ui, `Choose the agent ${SECOND}`);
  await press(ui, 'Take action');
  await press(ui, 'Isolate host');
  // Its name differs from the alert's, so the user types the name.
  await enter(ui, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await enter(ui, typed(), 'db-1');
  await press(ui, 'Isolate db-1');
  expect(ui.api.sent).toMatchObject([
    {
      affected: [SECOND],
      params: { hosts: [{ agentId: SECOND, name: 'web-7', confirmedName: 'db-1' }] },
    },
  ]);
  expect(ui.api.sent[0]!.params.hosts[0]).not.toHaveProperty('uuid');
});

it('offers no choice when there is only one agent', async () => {
  await open({ agents: [agentWith()], alerts: [alertWith()] });
  expect(screen.queryByRole('button', { name: /^Choose/ })).toBeNull();
});

it('identifies exactly the chosen agent, with any other agents', () => {
  const few = fc.record({
    id: fc.constantFrom('1', '2', '3'),
    uuid: fc.constantFrom('a', 'b', null),
  });
  const named = fc.record(
    { uuid: fc.constantFrom('a', 'b', 'c'), agentId: fc.constantFrom('1', '2', '9') },
    { requiredKeys: [] }
  );
  fc.assert(
    fc.property(fc.array(few, { minLength: 1 }), fc.nat(), named, (some, n, subject) => {
      const agents = [...new Map(some.map((one) => [one.id, agentWith(one)])).values()];
      const chosen = agents[n % agents.length]!;
      const { uuid, agentId } = chosenSubject(subject, chosen);
      expect(hostStatusOf({ uuid, agentId }, agents)).toEqual({ state: 'known', agent: chosen });
    })
  );
});

it('labels each button with the agent for screen readers', async () => {
  await open();
  const buttons = screen.getAllByRole('button', { name: /^Choose the agent/ });
  expect(buttons.map((one) => one.getAttribute('aria-label'))).toEqual([
    `Choose the agent ${FIRST}`,
    `Choose the agent ${SECOND}`,
    'Choose the agent 3',
  ]);
  expect(within(buttons[0]!).getByText('Choose this agent')).toBeVisible();
});
