import { screen } from '@testing-library/react';
import * as fc from 'fast-check';
import { actionAnswer } from '../../test/helpers/ui/answers';
import { anyComment } from '../../test/helpers/ui/arbitraries';
import { httpError, refusal } from '../../test/helpers/ui/http_error';
import { alerted, announced, button, sendButton } from '../../test/helpers/ui/queries';
import { ONE_CONNECTOR } from '../../test/helpers/ui/fake_response_api';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, requestOf, UUID } from '../../test/helpers/sample_hosts';
import type { Agent } from '../../common/hosts/agent';
import { commentCodec, hostActionFields } from '../../common/api/connector';
import { FAILURES, REFUSALS, type Reason } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import { reasonText } from '../../common/actions/describe_reason';
import { ActionStep, type ActionStepProps } from './action_step';
import { commentProblem } from './comment_field';

setUpUi();

async function open(
  action: ActionName = 'isolate',
  agent: Partial<Agent> = {},
  props: Partial<ActionStepProps> = {},
  options: UiOptions = {}
) {
  const host = agentWith(agent);
  const ui = createUi({ agents: [host], ...options });
  const onCancel = jest.fn();
  const onDone = jest.fn();
  ui.show(
    <ActionStep
      action={action}
      subject={{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }}
      status={{ state: 'known', agent: host }}
      alertId="alert-1"
      onCancel={onCancel}
      onDone={onDone}
      {...props}
    />
  );
  await pass(10);
  return { ...ui, onCancel, onDone };
}
type Step = Awaited<ReturnType<typeof open>>;

const comment = () => screen.getByRole('textbox', { name: 'Comment' });
const typedName = () =>
  screen.getByRole('textbox', { name: /^To confirm the host, type its name in SentinelOne$/ });

async function press({ user }: Step, name: string): Promise<void> {
  await user.click(button(name));
  await pass(10);
}
async function send(step: Step, text = 'Ransomware'): Promise<void> {
  await enter(step, comment(), text);
  await step.user.click(sendButton());
  await pass(10);
}
const valueOf = (name: string) =>
  screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

describe('the description of the action', () => {
  it.each([
    [
      'isolate',
      'Isolate host',
      /^Isolates web-7 from the network\. Until it is released, it can communicate only with SentinelOne\.$/,
    ],
    [
      'release',
      'Release host',
      /^Restores the network access that web-7 had before the isolation\.$/,
    ],
  ] as const)('%s: has a heading and describes the effect', async (action, heading, effect) => {
    await open(action);
    expect(screen.getByRole('heading', { name: heading })).toHaveFocus();
    expect(screen.getByText(effect)).toBeInTheDocument();
  });

  it('shows the details of the agent in SentinelOne', async () => {
    await open();
    expect(valueOf('Name')).toBe('web-7');
    expect(valueOf('Agent')).toBe('Online');
    expect(valueOf('IP addresses')).toBe('10.0.0.7, fd00::7');
    expect(valueOf('Logged-in user')).toBe('root');
    expect(valueOf('Active threats')).toBe('2');
    expect(valueOf('Machine type')).toBe('server');
    expect(valueOf('Domain')).toBe('CORP');
    expect(valueOf('Site')).toBe('Frankfurt');
    expect(valueOf('Operating system')).toBe('Ubuntu');
    expect(valueOf('Agent id')).toBe(AGENT_ID);
    expect(valueOf('Last seen')).toBe('3 minutes ago');
    expect(valueOf('Network status')?.trim()).toBe('Connected');
  });

  it('requires no typed name when the alert and SentinelOne have the same name', async () => {
    await open();
    expect(screen.getAllByRole('textbox')).toEqual([comment()]);
  });

  it('sends nothing until the status of the host is loaded', async () => {
    const step = await open('isolate', {}, { status: undefined });
    expect(screen.getByRole('progressbar', { name: /^Loading the host status/ })).toBeVisible();
    expect(sendButton()).toBeDisabled();
    await enter(step, comment(), 'Ransomware{enter}');
    expect(step.api.sent).toEqual([]);
  });
});

