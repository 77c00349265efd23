import { useEffect, useState, type FC, type PropsWithChildren, type ReactNode } from 'react';
import ReactDOM, { createPortal } from 'react-dom';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EuiContextMenu } from '@elastic/eui';
import {
  watchTakeActionMenu,
  type MenuItemProps,
  type TakeActionMenuPorts,
} from './take_action_menu';

/** Security's flyout and its menu in Kibana 8.12.2: the menu is a popover at the end of the body. */

/** In EUI 121 all menus have this size. */
const SMALL = { size: 's' } as const;

const Portal: FC<PropsWithChildren<object>> = ({ children }) => {
  const [node, setNode] = useState<HTMLElement>();
  useEffect(() => {
    const made = document.createElement('div');
    made.dataset.euiportal = 'true';
    document.body.append(made);
    setNode(made);
    return () => made.remove();
  }, []);
  return node === undefined ? null : createPortal(children as ReactNode, node);
};

interface HostProps {
  /** The test subject of the flyout; without one, it is a flyout of 9.5. */
  readonly section?: string | null;
  readonly buttonSubject?: string;
  readonly withIsolateItem?: boolean;
  readonly onEscape?: () => void;
  readonly menu?: ReactNode;
}

const SecurityFlyout: FC<HostProps> = ({
  section = 'rightSection',
  buttonSubject = 'take-action-dropdown-btn',
  withIsolateItem,
  onEscape,
  menu,
}) => {
  const [isOpen, setIsOpen] = useState(false);
  const items = [
    { name: 'Add to new case', 'data-test-subj': 'add-to-new-case-action', onClick: () => {} },
    { name: 'Apply alert tags', 'data-test-subj': 'alert-tags-context-menu-item', panel: 1 },
    { name: 'Add Endpoint exception', disabled: true, onClick: () => {} },
    ...(withIsolateItem === true
      ? [{ name: 'Isolate host', 'data-test-subj': 'isolate-host-action-item', onClick: () => {} }]
      : []),
    { name: 'Investigate in timeline', onClick: () => {} },
  ];
  return (
    <div
      data-test-subj={section ?? undefined}
      className={section === null ? 'euiFlyout' : undefined}
    >
      <button type="button" data-test-subj={buttonSubject} onClick={() => setIsOpen(!isOpen)}>
        Take action
      </button>
      {isOpen ? (
        <Portal>
          {/* Closes the menu on Escape, as EUI's popover does. */}
          {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- EUI's panel is one */}
          <div
            data-popover-panel
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              setIsOpen(false);
              onEscape?.();
            }}
          >
            {menu ?? (
              <EuiContextMenu
                {...SMALL}
                initialPanelId={0}
                panels={[
                  { id: 0, items },
                  { id: 1, title: 'Apply alert tags', content: <p>Tags</p> },
                ]}
                data-test-subj="takeActionPanelMenu"
              />
            )}
          </div>
        </Portal>
      ) : null}
    </div>
  );
};

const ALERT = { alertId: 'a1', index: '.internal.alerts-security.alerts-default-1' };
let stop = () => {};
afterEach(() => stop());

function watch(changes: Partial<TakeActionMenuPorts> = {}) {
  const rendered: MenuItemProps[] = [];
  const failures: unknown[] = [];
  let unmounted = 0;
  stop = watchTakeActionMenu({
    document,
    alertInView: () => ALERT,
    render: (element, props) => {
      rendered.push(props);
      const name = props.followsBuiltInItem ? 'Isolate host (ours)' : 'Isolate host, ours';
      ReactDOM.render(
        <button type="button" className="euiContextMenuItem" onClick={props.close}>
          {name}
        </button>,
        element
      );
      return () => {
        unmounted += 1;
        ReactDOM.unmountComponentAtNode(element);
      };
    },
    onFailure: (error) => failures.push(error),
    ...changes,
  });
  return { rendered, failures, unmounted: () => unmounted };
}

