import { render, screen } from '@testing-library/react';
import { SERVER_INTEGRATIONS, type SetupStatus } from '../../../common/api/setup';
import type { UnavailableInBrowser } from '../../lib/browser_integrations';
import { isTestedVersion, KibanaCallout } from './kibana_callout';

const show = (
  found: Pick<SetupStatus, 'kibanaVersion' | 'unavailable'>,
  inBrowser: readonly UnavailableInBrowser[] = []
) =>
  render(
    <KibanaCallout
      status={{ state: 'answered', value: found as SetupStatus }}
      inBrowser={inBrowser}
    />
  ).container;

it('states the version that the plugin was tested in', () => {
  expect(show({ kibanaVersion: '8.12.2', unavailable: [] })).toHaveTextContent(
    /^Version 1\.0\.0, tested in Kibana 8\.12\.2$/
  );
});

it('warns in a version that it was not tested in, and states what to do', () => {
  show({ kibanaVersion: '9.2.1', unavailable: [] });
  expect(screen.getByText(/was not tested in Kibana 9\.2\.1/)).toBeVisible();
  expect(screen.getByText(/Isolate and release a test host/)).toBeVisible();
});

it('lists every unavailable integration, its consequence, and the error', () => {
  show({
    kibanaVersion: '9.2.1',
    unavailable: SERVER_INTEGRATIONS.map((integration) => ({
      integration,
      problem: `no ${integration}`,
    })),
  });
  const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(items).toHaveLength(SERVER_INTEGRATIONS.length);
  SERVER_INTEGRATIONS.forEach((integration, n) =>
    expect(items[n]).toMatch(new RegExp(`: .*\\(no ${integration}\\)$`))
  );
});

it('lists what is not available in the browser, with the error if there is one', () => {
  show({ kibanaVersion: '8.19.7', unavailable: [{ integration: 'cases', problem: 'gone' }] }, [
    { integration: 'alerts_table' },
    { integration: 'case_view', problem: 'Error: taken' },
  ]);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Cases: actions cannot be attached (gone)',
    "Row and bulk actions in Security's alerts tables: use the page Alerts of this plugin",
    'Cases: attached actions are not shown (Error: taken)',
  ]);
  expect(screen.getByText(/Isolate and release a test host/)).toBeVisible();
});

it('warns in a tested version too if something is not available', () => {
  show({ kibanaVersion: '8.12.2', unavailable: [] }, [{ integration: 'doc_viewer' }]);
  expect(screen.getByText(/Some parts of the plugin are not available/)).toBeVisible();
  expect(screen.queryByText(/Isolate and release a test host/)).toBeNull();
});

it('shows nothing while the versions are not known', () => {
  expect(
    render(<KibanaCallout status={undefined} inBrowser={[]} />).container
  ).toBeEmptyDOMElement();
  expect(isTestedVersion('8.12.1')).toBe(false);
});
