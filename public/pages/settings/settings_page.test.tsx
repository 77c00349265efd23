import { createMemoryHistory } from 'history';
import { Router } from 'react-router-dom';
import { configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import {
  DEFAULT_PROTECTION_SETTINGS,
  type ProtectionSettings,
} from '../../../common/hosts/protection_settings';
import type { Connection } from '../../../common/api/routes';
import type { RetentionSettings } from '../../../common/api/retention_settings';
import { fakeServices, inFake } from '../../../test/helpers/ui/fake_services';
import { SettingsContent } from './settings_page';
import type { SettingsApi, StoredSettings } from './settings_api';

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });

const storedProtection = (
  changes: Partial<ProtectionSettings> = {},
  etag = '"1"'
): StoredSettings<ProtectionSettings> => ({
  settings: { ...DEFAULT_PROTECTION_SETTINGS, ...changes },
  etag,
});

const kept = (daysKept: number | null, etag = '"1"'): StoredSettings<RetentionSettings> => ({
  settings: { daysKept },
  etag,
});

const preconditionFailed = () =>
  Promise.reject(Object.assign(new Error('x'), { response: { status: 412 } }));

interface Options {
  readonly api?: Partial<SettingsApi>;
  readonly mayChange?: boolean;
  /** Whether the connector comes from `kibana.yml`. */
  readonly isPreconfigured?: boolean;
  /** The answer to every confirmation. */
  readonly confirms?: boolean;
}

function show({
  api = {},
  mayChange = true,
  isPreconfigured = false,
  confirms = true,
}: Options = {}) {
  const given = {
    protection: jest.fn(async () => storedProtection()),
    saveProtection: jest.fn(async ({ settings }) => ({ settings, etag: '"2"' })),
    retention: jest.fn(async () => kept(null)),
    saveRetention: jest.fn(async ({ settings }) => ({ settings, etag: '"2"' })),
    previewProtection: jest.fn(async () => ({
      patterns: [],
      protectedAgents: 0,
      lookedAt: 0,
      total: 0,
    })),
    ...(api as object),
  } as unknown as jest.Mocked<SettingsApi>;
  const history = createMemoryHistory({ initialEntries: ['/settings'] });
  const connection = async (): Promise<Connection> => ({
    state: 'one',
    connector: { id: 'ours', name: 'Tenant A', isPreconfigured },
    commentRequired: true,
    maxHosts: 1_000,
  });
  const services = fakeServices({
    api: { connection },
    rights: { settings: mayChange },
    basePath: '/s/ops',
    confirms,
  });
  render(
    inFake(
      services,
      <Router history={history}>
        <SettingsContent api={given} />
      </Router>
    )
  );
  const { openConfirm, visited } = services;
  return { api: given, openConfirm, history, visited };
}

const button = (text: string) => screen.getByText(text).closest('button')!;
const saveProtectionButton = () => button('Save protection settings');
const saveRetentionButton = () => button('Save retention settings');
const COMMENT = 'Require a comment for every action';