const openMenu = async () => {
  await userEvent.click(screen.getByText('Take action'));
  await screen.findByText('Investigate in timeline');
};
const ours = () => screen.findByText(/Isolate host.*ours/);
/** Ends the animation that the menu waits for, because jsdom has no animations. */
const endTransition = () =>
  document
    .querySelectorAll('.euiContextMenuPanel')
    .forEach((panel) => fireEvent.animationEnd(panel));
const labels = () =>
  [...document.querySelectorAll('button.euiContextMenuItem')].map(({ textContent }) => textContent);

it('knows the button of a menu that was open before it is watched, among several buttons', async () => {
  render(
    <>
      <SecurityFlyout section="timelineDetails" />
      <SecurityFlyout />
    </>
  );
  const button = screen.getAllByText('Take action')[1]!;
  await userEvent.click(button);
  await screen.findByText('Investigate in timeline');
  // The menu takes the focus.
  document.querySelector<HTMLElement>('button.euiContextMenuItem')!.focus();
  const { rendered } = watch({ opener: button });
  await ours();
  expect(rendered.map(({ button: opener }) => opener === button)).toEqual([true]);
});

it("adds the item after Security's items when the menu opens", async () => {
  const { rendered, failures } = watch();
  render(<SecurityFlyout />);
  await openMenu();
  await ours();
  expect(labels()).toEqual([
    'Add to new case',
    'Apply alert tags',
    'Add Endpoint exception',
    'Investigate in timeline',
    'Isolate host, ours',
  ]);
  expect(rendered).toMatchObject([{ alert: ALERT, followsBuiltInItem: false }]);
  expect(rendered[0]!.button).toBe(screen.getByText('Take action'));
  expect(failures).toEqual([]);
});

it.each([
  ['8.18 and later', 'rightSection'],
  ['the new flyout of 9.5, which has no sections', null],
])('is added in the flyout of %s', async (_, section) => {
  const { rendered } = watch();
  render(
    <SecurityFlyout section={section} buttonSubject="securitySolutionFlyoutFooterDropdownButton" />
  );
  await openMenu();
  await ours();
  expect(rendered).toMatchObject([{ alert: ALERT }]);
});

it('is an item of the menu if the list has the role of a menu', async () => {
  watch();
  render(
    <SecurityFlyout
      menu={
        <div data-test-subj="takeActionPanelMenu">
          <div className="euiContextMenuPanel">
            <div role="menu">
              <button type="button" role="menuitem" className="euiContextMenuItem">
                Investigate in timeline
              </button>
            </div>
          </div>
        </div>
      }
    />
  );
  await openMenu();
  const item = (await ours()).parentElement;
  expect(item).toHaveAttribute('role', 'none');
  expect(item?.parentElement).toHaveAttribute('role', 'menu');
});

it('is removed with the menu, and added to the next one', async () => {
  const { rendered, unmounted } = watch();
  render(<SecurityFlyout />);
  await openMenu();
  await ours();
  await userEvent.click(screen.getByText('Take action'));
  await waitFor(() => expect(unmounted()).toBe(1));
  expect(screen.queryByText(/ours/)).toBeNull();
  await openMenu();
  await ours();
  expect(rendered).toHaveLength(2);
});

/** Gives elements a size, because jsdom has no layout and EUI treats elements without a size as hidden. */
const mockLayout = () =>
  jest
    .spyOn(Element.prototype, 'getClientRects')
    .mockReturnValue([{ width: 1, height: 1 }] as unknown as DOMRectList);

it('is reached and left by the arrow keys in both directions', async () => {
  const layout = mockLayout();
  watch();
  render(<SecurityFlyout />);
  await openMenu();
  const item = await ours();
  const focused = () => document.activeElement?.textContent;
  const press = async (key: string) => {
    await userEvent.keyboard(`{${key}}`);
    // The menu looks where the focus is in the next frame.
    await act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
  };
  await waitFor(() => expect(document.activeElement?.className).toContain('euiContextMenuPanel'));
  for (let n = 0; n < 3; n++) await press('ArrowDown');
  expect(focused()).toBe('Investigate in timeline');
  await press('ArrowDown');
  expect(document.activeElement).toBe(item);
  await press('ArrowDown');
  expect(focused()).toBe('Add to new case');
  await press('ArrowUp');
  expect(document.activeElement).toBe(item);
  await press('ArrowUp');
  expect(focused()).toBe('Investigate in timeline');
  layout.mockRestore();
});

