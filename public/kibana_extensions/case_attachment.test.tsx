import { screen } from '@testing-library/react';
import { httpError } from '../../test/helpers/ui/http_error';
import { alerted } from '../../test/helpers/ui/queries';
import { createUi, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import { newAutomaticRelease, type AutomaticRelease } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { CaseAttachmentView, CaseEvent } from './case_attachment';

setUpUi();

const ACTION_ID = '00000000-0000-4000-8000-000000000001';
const host = (changes: Partial<RecordedHost> = {}): RecordedHost => ({
  uuid: 'aaaa1111',
  agentId: '1001',
  name: 'web-7',
  outcome: 'requested',
  reason: 'offline',
  ...changes,
});
const record = (changes: Partial<ActionRecord> = {}): ActionRecord => ({
  actionId: ACTION_ID,
  action: 'isolate',
  state: 'requested',
  connectorId: 'connector',
  tenant: 'https://example.sentinelone.net',
  actor: { username: 'alice', authentication: 'realm' },
  comment: 'Beaconing to evil.example.com',
  alertIds: ['alert-1'],
  caseIds: ['c1'],
  requestedAt: '2024-03-01T10:00:00.000Z',
  updatedAt: '2024-03-01T10:00:00.000Z',
  hosts: [host()],
  group: 0,
  groups: 1,
  sortKey: 1,
  ...changes,
});
/** Metadata of an attachment, which any user who may add to cases can forge. */
const FORGED = { action: 'release', hosts: [{ name: 'dc-01', agentId: '1' }], hostCount: 1 };
const props = ({ externalReferenceId = ACTION_ID, caseId = 'c1' } = {}) => ({
  attachmentId: 'at-1',
  caseData: { id: caseId, title: 'Ransomware' },
  externalReferenceId,
  externalReferenceMetadata: FORGED,
});

describe("the event in the case's activity", () => {
  const eventOf = async (actions: readonly ActionRecord[], given = props()) => {
    const ui = createUi({ actions });
    const { container } = ui.show(<CaseEvent {...given} />);
    await pass(10);
    expect(container).not.toHaveTextContent('dc-01');
    return { ...ui, text: container.textContent };
  };
  const hosts = (count: number) => Array.from({ length: count }, () => host());

  it.each<[Partial<ActionRecord>, string]>([
    [{}, 'added the isolation of host web-7, requested by alice'],
    [
      { action: 'release', hosts: hosts(2) },
      'added the release of web-7 and 1 other host, requested by alice',
    ],
    [{ hosts: hosts(12) }, 'added the isolation of web-7 and 11 other hosts, requested by alice'],
    [
      { hosts: [host({ name: null, uuid: null })] },
      'added the isolation of host 1001, requested by alice',
    ],
  ])('describes the record: %#', async (changes, text) => {
    expect((await eventOf([record(changes)])).text).toBe(text);
  });

  it('reports that there is no record with this id', async () => {
    expect((await eventOf([])).text).toBe(
      'added a SentinelOne action that has no record in this space'
    );
  });

  it('shows no details to a user who may not view the record', async () => {
    const ui = createUi({ actions: [record()] });
    ui.api.fail('action', httpError(403, { message: 'Forbidden' }));
    const { container } = ui.show(<CaseEvent {...props()} />);
    await pass(10);
    expect(container).toHaveTextContent(/^added a SentinelOne action$/);
  });
});

describe('the attachment', () => {
  async function open(actions: readonly ActionRecord[]) {
    const ui = createUi({ actions });
    ui.show(<CaseAttachmentView {...props()} />);
    await pass(10);
    return ui;
  }
  const valueOf = (name: string) =>
    screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

  it('shows action, host, comment, user and status', async () => {
    const automaticRelease: AutomaticRelease = {
      ...newAutomaticRelease('2024-03-01T14:00:00.000Z', 'bob'),
      state: 'cancelled',
    };
    const ui = await open([record({ releaseAt: null, automaticRelease })]);
    expect(valueOf('Automatic release')).toBe('Automatic release cancelled by bob');
    expect(screen.getByText('Isolate')).toBeVisible();
    expect(valueOf('Host')).toBe('web-7');
    expect(valueOf('Comment')).toBe('Beaconing to evil.example.com');
    expect(valueOf('User')).toBe('alice');
    expect(screen.getByRole('status')).toHaveTextContent(/In progress.*is offline/);
    expect(screen.getByRole('link', { name: 'Alert alert-1' })).toHaveAttribute(
      'href',
      '/app/sentineloneResponse/alerts/alert-1'
    );
    await ui.user.click(screen.getByRole('link', { name: 'Show in History' }));
    expect(ui.visited[0]).toContain(`search=${ACTION_ID}`);
  });

  it('refreshes until the action has ended for all hosts', async () => {
    const actions = [record()];
    const ui = await open(actions);
    await pass(1_000);
    expect(ui.api.count('action')).toBe(2);
    actions[0] = record({
      state: 'ended',
      updatedAt: '2024-03-01T10:00:05.000Z',
      tookMs: 5_000,
      hosts: [host({ outcome: 'done', reason: undefined })],
    });
    await pass(2_000);
    expect(screen.getByRole('status')).toHaveTextContent(
      /Succeeded.*SentinelOne confirmed the network status\./
    );
    expect(valueOf('Duration')).toBe('5.0 s');
    const asked = ui.api.count('action');
    await pass(120_000);
    expect(ui.api.count('action')).toBe(asked);
  });

  it('shows the number of hosts if there are several, and the first ten', async () => {
    await open([
      record({ hosts: Array.from({ length: 12 }, (_, n) => host({ name: `web-${n}` })) }),
    ]);
    expect(screen.getByText('In progress: 12')).toBeVisible();
    expect(valueOf('Hosts')).toContain('web-9');
    expect(valueOf('Hosts')).toContain('and 2 more');
  });

  it('reports that the record does not exist', async () => {
    await open([]);
    expect(alerted()).toMatch(/There is no record of this action in this space/);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('reports the required privilege to a user who may not view hosts', async () => {
    const ui = createUi();
    ui.api.fail('action', httpError(403, { message: 'Forbidden' }));
    ui.show(<CaseAttachmentView {...props()} />);
    await pass(10);
    expect(
      screen.getByText(/with the privilege to view SentinelOne hosts in this space/)
    ).toBeVisible();
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

it('reports that the record does not contain this case', async () => {
  const ui = createUi({ actions: [record()] });
  ui.show(<CaseAttachmentView {...props({ caseId: 'another' })} />);
  await pass(10);
  expect(screen.getByText('This action was not taken for this case')).toBeVisible();
  expect(screen.getByText('Beaconing to evil.example.com')).toBeVisible();
});
