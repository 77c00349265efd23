import { screen, within } from '@testing-library/react';
import { httpError } from '../../test/helpers/ui/http_error';
import { alerted, button, sendButton } from '../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { AGENT_ID, agentWith, UUID } from '../../test/helpers/sample_hosts';
import type { ActionAnswer, Cases, CaseSummary } from '../../common/api/cases';
import { ActionStep } from '../actions/action_step';
import { CasesResult } from './cases_result';

setUpUi();

const caseOf = (id: string, title: string, status: CaseSummary['status'] = 'open') => ({
  id,
  title,
  status,
});
const available = (...cases: CaseSummary[]): Cases => ({
  state: 'available',
  cases,
  total: cases.length,
});

async function open(scenario: UiOptions = {}, alertId: string | undefined = 'alert-1') {
  const host = agentWith();
  const ui = createUi({ agents: [host], ...scenario });
  const onDone = jest.fn();
  ui.show(
    <ActionStep
      action="isolate"
      subject={{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }}
      status={{ state: 'known', agent: host }}
      alertId={alertId}
      onCancel={() => {}}
      onDone={onDone}
    />
  );
  await pass(400);
  return { ...ui, onDone };
}
type Step = Awaited<ReturnType<typeof open>>;

const field = () => screen.getByRole('combobox', { name: 'Attach to cases' });
const chosen = () =>
  screen
    .queryAllByTitle(/^Remove .+ from selection in this group$/)
    .map((one) => /^Remove (.+) from selection/.exec(one.getAttribute('title') ?? '')?.[1]);
async function confirm(step: Step) {
  await enter(step, screen.getByRole('textbox', { name: 'Comment' }), 'Ransomware');
  await step.user.click(sendButton());
  await pass(10);
}
const sentCases = ({ api }: Step) => api.sent.map(({ params }) => params.caseIds);

describe('choosing', () => {
  it("preselects the alert's cases that are not closed", async () => {
    const step = await open({
      casesOfAlerts: available(
        caseOf('c1', 'Ransomware'),
        caseOf('c2', 'Old story', 'closed'),
        caseOf('c3', 'Phishing', 'in-progress')
      ),
    });
    expect(chosen()).toEqual(['Ransomware', 'Phishing']);
    expect(step.api.count('cases')).toBe(0);
    await confirm(step);
    expect(sentCases(step)).toEqual([['c1', 'c3']]);
    expect(step.onDone).toHaveBeenCalledTimes(1);
  });

  it('leaves out a case that the user removes', async () => {
    const step = await open({ casesOfAlerts: available(caseOf('c1', 'Ransomware')) });
    await step.user.click(screen.getByTitle('Remove Ransomware from selection in this group'));
    await pass(10);
    await confirm(step);
    expect(sentCases(step)).toEqual([undefined]);
  });

  it('finds open cases by title, with the keyboard alone', async () => {
    const step = await open({
      casesOfAlerts: available(),
      cases: available(caseOf('c7', 'Lateral movement'), caseOf('c8', 'Phishing')),
    });
    expect(field()).toHaveAccessibleDescription(
      /The alert is not in a case\. You can select any open case/
    );
    await enter(step, field(), 'lateral');
    await pass(400);
    expect(step.api.calls).toContainEqual(['cases', { search: 'lateral' }]);
    const options = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual(['Lateral movement']);
    await step.user.keyboard('{ArrowDown}{Enter}');
    await pass(400);
    expect(chosen()).toEqual(['Lateral movement']);
    await confirm(step);
    expect(sentCases(step)).toEqual([['c7']]);
  });

  it('reports that there are no open cases', async () => {
    const step = await open({ casesOfAlerts: available(), cases: available() });
    await step.user.click(field());
    await pass(400);
    expect(screen.getByText('No open cases')).toBeVisible();
    expect(screen.queryByText(/options/)).toBeNull();
    await enter(step, field(), 'nothing like it');
    await pass(400);
    expect(screen.getByText(/^No match for/)).toHaveTextContent('No match for nothing like it');
  });

  it('reports that there are no other open cases when all are selected', async () => {
    const only = available(caseOf('c1', 'Ransomware'));
    const step = await open({ casesOfAlerts: only, cases: only });
    await step.user.click(field());
    await pass(400);
    expect(screen.getByText('No other open cases')).toBeVisible();
  });

  it('reports that cases are loading, and what confirming now means', async () => {
    const host = agentWith();
    const ui = createUi({ agents: [host], cases: available() });
    const release = ui.api.hold('casesOfAlerts');
    ui.show(
      <ActionStep
        action="isolate"
        subject={{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }}
        status={{ state: 'known', agent: host }}
        alertId="alert-1"
        onCancel={() => {}}
        onDone={() => {}}
      />
    );
    await pass(10);
    expect(field()).toHaveAccessibleDescription(
      /If you confirm before they are loaded, the action is not attached to a case/
    );
    expect(sendButton()).toBeEnabled();
    await confirm({ ...ui, onDone: jest.fn() });
    expect(ui.api.sent.map(({ params }) => params.caseIds)).toEqual([undefined]);
    release();
    await pass(10);
  });

  it('reports that the user may not add to cases', async () => {
    const step = await open({ cases: { state: 'forbidden' } });
    expect(
      screen.getByText(/^The action is not attached to a case\. You do not have the privilege/)
    ).toBeVisible();
    expect(screen.queryByRole('combobox', { name: 'Attach to cases' })).toBeNull();
    await confirm(step);
    expect(sentCases(step)).toEqual([undefined]);
  });

  it('is not shown when Kibana has no cases', async () => {
    await open({ cases: { state: 'unavailable' } });
    expect(screen.queryByRole('combobox', { name: 'Attach to cases' })).toBeNull();
    expect(screen.queryByText(/cases?/)).toBeNull();
  });

  it('reports what failed, offers to try again, and does not block the action', async () => {
    const host = agentWith();
    const ui = createUi({ agents: [host], casesOfAlerts: available(caseOf('c1', 'Ransomware')) });
    ui.api.fail('casesOfAlerts', httpError(403));
    ui.show(
      <ActionStep
        action="isolate"
        subject={{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }}
        status={{ state: 'known', agent: host }}
        alertId="alert-1"
        onCancel={() => {}}
        onDone={() => {}}
      />
    );
    await pass(10);
    expect(
      screen.getByText(/^Cases are not available\. You can still confirm the action/)
    ).toBeVisible();
    expect(sendButton()).toBeEnabled();
    ui.api.mend('casesOfAlerts');
    await ui.user.click(button('Try again'));
    await pass(10);
    expect(chosen()).toEqual(['Ransomware']);
  });

  it('offers open cases when there is no alert', async () => {
    const ui = createUi({ agents: [agentWith()], cases: available(caseOf('c7', 'Lateral')) });
    ui.show(
      <ActionStep
        action="release"
        subject={{ uuid: UUID, agentId: AGENT_ID, name: 'web-7' }}
        status={{ state: 'known', agent: agentWith() }}
        alertId={undefined}
        onCancel={() => {}}
        onDone={() => {}}
      />
    );
    await pass(400);
    expect(ui.api.count('casesOfAlerts')).toBe(0);
    expect(field()).toHaveAccessibleDescription(/Optional\. You can select any open case/);
  });
});

