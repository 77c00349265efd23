import { cleanup, screen, within } from '@testing-library/react';
import { newAutomaticRelease, type AutomaticRelease } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import type { Agent } from '../../common/hosts/agent';
import { agentWith } from '../../test/helpers/sample_hosts';
import { refusal } from '../../test/helpers/ui/http_error';
import { createUi, enter, pass, setUpUi, type UiOptions } from '../../test/helpers/ui/render_ui';
import { hostWith, listed, pageOf, recordWith } from '../../test/helpers/ui/action_history';
import { HostHistory } from '../action_history/host_history';
import { PendingRelease, releaseIn } from './pending_release';

setUpUi();

const iso = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const host: Agent = agentWith({ id: '1', computerName: 'web-1', networkStatus: 'disconnected' });

const timed = (minutes: number, change: Partial<AutomaticRelease> = {}) => {
  const releaseAt = iso(minutes);
  const automaticRelease = { ...newAutomaticRelease(releaseAt, 'alice'), version: 3, ...change };
  return { releaseAt, automaticRelease };
};
const recordOf = (fields: Partial<ActionRecord> = {}): ActionRecord =>
  recordWith({ hosts: [hostWith({ agentId: '1', name: 'web-1' })], ...fields });

async function open(minutes: number, change = {}, options: UiOptions = {}) {
  const actions = [recordOf({ actionId: 'a1', ...timed(minutes, change) })];
  const ui = createUi({ agents: [host], actions, ...options });
  ui.show(<PendingRelease agent={host} subject={{ agentId: '1' }} />);
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

const ofHost = (fields: Partial<RecordedHost>) => [
  hostWith({ agentId: '1', name: 'web-1', ...fields }),
];
const PENDING = () => recordOf({ actionId: 'a1', ...timed(60) });

it.each<[string, () => readonly ActionRecord[], 'pending' | 'none' | 'unknown']>([
  ['of the isolation', () => [PENDING()], 'pending'],
  ['while it is in progress', () => [recordOf(timed(-1, { state: 'releasing' }))], 'pending'],
  [
    'behind a scan, a refused and a failed request',
    () => [
      recordOf({ action: 'scan' }),
      recordOf({ action: 'release', hosts: ofHost({ outcome: 'refused', reason: 'in_flight' }) }),
      recordOf({ hosts: ofHost({ outcome: 'failed', reason: 'forbidden' }) }),
      PENDING(),
    ],
    'pending',
  ],
  [
    'although its own release has begun',
    () => [
      recordOf({
        action: 'release',
        endsAction: { actionId: 'a1', requestedBy: 'a', requestedAt: iso(-9), releaseAt: iso(-1) },
      }),
      PENDING(),
    ],
    'pending',
  ],
  [
    'that a later request replaced',
    () => [
      recordOf({
        ...{ actionId: 'a2', ...timed(90) },
        hosts: ofHost({ outcome: 'unchanged', replacesReleaseOf: 'a1' }),
      }),
      PENDING(),
    ],
    'pending',
  ],
  ['that is cancelled', () => [recordOf({ ...timed(60, { state: 'cancelled' }) })], 'none'],
  ['that is over', () => [recordOf({ ...timed(-60, { state: 'ended' }) })], 'none'],
  ['after a release', () => [recordOf({ action: 'release' }), PENDING()], 'none'],
  [
    'after a later request without an end',
    () => [recordOf({ hosts: ofHost({ outcome: 'unchanged' }) }), PENDING()],
    'none',
  ],
  ['without records here', () => [], 'unknown'],
  [
    'of an action whose list does not have the host',
    () => [recordOf({ hosts: [hostWith({ agentId: '2' })] }), PENDING()],
    'unknown',
  ],
  [
    'after a request of which it is not known whether it had an effect',
    () => [recordOf({ hosts: ofHost({ outcome: 'failed', reason: 'undone' }) }), PENDING()],
    'unknown',
  ],
])('reads the release from the latest records: %s', (_, records, kind) => {
  const actions = records();
  const found = releaseIn(pageOf(actions.map(listed)), { id: '1' });
  expect(found.kind).toBe(kind);
  if (found.kind === 'pending') {
    const of = actions.find(({ automaticRelease }) => automaticRelease !== undefined);
    expect(found.release).toMatchObject({ releaseOf: of!.actionId, releaseAt: of!.releaseAt });
  }
  // There is more than the page has.
  expect(releaseIn(pageOf(actions.map(listed), { total: 9 }), { id: '1' }).kind).toBe(kind);
  if (actions.length > 0) return;
  const outside = { id: '1', isIsolatedOutside: true };
  expect(releaseIn(pageOf([]), outside).kind).toBe('none');
  expect(releaseIn(pageOf([], { total: 9 }), outside).kind).toBe('unknown');
});

describe('asks for', () => {
  const show = async (options: UiOptions, agent = host) => {
    const ui = createUi({ agents: [agent], ...options });
    const releaseAt = iso(60);
    const automaticRelease = newAutomaticRelease(releaseAt, 'alice');
    ui.api.isolations.set('1', { releaseAt, releaseOf: 'a1', automaticRelease });
    ui.show(
      <>
        <PendingRelease agent={agent} subject={{ agentId: '1' }} />
        <HostHistory subject={{ agentId: '1' }} />
      </>
    );
    await pass(10);
    await pass(60_000);
    return { history: ui.api.count('actions'), isolated: ui.api.count('isolatedHosts') };
  };
  const alone = async () => {
    const ui = createUi({ agents: [host] });
    ui.show(<HostHistory subject={{ agentId: '1' }} />);
    await pass(10);
    await pass(60_000);
    return ui.api.count('actions');
  };

  it('nothing but the history that the page reads anyway, also not in the isolated hosts', async () => {
    const usual = await alone();
    cleanup();
    expect(await show({ actions: [PENDING()] })).toEqual({ history: usual, isolated: 0 });
    cleanup();
    const outside = { ...host, isIsolatedOutside: true };
    expect(await show({ actions: [] }, outside)).toEqual({ history: usual, isolated: 0 });
    cleanup();
    const connected = agentWith({ id: '1', networkStatus: 'connected' });
    expect(await show({ actions: [PENDING()] }, connected)).toMatchObject({ isolated: 0 });
  });

  it('the isolated host only if the latest records do not tell', async () => {
    const hosts = [hostWith({ agentId: '2' })];
    const { isolated } = await show({ actions: [recordOf({ hosts })] });
    expect(isolated).toBeGreaterThanOrEqual(2);
    expect(notice()).toHaveTextContent('Released automatically in an hour');
  });
});