describe('protection settings', () => {
  it('adds a pattern, shows what it matches, and saves', async () => {
    const previewProtection = jest.fn(async () => ({
      patterns: [{ matches: 1, hosts: [{ agentId: '1', name: 'dc-1' }] }],
      protectedAgents: 1,
      lookedAt: 30,
      total: 30,
    }));
    const { api } = show({ api: { previewProtection } });
    expect((await screen.findByText('Save protection settings')).closest('button')).toBeDisabled();
    fireEvent.click(screen.getByText('Add pattern'));
    fireEvent.change(screen.getByLabelText('Pattern 1'), { target: { value: 'dc-*' } });
    fireEvent.click(screen.getByText('Preview matching hosts'));
    await screen.findByText('Matches 1 host: dc-1');
    await screen.findByText('1 host matches a pattern, of 30 checked.');
    fireEvent.click(saveProtectionButton());
    const protectedHosts = [{ field: 'name', pattern: 'dc-*' } as const];
    await waitFor(() =>
      expect(api.saveProtection).toHaveBeenCalledWith(storedProtection({ protectedHosts }))
    );
    // The next change is one to what was saved.
    await waitFor(() => expect(screen.queryByText('Discard changes')).toBeNull());
    fireEvent.click(screen.getByText(COMMENT));
    fireEvent.click(saveProtectionButton());
    await waitFor(() =>
      expect(api.saveProtection).toHaveBeenLastCalledWith(
        storedProtection({ protectedHosts, commentRequired: false }, '"2"')
      )
    );
  });

  it('reports that the settings of all spaces apply if the connector applies to every space', async () => {
    show({ isPreconfigured: true });
    expect(
      await screen.findByText('The settings of all spaces apply together')
    ).toBeInTheDocument();
    expect(screen.getByText(/The connector "Tenant A" is configured in kibana.yml/)).toBeVisible();
    expect(
      screen.getByText(/the shortest of the longest allowed times until an automatic release/)
    ).toBeVisible();
  });

  it('does not mention other spaces if the connector belongs to this space', async () => {
    show();
    await screen.findByText('Save protection settings');
    expect(screen.queryByText('The settings of all spaces apply together')).toBeNull();
  });

  it('does not overwrite what another user saved meanwhile', async () => {
    const protectedHosts = [{ field: 'name', pattern: 'dc-*' } as const];
    const protection = jest.fn(async () => storedProtection());
    const saveProtection = jest.fn(preconditionFailed);
    show({ api: { protection, saveProtection } });
    const comment = await screen.findByText(COMMENT);
    fireEvent.click(comment);
    protection.mockImplementation(async () => storedProtection({ protectedHosts }, '"7"'));
    fireEvent.click(saveProtectionButton());
    await screen.findByText('Another user has changed these settings');
    // What was typed is still there, and cannot be saved over theirs.
    expect(screen.getByLabelText(COMMENT)).not.toBeChecked();
    expect(saveProtectionButton()).toBeDisabled();
    expect(saveProtection).toHaveBeenCalledTimes(1);
    fireEvent.click(screen.getByText('Discard my changes and load the current settings'));
    expect(await screen.findByLabelText('Pattern 1')).toHaveValue('dc-*');
    expect(screen.getByLabelText(COMMENT)).toBeChecked();
    fireEvent.click(screen.getByText(COMMENT));
    expect(saveProtectionButton()).toBeEnabled();
  });

  it('shows what another user saved if there are no changes here', async () => {
    const protectedHosts = [{ field: 'name', pattern: 'dc-*' } as const];
    const protection = jest.fn(async () => storedProtection());
    show({ api: { protection } });
    await screen.findByText(COMMENT);
    protection.mockImplementation(async () => storedProtection({ protectedHosts }, '"7"'));
    fireEvent.focus(window);
    fireEvent(document, new Event('visibilitychange'));
    expect(await screen.findByLabelText('Pattern 1')).toHaveValue('dc-*');
    expect(screen.queryByText('Another user has changed these settings')).toBeNull();
  });

  it.each([
    ['ip', '10.0.0.0/99', /accepted is an IP address/],
    ['name', ' dc-1', /no blanks at its ends/],
    ['name', '', 'Enter a pattern, or remove this row'],
    ['name', '  ', 'Enter a pattern, or remove this row'],
  ] as const)('states why the %s pattern "%s" cannot be saved', async (field, pattern, why) => {
    const { api } = show({
      api: { protection: async () => storedProtection({ protectedHosts: [{ field, pattern }] }) },
    });
    fireEvent.click(await screen.findByText(COMMENT));
    fireEvent.click(saveProtectionButton());
    await screen.findByText(why);
    await screen.findByText('Not saved. Correct the fields that are marked above.');
    expect(api.saveProtection).not.toHaveBeenCalled();
  });

  it('shows no error for a new blank pattern before the user has left it', async () => {
    show();
    fireEvent.click(await screen.findByText('Add pattern'));
    const why = 'Enter a pattern, or remove this row';
    expect(screen.queryByText(why)).toBeNull();
    fireEvent.blur(screen.getByLabelText('Pattern 1'));
    await screen.findByText(why);
    fireEvent.click(screen.getByLabelText('Remove pattern 1'));
    await waitFor(() => expect(screen.queryByText(why)).toBeNull());
    expect(saveProtectionButton()).toBeDisabled();
  });

  it('saves when isolations end automatically, with a default up to the longest allowed time', async () => {
    const { api } = show();
    const byDefault = await screen.findByLabelText('Default');
    const longest = screen.getByLabelText('Longest allowed time');
    const unitOfLongest = screen.getByLabelText('Unit of the longest allowed time');
    expect(byDefault).toHaveDisplayValue('Never');
    expect(longest).toHaveValue(90);
    expect(unitOfLongest).toHaveDisplayValue('days');
    const choose = (field: Element, value: string) =>
      fireEvent.change(field, { target: { value } });
    const isRefused = async (why: string) => {
      await screen.findByText(why);
      fireEvent.click(saveProtectionButton());
      await screen.findByText('Not saved. Correct the fields that are marked above.');
      expect(api.saveProtection).not.toHaveBeenCalled();
    };
    // Longest time: 5 minutes to 90 days.
    choose(longest, '91');
    await isRefused('Enter a time from 5 minutes to 90 days, in whole minutes.');
    choose(unitOfLongest, 'minutes');
    choose(longest, '4');
    await isRefused('Enter a time from 5 minutes to 90 days, in whole minutes.');
    // A default, offered or custom, is never longer.
    choose(longest, '120');
    choose(byDefault, '240');
    await isRefused(
      'The default must not be longer than the longest allowed time, which is 2 hours.'
    );
    choose(byDefault, 'custom');
    const custom = screen.getByLabelText('Default time until the automatic release');
    expect(custom).toHaveValue(null);
    await isRefused('Enter a time from 5 minutes to 2 hours, in whole minutes.');
    choose(screen.getByLabelText('Unit of the default time'), 'minutes');
    choose(custom, '121');
    await isRefused(
      'The default must not be longer than the longest allowed time, which is 2 hours.'
    );
    // What was typed stays, also where an option has the same time.
    choose(custom, '60');
    expect(byDefault).toHaveDisplayValue('Custom time');
    choose(custom, '90');
    fireEvent.click(saveProtectionButton());
    await waitFor(() =>
      expect(api.saveProtection).toHaveBeenCalledWith(
        storedProtection({ automaticRelease: { defaultMinutes: 90, longestMinutes: 120 } })
      )
    );
  });

  it('discards changes', async () => {
    const { api } = show();
    fireEvent.click(await screen.findByText('Add pattern'));
    fireEvent.click(screen.getByText('Discard changes'));
    expect(screen.queryByLabelText('Pattern 1')).toBeNull();
    expect(saveProtectionButton()).toBeDisabled();
    expect(api.saveProtection).not.toHaveBeenCalled();
  });

  it('is read only without the privilege', async () => {
    show({ mayChange: false });
    await screen.findByText(/You can view these settings but not change them/);
    expect(saveProtectionButton()).toBeDisabled();
    expect(await screen.findByLabelText('Remove old records')).toBeDisabled();
  });
});