describe('a protected host that another user has to approve', () => {
  const HELD = {
    protectedBy: { field: 'name', pattern: 'web-*', isolation: 'with_approval' },
  } as const;

  it("requests approval with a comment, regardless of the user's privilege", async () => {
    const step = await open('isolate', HELD, {}, { rights: { override: false } });
    expect(screen.getByText(/has to approve the isolation of this host/).textContent).toMatch(
      /nothing is sent to SentinelOne/
    );
    expect(screen.queryByRole('textbox', { name: 'Reason for override' })).not.toBeInTheDocument();
    await press(step, 'Request approval');
    expect(step.api.sent).toEqual([]);
    await enter(step, comment(), 'Ransomware');
    step.api.endNextWith({ outcome: 'awaiting_approval' });
    await press(step, 'Request approval');
    expect(step.api.sent.map(({ params }) => params)).toEqual([
      expect.objectContaining({ comment: 'Ransomware', requestApproval: true }),
    ]);
    expect(step.api.sent[0]?.params).not.toHaveProperty('overrideComment');
    expect(step.onDone).toHaveBeenCalledTimes(1);
  });

  it('requires a comment even if the settings do not', async () => {
    const connection = { ...ONE_CONNECTOR, commentRequired: false };
    const step = await open('isolate', HELD, {}, { connection });
    await press(step, 'Request approval');
    expect(step.api.sent).toEqual([]);
    expect(comment()).toHaveFocus();
  });

  it('is offered after the refusal when the settings changed meanwhile', async () => {
    const step = await open();
    step.api.endNextWith({ outcome: 'refused', reason: 'protected', ...HELD });
    await send(step);
    await press(step, 'Request approval');
    expect(step.api.sent[1]?.params).toMatchObject({ requestApproval: true });
  });

  it('with an open request: offers no second one, and links to the first until it is decided', async () => {
    const request = requestOf({}, { agentId: AGENT_ID, name: 'web-7' });
    const others = [
      requestOf({ actionId: 'a2' }, { agentId: '2' }),
      requestOf({ actionId: 'a3', isExpired: true }, { agentId: AGENT_ID }),
      requestOf({ actionId: 'a4', action: 'scan' }, { agentId: AGENT_ID }),
    ];
    const step = await open('isolate', HELD, {}, { awaiting: [...others, request] });
    const note = screen.getByText('A request for approval for web-7 is open already');
    expect(note).toBeVisible();
    const link = screen.getByRole('link', { name: 'Show the request' });
    expect(link).toHaveAttribute('href', expect.stringContaining('actionId=a1'));
    expect(link.closest('p')).toHaveTextContent(/^alice requested it for web-7 20 minutes ago/);
    expect(screen.queryByText(/has to approve the isolation of this host/)).toBeNull();
    expect(button('Request approval')).toBeDisabled();
    await enter(step, comment(), 'Ransomware{enter}');
    expect(step.api.sent).toEqual([]);
    step.api.awaiting = others;
    await pass(10_000);
    expect(screen.queryByText(/is open already$/)).toBeNull();
    expect(button('Request approval')).toBeEnabled();
  });

  it('reads no requests if none is needed', async () => {
    const step = await open();
    await pass(60_000);
    expect(step.api.count('requests')).toBe(0);
  });

  it('that nobody can isolate offers nothing', async () => {
    await open('isolate', { protectedBy: { ...HELD.protectedBy, isolation: 'never' } });
    expect(screen.getByText(/do not allow any user to isolate it/)).toBeInTheDocument();
    expect(sendButton()).toBeDisabled();
  });
});

