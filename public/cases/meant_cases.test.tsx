import { screen } from '@testing-library/react';
import { useState, type FC } from 'react';
import { httpError } from '../../test/ui/http_error';
import { alerted, button } from '../../test/ui/looking';
import { createUi, pass, setUpUi } from '../../test/ui/render_ui';
import type { Cases } from '../../common/cases';
import { ActionDetails } from '../history/action_details';
import { hostWith, openHost, recordWith } from '../history/test_support';

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
const result = () => screen.getByRole('group', { name: 'What came of attaching' });

it('calls the cases what they are, with links', async () => {
  await show();
  expect(screen.getByText('Meant for cases')).toBeVisible();
  expect(screen.queryByText('Cases')).toBeNull();
  expect(screen.getByRole('link', { name: 'c1' })).toHaveAttribute(
    'href',
    '/app/securitySolutionUI/cases/c1'
  );
  expect(screen.queryByText(/Attached/)).toBeNull();
});

it('attaches by the keyboard, once, and leads to what came of it', async () => {
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

it('says for each case why not, and attaches again where that helps', async () => {
  const ui = await show();
  ui.api.caseProblems.set('c2', { reason: 'not_shown' });
  await ui.user.click(button(ATTACH));
  await pass(10);
  expect(screen.getByRole('status')).toHaveTextContent('Attached to the case Title of c1');
  expect(alerted()).toMatch(/c2: The case holds it, but does not show it/);
  expect(alerted()).toMatch(/Somebody who may also delete what is in cases/);
  ui.api.caseProblems.clear();
  await ui.user.click(button('Attach again'));
  await pass(10);
  expect(ui.api.calls.at(-1)).toEqual(['attach', { actionId: 'a-1', caseIds: ['c2'] }]);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('keeps what came of it when the action settles meanwhile', async () => {
  const open = recordWith({ actionId: 'a-1', caseIds: ['c1'], hosts: [openHost()] });
  const ui = createUi({ cases: AVAILABLE });
  const ended = recordWith({ actionId: 'a-1', caseIds: ['c1'] });
  const Settling: FC = () => {
    const [shown, setShown] = useState(open);
    return (
      <>
        <button onClick={() => setShown(ended)}>Settle</button>
        <ActionDetails record={shown} />
      </>
    );
  };
  ui.show(<Settling />);
  await pass(10);
  await ui.user.click(button('Attach to this case'));
  await pass(10);
  await ui.user.click(button('Settle'));
  expect(screen.getByText('Ended')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('Attached to the case Title of c1');
});

it('says what failed, and can be tried again', async () => {
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

it('speaks of one case as one', async () => {
  await show(AVAILABLE, recordWith({ caseIds: ['c1'] }));
  expect(button('Attach to this case')).toBeEnabled();
});

it.each<[string, Cases]>([
  ['where there are no cases', { state: 'unavailable' }],
  ['to who may not add to them', { state: 'forbidden' }],
])('is not offered %s', async (_, cases) => {
  await show(cases);
  expect(screen.getByRole('link', { name: 'c1' })).toBeVisible();
  expect(isOffered()).toBe(false);
});

it('is not offered when every host was refused, and nothing is asked for', async () => {
  const hosts = [hostWith({ outcome: 'refused' })];
  const refused = await show(AVAILABLE, recordWith({ caseIds: ['c1'], hosts }));
  expect(isOffered()).toBe(false);
  expect(refused.api.calls).toEqual([]);
});

it('is left out of an action without cases', async () => {
  const ui = await show(AVAILABLE, recordWith());
  expect(screen.queryByText('Meant for cases')).toBeNull();
  expect(ui.api.calls).toEqual([]);
});