it('is reached item by item by the arrow keys if there are several', async () => {
  const layout = mockLayout();
  watch({
    render: (element) => {
      ReactDOM.render(
        <>
          <button type="button">First of ours</button>
          <button type="button">Second of ours</button>
        </>,
        element
      );
      return () => void ReactDOM.unmountComponentAtNode(element);
    },
  });
  render(<SecurityFlyout />);
  await openMenu();
  await screen.findByText('Second of ours');
  const focused: Array<string | null | undefined> = [];
  const press = async (key: string) => {
    const before = document.activeElement;
    await userEvent.keyboard(`{${key}}`);
    // The menu looks where the focus is in one of the next frames.
    await waitFor(() => expect(document.activeElement).not.toBe(before));
    await act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
    focused.push(document.activeElement?.textContent);
  };
  await waitFor(() => expect(document.activeElement?.className).toContain('euiContextMenuPanel'));
  screen.getByText('Investigate in timeline').closest('button')!.focus();
  await userEvent.tab();
  await userEvent.tab({ shift: true });
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await press(key);
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp']) await press(key);
  expect(focused).toEqual([
    'First of ours',
    'Second of ours',
    'Add to new case',
    'Second of ours',
    'First of ours',
    'Investigate in timeline',
  ]);
  layout.mockRestore();
});

it('is reached last by Tab', async () => {
  watch();
  render(<SecurityFlyout />);
  await openMenu();
  const item = await ours();
  screen.getByText('Investigate in timeline').closest('button')!.focus();
  await userEvent.tab();
  expect(document.activeElement).toBe(item);
});

it("closes the menu like Security's items, without an event for the flyout below", async () => {
  const onEscape = jest.fn();
  const heard = jest.fn();
  window.addEventListener('keydown', heard);
  watch();
  render(<SecurityFlyout onEscape={onEscape} />);
  await openMenu();
  await userEvent.click(await ours());
  expect(onEscape).toHaveBeenCalledTimes(1);
  expect(screen.queryByText('Investigate in timeline')).toBeNull();
  expect(heard).not.toHaveBeenCalled();
  window.removeEventListener('keydown', heard);
});

it('hides Escape from the flyout even if the menu does not handle it', async () => {
  const heard = jest.fn();
  window.addEventListener('keydown', heard);
  const { rendered } = watch();
  render(
    <SecurityFlyout
      menu={
        <div className="euiContextMenu" data-test-subj="takeActionPanelMenu">
          <div className="euiContextMenuPanel">
            <div>
              <button type="button" className="euiContextMenuItem">
                Investigate in timeline
              </button>
            </div>
          </div>
        </div>
      }
    />
  );
  await openMenu();
  await ours();
  rendered[0]!.close();
  expect(heard).not.toHaveBeenCalled();
  window.removeEventListener('keydown', heard);
});

it("is labelled with the plugin's name when Security's own item is added later", async () => {
  const { rendered } = watch();
  const { rerender } = render(<SecurityFlyout />);
  await openMenu();
  await ours();
  rerender(<SecurityFlyout withIsolateItem />);
  await screen.findByText('Isolate host (ours)');
  expect(rendered.map(({ followsBuiltInItem }) => followsBuiltInItem)).toEqual([false, true]);
  expect(labels().at(-1)).toBe('Isolate host (ours)');
});

it('is shown again after a sub-panel was opened', async () => {
  watch();
  render(<SecurityFlyout />);
  await openMenu();
  await ours();
  await userEvent.click(screen.getByText('Apply alert tags'));
  await screen.findByText('Tags');
  endTransition();
  const back = document.querySelector<HTMLElement>(
    '[data-test-subj="contextMenuPanelTitleButton"]'
  );
  await userEvent.click(back!);
  endTransition();
  expect(await ours()).toBeInTheDocument();
  expect(screen.getAllByText(/ours/)).toHaveLength(1);
});

