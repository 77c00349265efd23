import type { ReactElement } from 'react';
import { screen } from '@testing-library/react';
import { httpError } from '../../test/helpers/ui/http_error';
import { button } from '../../test/helpers/ui/queries';
import { createUi, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import { agentWith, alertWith, UUID } from '../../test/helpers/sample_hosts';
import { AlertFlyoutContent } from '../actions/single/alert_flyout';
import { AlertsPage } from '../pages/alerts/alerts_page';
import { BulkFlyoutContent } from '../actions/bulk/bulk_flyout';
import { HistoryPage } from '../pages/history/history_page';
import { HostFinderContent } from '../actions/single/host_finder';
import type { ResponseApi } from '../lib/response_api';

/** "Reload" where nothing could be read yet: it stays, and keeps the focus, until there is an answer. */

setUpUi();

const nothing = () => {};
const places: ReadonlyArray<readonly [string, keyof ResponseApi, ReactElement]> = [
  [
    'the status of a host',
    'hostsStatus',
    <AlertFlyoutContent key="1" context={{ agentUuid: UUID }} titleId="t" onClose={nothing} />,
  ],
  [
    'an alert',
    'alert',
    <AlertFlyoutContent key="2" context={{ alertId: 'alert-1' }} titleId="t" onClose={nothing} />,
  ],
  ['the alerts', 'alerts', <AlertsPage key="3" />],
  ['the statuses of the hosts of alerts', 'hostsStatus', <AlertsPage key="4" />],
  ['the connectors', 'connection', <AlertsPage key="5" />],
  [
    'the hosts of alerts',
    'alertsHosts',
    <BulkFlyoutContent key="6" action="isolate" alertIds={['a']} titleId="t" onClose={nothing} />,
  ],
  [
    'the hosts of a name',
    'findHosts',
    <HostFinderContent key="7" names={['web-7']} titleId="t" onClose={nothing} />,
  ],
  [
    'the statuses of the hosts of a name',
    'hostsStatus',
    <HostFinderContent key="8" names={['web-7']} titleId="t" onClose={nothing} />,
  ],
  ['the history', 'actions', <HistoryPage key="9" />],
];

it.each(places)('%s can be asked for again and again', async (_, method, place) => {
  const ui = createUi({
    agents: [agentWith()],
    alerts: [alertWith()],
    rights: { saveConnectors: false },
  });
  ui.api.fail(method, httpError(500, { message: 'Something failed' }));
  ui.show(place);
  await pass(10);
  await pass(3_000);
  const callout = screen.getByRole('alert');
  const again = button(method === 'hostsStatus' ? 'Refresh status' : 'Reload');
  const asked = ui.api.count(method);
  const answer = ui.api.hold(method);
  await ui.user.click(again);
  await pass(10);
  expect(ui.api.count(method)).toBe(asked + 1);
  // A second click asks no second time.
  await ui.user.click(again);
  await pass(10);
  expect(ui.api.count(method)).toBe(asked + 1);
  expect(again).toHaveFocus();
  expect(again).toBeEnabled();
  expect(again).toHaveAttribute('aria-disabled', 'true');
  answer();
  await pass(3_000);
  expect(screen.getByRole('alert')).toBe(callout);
  expect(again).toHaveFocus();
  expect(again).toHaveAttribute('aria-disabled', 'false');
  expect(ui.api.sent).toEqual([]);
});

it('is not announced again by automatic refreshes', async () => {
  const ui = createUi({ agents: [agentWith()] });
  ui.api.fail('hostsStatus', httpError(500));
  ui.show(<AlertFlyoutContent context={{ agentUuid: UUID }} titleId="t" onClose={nothing} />);
  await pass(3_000);
  const callout = screen.getByRole('alert');
  const asked = ui.api.count('hostsStatus');
  ui.api.hold('hostsStatus');
  await pass(31_000);
  expect(ui.api.count('hostsStatus')).toBe(asked + 1);
  expect(screen.getByRole('alert')).toBe(callout);
});