describe('a protected host', () => {
  const SHIELDED = { protectedBy: { field: 'name', pattern: 'web-*' } } as const;
  const why = () => screen.getByRole('textbox', { name: 'Reason for override' });
  const callout = () =>
    document.querySelector<HTMLElement>('[data-test-subj="sentineloneResponseProtected"]');

  it('requires a second reason from users with the privilege, and sends both', async () => {
    const step = await open('isolate', SHIELDED);
    expect(callout()).toHaveTextContent(
      /^Protected host \(name matches web-\*\).*The override and its reason are saved/
    );
    await enter(step, comment(), 'Ransomware');
    await press(step, 'Isolate protected host web-7');
    expect(why()).toBeInvalid();
    expect(why()).toHaveFocus();
    expect(step.api.sent).toEqual([]);
    await enter(step, why(), 'It cannot wait');
    await press(step, 'Isolate protected host web-7');
    expect(step.api.sent).toMatchObject([
      {
        params: { comment: 'Ransomware', overrideComment: 'It cannot wait' },
        affected: [AGENT_ID],
      },
    ]);
    expect(step.onDone).toHaveBeenCalledTimes(1);
  });

  it('names the required privilege to users without it, and sends nothing', async () => {
    const step = await open('isolate', SHIELDED, {}, { rights: { override: false } });
    expect(callout()).toHaveTextContent(
      /Kibana privilege "SentinelOne Response: Isolate protected hosts"/
    );
    expect(screen.getAllByRole('textbox')).toEqual([comment()]);
    expect(button('Isolate protected host web-7')).toBeDisabled();
    await enter(step, comment(), 'Ransomware{enter}');
    expect(step.api.count('performAction')).toBe(0);
  });

  it.each([true, false])(
    'that was protected after the step opened: offers the override after the refusal (privilege: %s)',
    async (override) => {
      const step = await open('isolate', {}, {}, { rights: { override } });
      step.api.endNextWith({
        outcome: 'refused',
        reason: 'protected',
        detail: 'name matches web-*. They lack something',
        protectedBy: { field: 'name', pattern: 'web-*' },
      });
      await send(step);
      expect(callout()).toHaveTextContent(/^Protected host \(name matches web-\*\)/);
      expect(step.onDone).not.toHaveBeenCalled();
      if (!override) return expect(button('Isolate protected host web-7')).toBeDisabled();
      expect(document.activeElement).toHaveTextContent(/^The host was not isolated/);
      expect(why()).toBeValid();
      await enter(step, why(), 'It cannot wait');
      await press(step, 'Isolate protected host web-7');
      expect(step.api.sent.at(-1)).toMatchObject({
        params: { overrideComment: 'It cannot wait' },
        affected: [AGENT_ID],
      });
      expect(step.onDone).toHaveBeenCalledTimes(1);
    }
  );

  it('is released like any other host', async () => {
    const agent = { ...SHIELDED, networkStatus: 'disconnected' } as const;
    const step = await open('release', agent, {}, { rights: { override: false } });
    expect(callout()).toBeNull();
    await send(step);
    expect(step.api.sent[0]?.params).not.toHaveProperty('overrideComment');
    expect(step.api.sent[0]?.affected).toEqual([AGENT_ID]);
  });
});

it("shows the start of another action on the host in the user's time format", async () => {
  const step = await open();
  const detail = 'boss started to isolate it at 2024-03-01T10:02:30.123Z';
  step.api.endNextWith({ outcome: 'refused', reason: 'in_flight', detail });
  await send(step);
  expect(alerted()).toContain('boss started to isolate it at Mar 1, 2024 @ 10:02:30.123.');
});

it('requires no comment when the settings do not require it', async () => {
  const connection = { ...ONE_CONNECTOR, commentRequired: false } as typeof ONE_CONNECTOR;
  const step = await open('isolate', {}, {}, { connection });
  expect(comment()).toHaveAttribute('aria-required', 'false');
  expect(comment()).toHaveAccessibleDescription(/^Optional\./);
  await press(step, 'Isolate web-7');
  expect(step.api.sent).toMatchObject([{ params: { comment: '' }, affected: [AGENT_ID] }]);
});

