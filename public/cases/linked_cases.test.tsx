import { screen } from '@testing-library/react';
import { useState, type FC } from 'react';
import { httpError } from '../../test/helpers/ui/http_error';
import { alerted, button } from '../../test/helpers/ui/queries';
import { createUi, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import type { Cases } from '../../common/api/cases';
import { ActionDetails } from '../action_history/action_details';
import { hostWith, openHost, recordWith } from '../../test/helpers/ui/action_history';

setUpUi();

const AVAILABLE: Cases = { state: 'available', cases: [], total: 0 };
const record = recordWith({ actionId: 'a-1', caseIds: ['c1', 'c2'] });
const ATTACH = 'Attach to these cases';

async function show(cases: Cases = AVAILABLE, shown = record) {
  const ui = createUi({ cases });
  ui.show(<ActionDetails record={shown} />);
  await pass(10);
  return ui;
}
const isOffered = () => screen.queryByRole('button', { name: /Attach/ }) !== null;
const result = () => screen.getByRole('group', { name: 'Result of attaching' });

const links = () =>
  screen.getAllByRole('link', { name: /Title of|^c\d$/ }).map((link) => link.textContent);
const caseOf = (title: string) =>
  screen.getByRole('link', { name: title }).closest('li')?.textContent;

it('names the cases by title, with links, and shows no result that is not recorded', async () => {
  await show();
  expect(screen.getByText('Cases')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Title of c1' })).toHaveAttribute(
    'href',
    '/app/securitySolutionUI/cases/c1'
  );
  expect(links()).toEqual(['Title of c1', 'Title of c2']);
  expect(screen.queryByText(/Attached|Not attached/)).toBeNull();
});

it('shows the recorded result for each case, in texts for any reader', async () => {
  const ui = await show(
    AVAILABLE,
    recordWith({
      caseIds: ['c1', 'c2', 'c3'],
      caseAttachments: [
        { caseId: 'c1', attached: true },
        { caseId: 'c2', attached: false, reason: 'forbidden' },
        { caseId: 'c3', attached: false, reason: 'refused', detail: 'Case has reached 100.' },
      ],
    })
  );
  expect(caseOf('Title of c1')).toBe('Title of c1Attached.');
  expect(caseOf('Title of c2')).toMatch(
    /Not attached\. The user did not have the privilege to add to cases.*Security > Cases: All/
  );
  expect(caseOf('Title of c3')).toMatch(
    /Not attached\. Kibana refused the attachment\. Case has reached 100\./
  );
  // The action is attached only where it is missing, and the list changes immediately.
  await ui.user.click(button(ATTACH));
  await pass(10);
  expect(ui.api.calls.filter(([name]) => name === 'attach')).toEqual([
    ['attach', { actionId: expect.any(String), caseIds: ['c2', 'c3'] }],
  ]);
  expect(screen.getAllByText('Attached.')).toHaveLength(3);
});

it('shows which case does not exist, and which the user may not view', async () => {
  const ui = createUi({ cases: AVAILABLE });
  ui.api.hiddenCases.set('c1', 'forbidden').set('c2', 'not_found');
  ui.show(<ActionDetails record={record} />);
  await pass(10);
  expect(links()).toEqual(['c1', 'c2']);
  expect(caseOf('c1')).toMatch(/You do not have the privilege to view this case/);
  expect(caseOf('c2')).toMatch(/There is no such case in this space/);
});

it('does not offer to attach when all cases contain the action', async () => {
  await show(
    AVAILABLE,
    recordWith({ caseIds: ['c1'], caseAttachments: [{ caseId: 'c1', attached: true }] })
  );
  expect(isOffered()).toBe(false);
});

it('attaches by keyboard, once, and moves the focus to the result', async () => {
  const ui = await show();
  button(ATTACH).focus();
  await ui.user.keyboard('{Enter}');
  await pass(10);
  expect(ui.api.calls.filter(([name]) => name === 'attach')).toEqual([
    ['attach', { actionId: 'a-1', caseIds: ['c1', 'c2'] }],
  ]);
  expect(screen.getByRole('status')).toHaveTextContent(
    'Attached to the cases Title of c1, Title of c2'
  );
  expect(result()).toHaveFocus();
  expect(isOffered()).toBe(false);
});

it('explains for each case why the action is not attached, and attaches it again', async () => {
  const ui = await show();
  ui.api.caseProblems.set('c2', { reason: 'not_shown' });
  await ui.user.click(button(ATTACH));
  await pass(10);
  expect(screen.getByRole('status')).toHaveTextContent('Attached to the case Title of c1');
  expect(alerted()).toMatch(/c2: The case contains the attachment but does not show it/);
  expect(alerted()).toMatch(/A user who may delete case attachments/);
  ui.api.caseProblems.clear();
  await ui.user.click(button('Attach again'));
  await pass(10);
  expect(ui.api.calls.at(-1)).toEqual(['attach', { actionId: 'a-1', caseIds: ['c2'] }]);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('keeps the result when the action ends meanwhile', async () => {
  const open = recordWith({ actionId: 'a-1', caseIds: ['c1'], hosts: [openHost()] });
  const ui = createUi({ cases: AVAILABLE });
  const ended = recordWith({ actionId: 'a-1', caseIds: ['c1'] });
  const ChangingRecord: FC = () => {
    const [shown, setShown] = useState(open);
    return (
      <>
        <button onClick={() => setShown(ended)}>End</button>
        <ActionDetails record={shown} />
      </>
    );
  };
  ui.show(<ChangingRecord />);
  await pass(10);
  await ui.user.click(button('Attach to this case'));
  await pass(10);
  await ui.user.click(button('End'));
  expect(screen.getByText('Ended')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('Attached to the case Title of c1');
});

it('reports what failed, and allows a retry', async () => {
  const ui = await show();
  ui.api.fail('attach', httpError(503), 1);
  await ui.user.click(button(ATTACH));
  await pass(10);
  expect(alerted()).not.toBe('');
  expect(button(ATTACH)).toBeEnabled();
  await ui.user.click(button(ATTACH));
  await pass(10);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('status')).toBeVisible();
});

it('uses the singular for one case', async () => {
  await show(AVAILABLE, recordWith({ caseIds: ['c1'] }));
  expect(button('Attach to this case')).toBeEnabled();
});

it.each<[string, Cases]>([
  ['when Kibana has no cases', { state: 'unavailable' }],
  ['to a user who may not add to cases', { state: 'forbidden' }],
])('is not offered %s', async (_, cases) => {
  await show(cases);
  expect(screen.getByRole('link', { name: 'Title of c1' })).toBeVisible();
  expect(isOffered()).toBe(false);
});

it('is not offered when every host was refused, and only the titles are requested', async () => {
  const hosts = [hostWith({ outcome: 'refused' })];
  const refused = await show(AVAILABLE, recordWith({ caseIds: ['c1'], hosts }));
  expect(isOffered()).toBe(false);
  expect(refused.api.calls).toEqual([
    ['alertsById', ['alert-1']],
    ['casesById', ['c1']],
  ]);
});

it('is not shown for an action without cases', async () => {
  const ui = await show(AVAILABLE, recordWith());
  expect(screen.queryByText('Cases')).toBeNull();
  expect(ui.api.calls).toEqual([['alertsById', ['alert-1']]]);
});
