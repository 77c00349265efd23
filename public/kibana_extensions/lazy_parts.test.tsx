import { waitFor } from '@testing-library/react';
import { i18n } from '@kbn/i18n';
import { fakeServices } from '../../test/helpers/ui/fake_services';
import { openAlert, openBulk, openCell } from './lazy_parts';

/** Flyouts are loaded by the click that opens one. If that fails, the user must be told. */

let mockIsUnavailable: boolean;
jest.mock('./lazy_flyouts', () => {
  if (mockIsUnavailable) throw new Error('Failed to fetch dynamically imported module');
  return {
    openAlertFlyout: () => mockOpened.push('alert'),
    openBulkFlyout: () => mockOpened.push('bulk'),
    openHostFinder: () => mockOpened.push('names'),
  };
});
const mockOpened: string[] = [];

const NOT_LOADED = {
  color: 'danger',
  title: 'SentinelOne Response could not be loaded. Reload the page, then try again.',
};

beforeEach(() => {
  mockIsUnavailable = true;
  mockOpened.length = 0;
  jest.resetModules();
  jest.spyOn(console, 'debug').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

it('reports that the flyout of an alert could not be loaded, and tries again at the next click', async () => {
  const services = fakeServices();
  openAlert(services, { alertId: 'a1' });
  await waitFor(() => expect(services.toasts).toEqual([NOT_LOADED]));
  expect(mockOpened).toEqual([]);
  mockIsUnavailable = false;
  openAlert(services, { alertId: 'a1' });
  await waitFor(() => expect(mockOpened).toEqual(['alert']));
  expect(services.toasts).toHaveLength(1);
});

it('reports that the flyout of several hosts could not be loaded', async () => {
  const services = fakeServices();
  openBulk(services, { action: 'isolate', alertIds: ['a1'] });
  await waitFor(() => expect(services.toasts).toEqual([NOT_LOADED]));
  expect(mockOpened).toEqual([]);
});

it('opens the hosts in a cell, and nothing for a cell without one', async () => {
  const services = fakeServices();
  mockIsUnavailable = false;
  const cell = (name: string, value: unknown) =>
    openCell(services, { data: [{ field: { name, type: 'string' }, value }] } as never);
  cell('host.name', []);
  cell('host.name', 'web-1');
  cell('observer.serial_number', '0efd');
  await waitFor(() => expect(mockOpened).toEqual(['names', 'alert']));
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