it('does not run when other parts of the page change', async () => {
  const alertInView = jest.fn(() => ALERT);
  watch({ alertInView });
  const { rerender } = render(<SecurityFlyout />);
  // Rendering adds the page to the body.
  await act(() => new Promise((resolve) => setTimeout(resolve)));
  const looked = jest.spyOn(document, 'querySelector');
  for (let n = 0; n < 50; n++) rerender(<SecurityFlyout section={`section-${n}`} />);
  await act(() => new Promise((resolve) => setTimeout(resolve)));
  expect(looked).not.toHaveBeenCalled();
  expect(alertInView).not.toHaveBeenCalled();
  looked.mockRestore();
});

describe('is not shown', () => {
  const nothing = async () => {
    await openMenu();
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(screen.queryByText(/ours/)).toBeNull();
  };

  it('when no alert is open', async () => {
    const { failures } = watch({ alertInView: () => undefined });
    render(<SecurityFlyout />);
    await nothing();
    expect(failures).toEqual([]);
  });

  it("in Timeline's details, whose alert is not the one in the URL", async () => {
    watch();
    render(<SecurityFlyout section="timeline-details" />);
    await nothing();
  });

  it('when another menu of the same name is open over the alert flyout', async () => {
    watch();
    const { container } = render(
      <>
        <div data-test-subj="rightSection">
          <button type="button" data-test-subj="take-action-dropdown-btn">
            Other
          </button>
        </div>
        <SecurityFlyout section="timeline-details" />
      </>
    );
    expect(container).toBeInTheDocument();
    await nothing();
  });

  it('after the observer was stopped', async () => {
    watch();
    stop();
    render(<SecurityFlyout />);
    await nothing();
  });

  it('when the menu has an unexpected structure', async () => {
    const { failures } = watch();
    render(
      <SecurityFlyout
        menu={
          <ul data-test-subj="takeActionPanelMenu">
            <li>Investigate in timeline</li>
          </ul>
        }
      />
    );
    await nothing();
    expect(failures).toEqual([]);
  });
});

describe('the page works', () => {
  it('when the alert cannot be determined', async () => {
    const { failures } = watch({
      alertInView: () => {
        throw new Error('another URL');
      },
    });
    render(<SecurityFlyout />);
    await openMenu();
    await waitFor(() => expect(failures).not.toEqual([]));
    expect(screen.getByText('Investigate in timeline')).toBeInTheDocument();
  });

  it('when the item cannot be rendered', async () => {
    const { failures } = watch({
      render: () => {
        throw new Error('broken');
      },
    });
    render(<SecurityFlyout />);
    await openMenu();
    await waitFor(() => expect(failures).not.toEqual([]));
    await userEvent.click(screen.getByText('Apply alert tags'));
    await screen.findByText('Tags');
  });

  it('when React removes the flyout with the item', async () => {
    const errors = jest.spyOn(console, 'error');
    const { unmounted, failures } = watch();
    const { unmount } = render(<SecurityFlyout />);
    await openMenu();
    await ours();
    unmount();
    await waitFor(() => expect(unmounted()).toBe(1));
    expect(document.querySelector('[data-test-subj^="sentinelone"]')).toBeNull();
    expect(failures).toEqual([]);
    expect(errors).not.toHaveBeenCalled();
    errors.mockRestore();
  });

  it("when Security's items change", async () => {
    const errors = jest.spyOn(console, 'error');
    watch();
    const { rerender } = render(<SecurityFlyout withIsolateItem />);
    await openMenu();
    await ours();
    for (const withIsolateItem of [false, true, false]) {
      rerender(<SecurityFlyout withIsolateItem={withIsolateItem} />);
      await act(() => new Promise((resolve) => setTimeout(resolve)));
    }
    expect(screen.getAllByText(/ours/)).toHaveLength(1);
    expect(errors).not.toHaveBeenCalled();
    errors.mockRestore();
  });
});
