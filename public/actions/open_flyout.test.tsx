import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeServices } from '../../test/helpers/ui/fake_services';
import { HOSTS_STATUS_KEY } from '../host_status/status_store';
import { CaseLink } from '../cases/cases_result';
import { AppLink } from '../action_history/alert_links';
import { openFlyout, type FlyoutOptions, type OpenFlyout } from './open_flyout';

const OPTIONS: FlyoutOptions = { titleId: 'title', testSubject: 'ours' };

/** Kibana's own flyouts listen for Escape at the window. */
let theirs: jest.Mock;
let services: ReturnType<typeof fakeServices>;
const onWindow = ({ key }: KeyboardEvent) => {
  if (key === 'Escape') theirs();
};
beforeEach(() => {
  theirs = jest.fn();
  services = fakeServices();
  window.addEventListener('keydown', onWindow);
});
afterEach(() => {
  window.removeEventListener('keydown', onWindow);
  opened.splice(0).forEach(({ close }) => close());
  document.body.innerHTML = '';
  window.history.replaceState(null, '', '/');
});

const opened: OpenFlyout[] = [];
const open = (options: Partial<FlyoutOptions> = {}) =>
  opened.push(
    openFlyout(services, { ...OPTIONS, ...options }, (close) => (
      <div>
        <input aria-label="Comment" />
        <button type="button" onClick={close}>
          Close
        </button>
        <AppLink path="/history">History</AppLink>
        <CaseLink caseId="c1" title="Ransomware" />
      </div>
    ))
  );
const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 150)));

it("opens by Kibana's overlays, labelled by its heading", () => {
  open();
  expect(services.overlays).toMatchObject([
    { isOpen: true, options: { ownFocus: true, 'aria-labelledby': 'title', size: 'm' } },
  ]);
});

it("makes Security's page refresh the status when it closes", async () => {
  // Security reads the agent's status with a separate client, once, and when the tab becomes visible again.
  const client = new QueryClient();
  client.mount();
  const read = jest.fn(async () => 'connected');
  const observer = new QueryObserver(client, { queryKey: ['status'], queryFn: read });
  const stop = observer.subscribe(() => {});
  await settled();
  expect(read).toHaveBeenCalledTimes(1);
  open();
  await settled();
  expect(read).toHaveBeenCalledTimes(1);
  opened[0]!.close();
  await settled();
  expect(read).toHaveBeenCalledTimes(2);
  stop();
  client.unmount();
});

it('closes on Escape, and hides the event from a flyout below', async () => {
  const onClose = jest.fn();
  open({ onClose });
  fireEvent.keyDown(screen.getByLabelText('Comment'), { key: 'Escape' });
  await settled();
  expect(screen.queryByLabelText('Comment')).toBeNull();
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(theirs).not.toHaveBeenCalled();
  // The next Escape reaches the flyout below.
  fireEvent.keyDown(document.body, { key: 'Escape' });
  expect(theirs).toHaveBeenCalledTimes(1);
});

it('closes on Escape when no element has the focus, too', () => {
  open();
  fireEvent.keyDown(document.body, { key: 'Escape' });
  expect(screen.queryByLabelText('Comment')).toBeNull();
  expect(theirs).not.toHaveBeenCalled();
});

it('does not handle Escape in a popover of its own or in a dialog above it', () => {
  open();
  const stop = (event: Event) => event.stopPropagation();
  const input = screen.getByLabelText('Comment');
  input.addEventListener('keydown', stop);
  fireEvent.keyDown(input, { key: 'Escape' });
  const above = document.createElement('div');
  above.setAttribute('role', 'dialog');
  above.innerHTML = '<button>Above</button>';
  document.body.append(above);
  fireEvent.keyDown(screen.getByText('Above'), { key: 'Escape' });
  expect(theirs).toHaveBeenCalledTimes(1);
  expect(screen.getByLabelText('Comment')).toBeInTheDocument();
});