describe('retention settings', () => {
  const setDays = (days: string) =>
    fireEvent.change(screen.getByLabelText('Days to keep records'), {
      target: { value: days },
    });

  it('keeps records forever until a limit is entered and confirmed', async () => {
    const { api, openConfirm } = show();
    fireEvent.click(await screen.findByLabelText('Remove old records'));
    setDays('');
    await screen.findByText('Enter a whole number from 1 to 36,500');
    fireEvent.click(saveRetentionButton());
    await screen.findByText('Not saved. Correct the fields that are marked above.');
    expect(api.saveRetention).not.toHaveBeenCalled();
    expect(openConfirm).not.toHaveBeenCalled();
    setDays('90');
    fireEvent.click(saveRetentionButton());
    await waitFor(() => expect(api.saveRetention).toHaveBeenCalledWith(kept(90)));
    expect(openConfirm).toHaveBeenCalledWith(
      expect.stringContaining('more than 90 days ago are removed'),
      expect.objectContaining({ buttonColor: 'danger' })
    );
    await waitFor(() => expect(saveRetentionButton()).toBeDisabled());
  });

  it('removes nothing without confirmation', async () => {
    const retention = async () => kept(90);
    const { api, openConfirm } = show({ api: { retention }, confirms: false });
    await screen.findByLabelText('Days to keep records');
    setDays('30');
    fireEvent.click(saveRetentionButton());
    await waitFor(() => expect(openConfirm).toHaveBeenCalledTimes(1));
    expect(api.saveRetention).not.toHaveBeenCalled();
  });

  it('does not shorten a period that another user extended meanwhile', async () => {
    const retention = jest.fn(async () => kept(365));
    const saveRetention = jest.fn(preconditionFailed);
    show({ api: { retention, saveRetention } });
    await screen.findByLabelText('Days to keep records');
    setDays('400');
    retention.mockImplementation(async () => kept(null, '"9"'));
    fireEvent.click(saveRetentionButton());
    await screen.findByText('Another user has changed these settings');
    expect(saveRetentionButton()).toBeDisabled();
    fireEvent.click(screen.getByText('Discard my changes and load the current settings'));
    await waitFor(() => expect(screen.getByLabelText('Remove old records')).not.toBeChecked());
  });

  it('asks for no confirmation if more is kept than before', async () => {
    const { api, openConfirm } = show({ api: { retention: async () => kept(90) } });
    fireEvent.click(await screen.findByLabelText('Remove old records'));
    fireEvent.click(saveRetentionButton());
    await waitFor(() => expect(api.saveRetention).toHaveBeenCalledWith(kept(null)));
    expect(openConfirm).not.toHaveBeenCalled();
  });
});

