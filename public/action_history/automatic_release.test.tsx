import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  newAutomaticRelease,
  type AutomaticRelease,
  type HandledHost,
} from '../../common/actions/automatic_release';
import { wholeAction, type ActionRecord, type RecordedAction } from '../../common/actions/record';
import { DAY, HOUR } from '../../common/lib/constants';
import { HistoryPage } from '../pages/history/history_page';
import { ReleaseSummary } from './automatic_release';
import { HostHistory } from './host_history';
import { hostWith, listed, recordWith, renderInApp } from '../../test/helpers/ui/action_history';

jest.setTimeout(60_000);

const iso = (fromNow: number): string => new Date(Date.now() + fromNow).toISOString();
const ISOLATION = '00000000-0000-4000-8000-00000000aaaa';
const RELEASE = '00000000-0000-4000-8000-00000000bbbb';

const timed = (
  fromNow: number,
  changes: Partial<AutomaticRelease> = {},
  fields: Partial<ActionRecord> = {}
): ActionRecord =>
  recordWith({
    releaseAt: iso(fromNow),
    automaticRelease: { ...newAutomaticRelease(iso(fromNow), 'alice'), ...changes },
    ...fields,
  });
const handled = (kind: HandledHost['kind'], changes: Partial<HandledHost> = {}): HandledHost => ({
  agentId: '1001',
  name: 'web-7',
  kind,
  at: iso(-HOUR),
  ...changes,
});
const ended = (outcome: AutomaticRelease['outcome'], at = -2 * HOUR) => ({
  state: 'ended' as const,
  outcome,
  endedAt: iso(at),
});

it.each<[string, () => ActionRecord, RegExp | null]>([
  ['without an end', () => recordWith(), null],
  ['soon', () => timed(3 * HOUR + 1_000), /^Releases automatically in 3 hours$/],
  ['in days', () => timed(3 * DAY), /^Releases automatically at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
  ['due', () => timed(-HOUR), /^Overdue Automatic release not confirmed yet$/],
  [
    'due and not possible',
    () => timed(-HOUR, { problem: { reason: 'offline', detail: null } }),
    /^Overdue Automatic release not possible: .*offline/,
  ],
  [
    'under way',
    () => timed(-HOUR, { state: 'releasing', attempts: 1 }),
    /^Automatic release in progress$/,
  ],
  ['done', () => timed(-3 * HOUR, ended('done')), /^Released automatically 2 hours ago$/],
  ['failed', () => timed(-3 * HOUR, ended('failed')), /^Automatic release failed$/],
  [
    'released before',
    () => timed(-3 * HOUR, ended('not_needed'), { handledHosts: [handled('released')] }),
    /^Automatic release not needed: released before$/,
  ],
  [
    'replaced',
    () => timed(-3 * HOUR, ended('not_needed'), { handledHosts: [handled('isolated_again')] }),
    /^Automatic release replaced by a later isolation$/,
  ],
  [
    'not needed, in a list without the hosts',
    () => timed(-3 * HOUR, ended('not_needed')),
    /^Automatic release not needed: released or isolated again before$/,
  ],
  [
    'cancelled',
    () => timed(HOUR, { state: 'cancelled', setBy: 'bob' }, { releaseAt: null }),
    /^Automatic release cancelled by bob$/,
  ],
])('shows the state of the automatic release: %s', (_name, record, text) => {
  const { container } = renderInApp(<ReleaseSummary record={record()} />);
  if (text === null) expect(container.textContent).toBe('');
  else expect(container.textContent).toMatch(text);
});

it('shows in the list and the details why it is overdue, its changes and its record', async () => {
  const user = userEvent.setup({ delay: null });
  const problem = { reason: 'offline' as const, detail: null };
  const record = timed(
    -HOUR,
    { version: 2, setBy: 'bob', attempts: 1, tries: 2, releaseActionId: RELEASE, problem },
    {
      actionId: ISOLATION,
      releaseTimeChanges: [
        { at: iso(-3 * HOUR), username: 'bob', from: iso(0), to: iso(-HOUR), comment: 'Cleaned' },
      ],
      handledHosts: [
        handled('isolated_again', { name: 'web-8', agentId: '1002', username: 'carol' }),
        handled('failed', { reason: 'not_found' }),
      ],
      hosts: [hostWith({ outcome: 'unchanged', replacesReleaseOf: RELEASE })],
    }
  );
  // Lists have neither.
  const { releaseTimeChanges: _changes, handledHosts: _hosts, ...short } = record;
  const { api, services } = renderInApp(<HistoryPage />, {
    actions: [listed(short)],
    prepare: (fake) => fake.action.mockImplementation(async () => wholeAction([record])!),
  });
  const table = await screen.findByRole('table', { name: /Actions on SentinelOne hosts/ });
  expect(await within(table).findByText('Overdue')).toBeInTheDocument();
  expect(api.action).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: /^Show details/ }));
  await screen.findByText(/^web-8: isolated again by carol$/);
  const [fact] = screen.getAllByText('Automatic release', { selector: 'dt' });
  const text = fact!.nextElementSibling!.textContent;
  expect(text).toMatch(/Due an hour ago/);
  expect(text).toMatch(/web-7: not released\. /);
  expect(text).toMatch(/Changed from .+ to an hour ago by bob, 3 hours agoCleaned/);
  await user.click(screen.getByRole('link', { name: 'Show the release in History' }));
  await user.click(
    screen.getByRole('link', { name: 'The automatic release of an earlier isolation' })
  );
  expect(services.visited).toHaveLength(2);
  for (const visited of services.visited) expect(visited).toContain(`actionId=${RELEASE}`);
});

