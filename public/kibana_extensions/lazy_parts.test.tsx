import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { i18n } from '@kbn/i18n';
import { fakeServices, inFake } from '../../test/helpers/ui/fake_services';
import { openBulk, rowActionOf } from './lazy_parts';

/** Flyouts are loaded at the click that opens one. Whoever clicked must not wait for nothing. */

let mockIsAway: boolean;
jest.mock('./lazy_flyouts', () => {
  if (mockIsAway) throw new Error('Failed to fetch dynamically imported module');
  return {
    openAlertFlyout: () => mockOpened.push('alert'),
    openBulkFlyout: () => mockOpened.push('bulk'),
  };
});
const mockOpened: string[] = [];

const NOT_LOADED = {
  color: 'danger',
  title: 'SentinelOne Response could not be loaded. Reload the page, then try again.',
};

beforeEach(() => {
  mockIsAway = true;
  mockOpened.length = 0;
  jest.resetModules();
  jest.spyOn(console, 'debug').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

it('says that the flyout of an alert could not be loaded, and tries again at the next click', async () => {
  const services = fakeServices();
  const RowAction = rowActionOf(services);
  render(inFake(services, <RowAction alert={{ alertId: 'a1' }} />));
  const icon = screen.getByRole('button', { name: 'SentinelOne host of this alert' });
  await userEvent.click(icon);
  await waitFor(() => expect(services.toasts).toEqual([NOT_LOADED]));
  expect(mockOpened).toEqual([]);
  mockIsAway = false;
  await userEvent.click(icon);
  await waitFor(() => expect(mockOpened).toEqual(['alert']));
  expect(services.toasts).toHaveLength(1);
});

it('says that the flyout of many hosts could not be loaded', async () => {
  const services = fakeServices();
  openBulk(services, { action: 'isolate', alertIds: ['a1'] });
  await waitFor(() => expect(services.toasts).toEqual([NOT_LOADED]));
  expect(mockOpened).toEqual([]);
});

it('translates the text for a flyout that could not be loaded', async () => {
  const translate = jest.spyOn(i18n, 'translate').mockImplementation((id) => `[${id}]`);
  const services = fakeServices();
  openBulk(services, { action: 'isolate', alertIds: ['a1'] });
  await waitFor(() => expect(services.toasts).toHaveLength(1));
  expect(services.toasts).toEqual([
    { color: 'danger', title: '[sentineloneResponse.loadFailure]' },
  ]);
  expect(translate).toHaveBeenCalledTimes(1);
});
