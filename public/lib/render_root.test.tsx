import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import { fakeServices } from '../../test/helpers/ui/fake_services';
import { renderRoot } from './render_root';
import type { Services } from './services';

/** An element into which Kibana has the plugin render. */
const element = () => document.body.appendChild(document.createElement('div'));

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  jest.restoreAllMocks();
  document.body.innerHTML = '';
});

it('shows a message in place of a page that fails later, until it is unmounted', () => {
  let fail = (_: boolean) => {};
  const Page = () => {
    const [isFailing, setIsFailing] = useState(false);
    fail = setIsFailing;
    if (isFailing) throw new Error('docTitle is undefined');
    return <h1>Alerts</h1>;
  };
  const root = element();
  const unmount = renderRoot(root, fakeServices(), <Page />);
  expect(screen.getByRole('heading')).toHaveTextContent('Alerts');
  act(() => fail(true));
  expect(screen.getByRole('heading')).toHaveTextContent('SentinelOne Response cannot be shown');
  expect(root).toHaveTextContent(/report the error: Error: docTitle is undefined/);
  unmount();
  expect(root).toBeEmptyDOMElement();
});

it.each(['i18n', 'theme'] as const)(
  'shows the message too in a Kibana without core.%s, which every root needs',
  (member) => {
    const services = fakeServices();
    const core = { ...services.core, [member]: {} };
    const root = element();
    let unmount = () => {};
    act(() => {
      unmount = renderRoot(root, { ...services, core } as Services, <h1>Alerts</h1>);
    });
    expect(screen.getByRole('heading')).toHaveTextContent('SentinelOne Response cannot be shown');
    unmount();
  }
);