describe('the comment', () => {
  it('is required: nothing is sent without it, and the field explains it', async () => {
    const step = await open();
    expect(comment()).toHaveAttribute('aria-required', 'true');
    await press(step, 'Isolate web-7');
    expect(comment()).toBeInvalid();
    expect(comment()).toHaveAccessibleDescription(/Enter a reason\. It is saved with your name\./);
    expect(comment()).toHaveFocus();
    await enter(step, comment(), ' \n ');
    await press(step, 'Isolate web-7');
    expect(step.api.count('performAction')).toBe(0);
    expect(step.onDone).not.toHaveBeenCalled();
  });

  it('shows the number of characters left', async () => {
    const step = await open();
    expect(comment()).toHaveAccessibleDescription(/2,000 characters left/);
    await enter(step, comment(), 'Ransomware');
    expect(comment()).toHaveAccessibleDescription(/1,990 characters left/);
  });

  it('can have 2,000 characters', async () => {
    const step = await open();
    await send(step, 'x'.repeat(2_000));
    expect(step.api.sent[0]?.params.comment).toBe('x'.repeat(2_000));
  });

  it('cannot have 2,001 characters, and is not cut', async () => {
    const step = await open();
    await enter(step, comment(), 'x'.repeat(2_001));
    expect(comment()).toBeInvalid();
    expect(comment()).toHaveAccessibleDescription(
      /Enter at most 2,000 characters\. The comment has 2,001\./
    );
    await press(step, 'Isolate web-7');
    expect(step.api.count('performAction')).toBe(0);
  });

  it('is valid if and only if the server accepts it', () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(anyComment, fc.boolean(), (text, isRequired) => {
        const codec = isRequired ? commentCodec : hostActionFields.required.comment;
        const isAccepted = codec.is(text);
        expect(commentProblem(text, isRequired) === undefined).toBe(isAccepted);
        seen[isAccepted ? 'accepted' : 'refused'] += 1;
      }),
      { numRuns: 500 }
    );
    expect(seen.accepted).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(50);
  });
});

describe('when the host has another name in the alert', () => {
  const subject = { uuid: UUID, agentId: AGENT_ID, name: 'db-1' };

  it('sends nothing until the user types the name in SentinelOne', async () => {
    const step = await open('isolate', {}, { subject });
    expect(
      screen.getByText('This host is named db-1 in the alert and web-7 in SentinelOne')
    ).toBeVisible();
    await send(step);
    expect(typedName()).toBeInvalid();
    expect(typedName()).toHaveAccessibleDescription('Type the name: web-7');
    expect(typedName()).toHaveFocus();
    for (const wrong of ['web-70', 'db-1', 'web', 'wеb-7', 'web\u200b-7']) {
      await step.user.clear(typedName());
      await enter(step, typedName(), wrong);
      await press(step, 'Isolate web-7');
    }
    expect(step.api.count('performAction')).toBe(0);
    await step.user.clear(typedName());
    await enter(step, typedName(), 'web-7');
    expect(typedName()).toBeValid();
    await press(step, 'Isolate web-7');
    expect(step.api.sent).toEqual([
      {
        action: 'isolate',
        affected: [AGENT_ID],
        params: {
          hosts: [{ uuid: UUID, agentId: AGENT_ID, name: 'db-1', confirmedName: 'web-7' }],
          comment: 'Ransomware',
          alertIds: ['alert-1'],
        },
      },
    ]);
  });

  it.each([
    ['web-7', 'WEB-7.corp.example '],
    ['Anna’s MacBook', "anna's macbook"],
    ['bu\u0308ro-1', 'BÜRO-1'],
  ])('accepts for the name %j the typed text %j', async (computerName, typed) => {
    const step = await open('isolate', { computerName }, { subject });
    await enter(step, comment(), 'Ransomware');
    await enter(step, typedName(), typed);
    await step.user.click(sendButton());
    await pass(10);
    expect(typedName()).toBeValid();
    expect(step.api.sent).toMatchObject([
      { affected: [AGENT_ID], params: { hosts: [{ name: 'db-1', confirmedName: typed }] } },
    ]);
  });

  it.each([
    ['letter case', 'WEB-7'],
    ['a DNS suffix', 'web-7.corp.example'],
    ['a blank', 'web-7 '],
  ])('requires no typed name when only %s differs', async (_, name) => {
    const step = await open('isolate', {}, { subject: { ...subject, name } });
    expect(screen.getAllByRole('textbox')).toEqual([comment()]);
    await send(step);
    expect(step.api.sent).toMatchObject([
      {
        affected: [AGENT_ID],
        params: { hosts: [{ uuid: UUID, agentId: AGENT_ID, name }] },
      },
    ]);
  });

  it('shows invisible characters of a name', async () => {
    await open('isolate', {}, { subject: { ...subject, name: 'web\u200b-7' } });
    expect(
      screen.getByText('This host is named web\\u200b-7 in the alert and web-7 in SentinelOne')
    ).toBeVisible();
  });

  it('sends with Enter in the field for the name, too', async () => {
    const step = await open('isolate', {}, { subject });
    await enter(step, comment(), 'Ransomware');
    await enter(step, typedName(), 'web-7');
    await step.user.keyboard('{Enter}');
    await pass(10);
    expect(step.api.sent).toHaveLength(1);
  });

  it('cannot be confirmed when the host has no name in SentinelOne, and explains what to do', async () => {
    const step = await open('isolate', { computerName: null }, { subject });
    expect(
      screen.getByText('This host is named db-1 in the alert and has no name in SentinelOne')
    ).toBeVisible();
    expect(screen.getByText(/no command is sent\. Check in the SentinelOne console/)).toBeVisible();
    expect(sendButton()).toBeDisabled();
    await enter(step, comment(), 'Ransomware');
    expect(step.api.count('performAction')).toBe(0);
  });
});