describe('the result', () => {
  const show = async (caseAttachments: ActionAnswer['caseAttachments']) => {
    const ui = createUi();
    ui.show(<CasesResult answer={{ actionId: 'a-1', caseAttachments }} />);
    await pass(10);
    return ui;
  };

  it('names the cases with the action, with links', async () => {
    const ui = await show([
      { caseId: 'c1', attached: true, title: 'Ransomware' },
      { caseId: 'c2', attached: true, title: 'Phishing' },
    ]);
    expect(screen.getByRole('status')).toHaveTextContent(
      'Attached to the cases Ransomware, Phishing'
    );
    const link = screen.getByRole('link', { name: 'Ransomware' });
    expect(link).toHaveAttribute('href', '/app/securitySolutionUI/cases/c1');
    await ui.user.click(link);
    expect(ui.visited).toEqual(['securitySolutionUI /cases/c1']);
  });

  it.each([
    ['forbidden', /You do not have the privilege to add to cases in this space/],
    ['not_found', /There is no such case in this space/],
    ['unclear', /The action may or may not be attached/],
  ] as const)(
    'explains why the action is not attached: %s; and attaches it again',
    async (reason, why) => {
      const ui = await show([{ caseId: 'c1', attached: false, reason }]);
      expect(alerted()).toMatch(
        /Not attached to a case\. The action on the host is not affected\./
      );
      expect(alerted()).toMatch(why);
      await ui.user.click(button('Attach again'));
      await pass(10);
      expect(ui.api.calls).toEqual([['attach', { actionId: 'a-1', caseIds: ['c1'] }]]);
      expect(screen.queryByRole('alert')).toBeNull();
      expect(screen.getByRole('status')).toHaveTextContent('Attached to the case Title of c1');
    }
  );

  it('keeps the reason when a retry fails', async () => {
    const ui = await show([
      { caseId: 'c1', attached: false, reason: 'refused', detail: 'Case has reached the maximum' },
    ]);
    expect(alerted()).toContain('Case has reached the maximum');
    ui.api.fail('attach', httpError(500, { message: 'boom' }));
    await ui.user.click(button('Attach again'));
    await pass(10);
    expect(alerted()).toContain('Kibana could not process the request.');
    ui.api.mend('attach');
    ui.api.caseProblems.set('c1', { reason: 'not_found' });
    await ui.user.click(button('Attach again'));
    await pass(10);
    expect(alerted()).toContain('There is no such case in this space');
  });

  it.each(['unavailable', 'nothing_sent'] as const)(
    'offers no retry when it cannot help: %s',
    async (reason) => {
      await show([{ caseId: 'c1', attached: false, reason }]);
      expect(screen.queryByRole('button')).toBeNull();
    }
  );

  it('is shown with a failed action, which is recorded', async () => {
    const step = await open({ casesOfAlerts: available(caseOf('c1', 'Ransomware')) });
    step.api.endNextWith({ outcome: 'failed', reason: 'forbidden' });
    step.api.caseProblems.set('c1', { reason: 'not_found' });
    await confirm(step);
    expect(step.onDone).not.toHaveBeenCalled();
    const alerts = screen.getAllByRole('alert').map(({ textContent }) => textContent);
    expect(alerts.join()).toMatch(/Ransomware: There is no such case in this space/);
  });
});