describe('leaving with unsaved changes', () => {
  const leave = { pathname: '/history', search: '?page=2', hash: '' };

  it('stays on the page when the user keeps editing', async () => {
    const { history, openConfirm, visited } = show({ confirms: false });
    fireEvent.click(await screen.findByText(COMMENT));
    history.push(leave);
    await waitFor(() => expect(openConfirm).toHaveBeenCalledTimes(1));
    expect(history.location.pathname).toBe('/settings');
    expect(visited).toEqual([]);
    expect(screen.getByLabelText(COMMENT)).not.toBeChecked();
  });

  it("continues to the requested page, in the user's space, after confirmation", async () => {
    const { history, openConfirm, visited } = show();
    fireEvent.click(await screen.findByLabelText('Remove old records'));
    history.push(leave);
    await waitFor(() => expect(visited).toEqual(['/s/ops/history?page=2']));
    expect(openConfirm).toHaveBeenCalledTimes(1);
    // Nothing asks a second time.
    history.push(leave);
    expect(history.location.pathname).toBe('/history');
  });

  it('lets the browser ask before the tab is closed', async () => {
    show();
    const close = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(close()).toBe(false);
    fireEvent.click(await screen.findByText(COMMENT));
    await waitFor(() => expect(close()).toBe(true));
    fireEvent.click(screen.getByText('Discard changes'));
    await waitFor(() => expect(close()).toBe(false));
  });

  it('does not ask without unsaved changes', async () => {
    const { history, openConfirm, api } = show();
    fireEvent.click(await screen.findByText(COMMENT));
    fireEvent.click(saveProtectionButton());
    await waitFor(() => expect(api.saveProtection).toHaveBeenCalled());
    await waitFor(() => expect(saveProtectionButton()).toBeDisabled());
    history.push(leave);
    expect(history.location.pathname).toBe('/history');
    expect(openConfirm).not.toHaveBeenCalled();
  });
});