describe('when only one of UUID and id belongs to an agent', () => {
  const cases = [
    [
      'agentId',
      { uuid: 'replaced', agentId: AGENT_ID },
      'No agent has the UUID in the alert. The agent id in the alert belongs to web-7',
    ],
    [
      'uuid',
      { uuid: UUID, agentId: '999' },
      'No agent has the agent id in the alert. The UUID in the alert belongs to web-7',
    ],
  ] as const;

  it.each(cases)(
    '%s: reports which one, and sends after the name is typed',
    async (foundBy, named, text) => {
      const subject = { ...named, name: 'web-7' };
      const status = { state: 'partial_match', foundBy, agent: agentWith() } as const;
      const step = await open('isolate', {}, { subject, status });
      expect(screen.getByText(text)).toBeVisible();
      expect(valueOf('Agent id')).toBe(AGENT_ID);
      await send(step);
      expect(typedName()).toBeInvalid();
      expect(step.api.count('performAction')).toBe(0);
      await enter(step, typedName(), 'web-7');
      await step.user.click(sendButton());
      await pass(10);
      expect(step.api.sent).toMatchObject([
        {
          affected: [AGENT_ID],
          params: { hosts: [{ ...named, name: 'web-7', confirmedName: 'web-7' }] },
        },
      ]);
    }
  );

  it('sends nothing to an agent without a name', async () => {
    const agent = agentWith({ computerName: null });
    await open(
      'isolate',
      {},
      {
        subject: { uuid: 'replaced', agentId: AGENT_ID },
        status: { state: 'partial_match', foundBy: 'agentId', agent },
      }
    );
    expect(screen.getByText(/belongs to an agent without a name$/)).toBeVisible();
    expect(sendButton()).toBeDisabled();
  });
});

describe('the request', () => {
  it('contains the agent and name that were shown when the alert has none, and no alert id without an alert', async () => {
    const step = await open(
      'release',
      { networkStatus: 'disconnected' },
      {
        subject: { uuid: UUID },
        alertId: undefined,
      }
    );
    await send(step);
    expect(step.api.sent.map(({ action, params }) => ({ action, params }))).toEqual([
      {
        action: 'release',
        params: {
          hosts: [{ uuid: UUID, agentId: AGENT_ID, confirmedName: 'web-7' }],
          comment: 'Ransomware',
        },
      },
    ]);
    expect(step.onDone).toHaveBeenCalledTimes(1);
  });

  it('cannot be changed or cancelled while it is sent, which screen readers announce', async () => {
    const step = await open();
    const answer = step.api.hold('performAction');
    sendButton().focus();
    await send(step);
    expect(button('Cancel')).toBeDisabled();
    expect(button('Isolate web-7')).toHaveAttribute('aria-disabled', 'true');
    // A disabled button would lose the focus to the flyout's close button.
    expect(button('Isolate web-7')).toHaveFocus();
    await step.user.click(button('Isolate web-7'));
    expect(comment()).toBeDisabled();
    expect(announced()).toBe('Sending the request to SentinelOne…');
    answer();
    await pass(10);
    expect(step.onDone).toHaveBeenCalledTimes(1);
    expect(step.api.sent).toHaveLength(1);
  });

  it('is not sent after Cancel', async () => {
    const step = await open();
    await enter(step, comment(), 'Ransomware');
    await press(step, 'Cancel');
    expect(step.onCancel).toHaveBeenCalledTimes(1);
    expect(step.api.count('performAction')).toBe(0);
  });
});