it('does not handle other keys', () => {
  const heard = jest.fn();
  window.addEventListener('keydown', heard);
  open();
  fireEvent.keyDown(screen.getByLabelText('Comment'), { key: 'a' });
  expect(heard).toHaveBeenCalledTimes(1);
  expect(screen.getByLabelText('Comment')).toBeInTheDocument();
  window.removeEventListener('keydown', heard);
});

it("makes the plugin's pages refresh the status of their hosts when it closes", async () => {
  const read = jest.fn(async () => ({ hosts: [] }));
  services.queryClient.setQueryData([HOSTS_STATUS_KEY, []], { hosts: [] });
  await services.queryClient.prefetchQuery([HOSTS_STATUS_KEY, []], read, { staleTime: Infinity });
  expect(read).not.toHaveBeenCalled();
  open();
  await userEvent.click(screen.getByText('Close'));
  await settled();
  expect(services.queryClient.getQueryState([HOSTS_STATUS_KEY, []])?.isInvalidated).toBe(true);
});

it('moves the focus to the element that opened it, if the previously focused element was removed', async () => {
  document.body.insertAdjacentHTML('beforeend', '<button id="opener">Take action</button>');
  open({ focusAfter: () => document.querySelector<HTMLElement>('#opener') });
  screen.getByText('Close').focus();
  await userEvent.click(screen.getByText('Close'));
  await waitFor(() => expect(document.activeElement?.id).toBe('opener'));
});

it('does not move the focus otherwise', async () => {
  document.body.insertAdjacentHTML(
    'beforeend',
    '<button id="opener">A</button><button id="b">B</button>'
  );
  open({ focusAfter: () => document.querySelector<HTMLElement>('#opener') });
  await userEvent.click(screen.getByText('Close'));
  document.querySelector<HTMLElement>('#b')!.focus();
  await settled();
  expect(document.activeElement?.id).toBe('b');
});

describe('when the page below changes', () => {
  const isOpen = () => services.overlays[0]!.isOpen;
  beforeEach(() => services.goTo('/app/security/alerts?query=a'));

  it('closes when the user opens another app', async () => {
    const onClose = jest.fn();
    open({ onClose });
    expect(isOpen()).toBe(true);
    services.goTo('/app/sentineloneResponse/history');
    await settled();
    expect(isOpen()).toBe(false);
    expect(screen.queryByLabelText('Comment')).toBeNull();
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(services.isLocationWatched()).toBe(false);
  });

  it('closes when the user opens another page of the same app', () => {
    open();
    services.goTo('/app/security/cases/c1');
    expect(isOpen()).toBe(false);
  });

  it('stays open when only the query or hash of the URL changes', () => {
    open();
    services.goTo('/app/security/alerts?query=b&flyout=(a:1)');
    services.goTo('/app/security/alerts?query=b#/view');
    expect(isOpen()).toBe(true);
  });

  it('stops observing the location when it is closed', async () => {
    open();
    expect(services.isLocationWatched()).toBe(true);
    opened[0]!.close();
    await settled();
    expect(services.isLocationWatched()).toBe(false);
  });

  it.each([
    ['History', 'sentineloneResponse /history'],
    // If this case is already open below, Kibana's location does not change.
    ['Ransomware', 'securitySolutionUI /cases/c1'],
  ])('closes when the user follows the link %s', async (name, place) => {
    open();
    await userEvent.click(screen.getByRole('link', { name }));
    expect(services.visited).toEqual([place]);
    expect(isOpen()).toBe(false);
  });

  it('stays open when a link opens in another tab', () => {
    open();
    const link = screen.getByRole('link', { name: 'History' });
    link.addEventListener('click', (event) => event.preventDefault());
    fireEvent.click(link, { ctrlKey: true });
    expect(services.visited).toEqual([]);
    expect(isOpen()).toBe(true);
  });
});
