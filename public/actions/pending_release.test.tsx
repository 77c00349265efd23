import { screen, within } from '@testing-library/react';
import { newAutomaticRelease } from '../../common/actions/automatic_release';
import type { Agent } from '../../common/hosts/agent';
import { agentWith } from '../../test/helpers/sample_hosts';
import { refusal } from '../../test/helpers/ui/http_error';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { PendingRelease } from './pending_release';

setUpUi();

const iso = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const host: Agent = agentWith({ id: '1', computerName: 'web-1', networkStatus: 'disconnected' });

async function open(minutes: number, change = {}, options: UiOptions = {}) {
  const releaseAt = iso(minutes);
  const ui = createUi({ agents: [host], ...options });
  ui.api.isolations.set('1', {
    releaseAt,
    releaseOf: 'a1',
    automaticRelease: { ...newAutomaticRelease(releaseAt, 'alice'), version: 3, ...change },
  });
  ui.show(<PendingRelease agent={host} />);
  await pass(10);
  return ui;
}
const notice = () => document.querySelector('[data-test-subj="sentineloneResponsePendingRelease"]');
const sent = ({ api }: ReturnType<typeof createUi>) =>
  api.calls.filter(([method]) => method === 'changeRelease').map(([, input]) => input);

it('shows the time, and changes it with a comment', async () => {
  const ui = await open(180);
  expect(notice()).toHaveTextContent('Released automatically in 3 hours');
  await ui.user.click(
    screen.getByRole('button', { name: 'Change the automatic release of web-1' })
  );
  await pass(10);
  const dialog = screen.getByRole('dialog', { name: 'Change the automatic release of web-1' });
  const send = within(dialog).getByRole('button', { name: 'Change time' });
  await ui.user.click(send);
  await pass(10);
  expect(dialog).toHaveTextContent('Enter a reason.');
  expect(sent(ui)).toEqual([]);

  await ui.user.selectOptions(
    within(dialog).getByRole('combobox', { name: 'Release automatically' }),
    'After 4 hours'
  );
  await enter(ui, within(dialog).getByRole('textbox', { name: 'Comment' }), 'not clean yet');
  ui.api.fail('changeRelease', refusal(409, 'release_changed'), 1);
  await ui.user.click(send);
  await pass(10);
  expect(dialog).toHaveTextContent('The automatic release was changed in the meantime.');
  await ui.user.click(send);
  await pass(10);
  expect(sent(ui).at(-1)).toEqual({
    actionId: 'a1',
    change: 'changeRelease',
    body: { comment: 'not clean yet', version: 3, releaseAfterMinutes: 240 },
  });
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(ui.toasts.map(({ title }) => title)).toEqual(['Automatic release of web-1 changed']);
  expect(notice()).toHaveTextContent('in 4 hours');
});

it('states why a release is overdue, and cancels it', async () => {
  const ui = await open(-30, { problem: { reason: 'unreachable', detail: 'No route to host' } });
  expect(notice()).toHaveTextContent('The automatic release is overdue. It was due 30 minutes ago');
  expect(notice()).toHaveTextContent('No route to host');
  await ui.user.click(
    screen.getByRole('button', { name: 'Cancel the automatic release of web-1' })
  );
  await pass(10);
  const dialog = screen.getByRole('dialog', { name: 'Cancel the automatic release of web-1' });
  expect(dialog).toHaveTextContent('stay isolated until a user releases them');
  await enter(ui, within(dialog).getByRole('textbox', { name: 'Comment' }), 'kept');
  await ui.user.click(within(dialog).getByRole('button', { name: 'Cancel automatic release' }));
  await pass(10);
  expect(sent(ui)).toEqual([
    { actionId: 'a1', change: 'cancelRelease', body: { comment: 'kept', version: 3 } },
  ]);
  expect(notice()).toBeNull();
});

it.each<[string, object, UiOptions]>([
  ['for a user who may not release', {}, { rights: { release: false } }],
  ['once the release has begun', { state: 'releasing' }, {}],
])('offers no change %s', async (_, change, options) => {
  await open(-1, change, options);
  expect(notice()).toBeInTheDocument();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