describe('a failed action', () => {
  const unclear: readonly Reason[] = ['unreachable', 'unexpected_answer'];
  const cases = [...REFUSALS, ...FAILURES].flatMap((reason) => [
    ['isolate', reason] as const,
    ['release', reason] as const,
  ]);

  it.each(cases)('%s: explains what %s means and what to do', async (action, reason) => {
    const step = await open(action);
    const isRefusal = (REFUSALS as readonly string[]).includes(reason);
    step.api.endNextWith({
      outcome: isRefusal ? 'refused' : 'failed',
      reason,
      detail: 'Words of SentinelOne',
    });
    await send(step);
    const { what, todo } = reasonText(reason, action, { name: 'web-7' });
    expect(alerted()).toContain(what);
    expect(alerted()).toContain('Words of SentinelOne');
    expect(alerted()).toContain(todo);
    const title = unclear.includes(reason)
      ? { isolate: 'The isolation is not confirmed', release: 'The release is not confirmed' }
      : { isolate: 'The host was not isolated', release: 'The host was not released' };
    expect(alerted()).toContain(title[action]);
    expect(step.onDone).not.toHaveBeenCalled();
    expect(comment()).toHaveValue('Ransomware');
  });

  it.each([...FAILURES, 'no_connector', 'several_connectors', 'no_privilege'] as const)(
    'explains the same when the whole request is refused as %s',
    async (reason) => {
      const step = await open();
      step.api.fail('performAction', refusal(502, reason, 'Words of the server'));
      await send(step);
      const { what, todo } = reasonText(reason, 'isolate');
      expect(alerted()).toContain(what);
      expect(alerted()).toContain(todo);
      expect(alerted()).toContain('Words of the server');
    }
  );

  it.each([
    [
      'no answer',
      httpError(),
      'The isolation is not confirmed',
      /Kibana did not answer.*network status/,
    ],
    [
      'an error of Kibana',
      httpError(500),
      'The isolation is not confirmed',
      /Kibana could not process the request/,
    ],
    [
      'a refusal of Kibana',
      httpError(403),
      'The host was not isolated',
      /privilege to isolate hosts/,
    ],
    ['an end of the session', httpError(401), 'The host was not isolated', /Log in again/],
  ])('distinguishes %s', async (_, error, title, text) => {
    const step = await open();
    step.api.fail('performAction', error);
    await send(step);
    expect(alerted()).toContain(title);
    expect(alerted()).toMatch(text);
  });

  it('treats an answer without hosts as no answer', async () => {
    const step = await open();
    step.api.performAction = () => Promise.resolve(actionAnswer({ actionId: 'a', hosts: [] }));
    await send(step);
    expect(alerted()).toContain('The isolation is not confirmed');
    expect(step.onDone).not.toHaveBeenCalled();
  });

  it('is shown at the top of the step, and has the focus', async () => {
    const step = await open();
    step.api.endNextWith({ outcome: 'failed', reason: 'throttled' });
    await send(step);
    const result = screen.getByRole('alert');
    expect(document.activeElement).toContainElement(result);
    expect(document.activeElement).toHaveTextContent(/^The host was not isolated/);
    const identity = screen.getByText('Site', { selector: 'dt' });
    expect(result.compareDocumentPosition(identity)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(result.compareDocumentPosition(comment())).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('is repeated by Try again, with the same comment', async () => {
    const step = await open();
    step.api.endNextWith({ outcome: 'failed', reason: 'throttled' });
    await send(step);
    expect(step.api.sent[0]?.affected).toEqual([]);
    await press(step, 'Try again to isolate web-7');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(step.onDone).toHaveBeenCalledTimes(1);
    expect(step.api.sent).toHaveLength(2);
    expect(step.api.sent[1]).toMatchObject({
      affected: [AGENT_ID],
      params: { comment: 'Ransomware' },
    });
  });
});