it('shows who requested an automatic release, and which isolation it ends', async () => {
  const user = userEvent.setup({ delay: null });
  const record = recordWith({
    action: 'release',
    actor: { username: 'alice', authentication: 'scheduled' },
    endsAction: {
      actionId: ISOLATION,
      requestedBy: 'alice',
      requestedAt: iso(-4 * HOUR),
      releaseAt: iso(-HOUR),
    },
  });
  const { services } = renderInApp(<HistoryPage />, { actions: [listed(record)] });
  expect(await screen.findByText('Automatic release, requested by alice')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: /^Show details/ }));
  await user.click(screen.getByRole('link', { name: 'The isolation that alice requested' }));
  await waitFor(() => expect(services.visited.at(-1)).toContain(`actionId=${ISOLATION}`));
});

describe('in a row of the history', () => {
  const record = () => timed(2 * HOUR, { version: 3 }, { actionId: ISOLATION });
  const controls = () => screen.queryAllByRole('button', { name: /the automatic release of/ });

  it('lets users who may release change a pending release with a comment', async () => {
    const user = userEvent.setup({ delay: null });
    const changeRelease = jest.fn(async () => record() as RecordedAction);
    const others = [
      timed(HOUR, { state: 'cancelled' }, { releaseAt: null }),
      timed(-HOUR, { state: 'releasing' }),
      // A copy of what the first record of the action holds.
      timed(HOUR, {}, { group: 1, groups: 2 }),
      recordWith(),
    ];
    const actions = [record(), ...others].map((one) => listed(one));
    const { api } = renderInApp(<HistoryPage />, { actions, routes: { changeRelease } });
    await waitFor(() => expect(controls()).toHaveLength(2));
    const read = api.actions.mock.calls.length;
    await user.click(
      screen.getByRole('button', { name: /^Cancel the automatic release of web-7/ })
    );
    await user.type(await screen.findByRole('textbox', { name: 'Comment' }), 'kept');
    await user.click(screen.getByRole('button', { name: 'Cancel automatic release' }));
    await waitFor(() => expect(api.actions.mock.calls.length).toBeGreaterThan(read));
    expect(changeRelease.mock.calls).toEqual([
      [ISOLATION, 'cancelRelease', { comment: 'kept', version: 3 }],
    ]);
  });

  it('offers nothing to a user who may not release', async () => {
    renderInApp(<HistoryPage />, { actions: [listed(record())], rights: { release: false } });
    await screen.findByText(/^Releases automatically/);
    expect(controls()).toEqual([]);
  });
});

it('shows in the history of a host the state of a release, and on request who changed it and why', async () => {
  const user = userEvent.setup({ delay: null });
  const changes = [
    { at: iso(-3 * HOUR), username: 'bob', from: iso(0), to: iso(HOUR), comment: 'Cleaned' },
    {
      ...{ at: iso(-HOUR), username: 'carol', apiKey: 'cleanup', from: iso(HOUR), to: null },
      comment: 'Kept for forensics',
    },
  ];
  const state = { state: 'cancelled', version: 3, setBy: 'carol' } as const;
  const record = timed(HOUR, state, {
    ...{ actionId: ISOLATION, releaseAt: null, releaseTimeChanges: changes },
  });
  const { releaseTimeChanges: _changes, ...short } = record;
  const { api } = renderInApp(<HostHistory subject={{ agentId: '1001' }} />, {
    actions: [listed(short), listed(recordWith())],
    prepare: (fake) => fake.action.mockImplementation(async () => wholeAction([record])!),
  });
  await screen.findByText('Automatic release cancelled by carol');
  expect(api.action).not.toHaveBeenCalled();
  const show = screen.getByRole('button', { name: 'Show 2 changes' });
  await user.click(show);
  await screen.findByText('Cleaned');
  const text = screen.getByRole('list').textContent;
  expect(text).toMatch(/Changed from .+ to in an hour by bob, 3 hours agoCleaned/);
  expect(text).toMatch(
    /Cancelled by carol with API key cleanup, an hour ago\. It was in an hour\.Kept for forensics/
  );
  expect(api.action).toHaveBeenCalledTimes(1);
  await user.click(screen.getByRole('button', { name: 'Hide changes' }));
  expect(screen.queryByText('Cleaned')).toBeNull();
});
