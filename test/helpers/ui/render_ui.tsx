import type { ReactElement } from 'react';
import { act, render, screen, type RenderResult } from '@testing-library/react';
import { configure } from '@testing-library/dom';
import userEvent, { PointerEventsCheckLevel } from '@testing-library/user-event';
import type { HttpHandler } from '@kbn/core/public';
import { createMemoryHistory, type MemoryHistory } from 'history';
import { Router } from 'react-router-dom';
import { Root } from '../../../public/lib/render_root';
import { createServices, type Services } from '../../../public/lib/services';
import { fakeCore, type FakeCore, type Rights } from './fake_core';
import { FakeResponseApi, type Scenario } from './fake_response_api';

// React Testing Library tells only its own copy of the DOM library what React needs around an event.
configure({
  eventWrapper: (dispatch) => {
    let result: unknown;
    act(() => {
      result = dispatch();
    });
    return result;
  },
  asyncWrapper: async (run) => {
    let result: unknown;
    await act(async () => {
      result = await run();
    });
    return result as Awaited<ReturnType<typeof run>>;
  },
});

/** A component within all its providers, over routes in memory. */
export interface Ui extends FakeCore {
  readonly api: FakeResponseApi;
  readonly services: Services;
  readonly history: MemoryHistory;
  readonly user: ReturnType<typeof userEvent.setup>;
  show(node: ReactElement): RenderResult;
}

export interface UiOptions extends Scenario {
  readonly rights?: Rights;
  /** The page's address. */
  readonly path?: string;
  readonly post?: HttpHandler;
  readonly get?: HttpHandler;
}

export function createUi({ rights, path = '/', post, get, ...scenario }: UiOptions = {}): Ui {
  const fake = fakeCore({ rights, post, get });
  const api = new FakeResponseApi(scenario);
  const services: Services = { ...createServices(fake.core), api };
  const history = createMemoryHistory({ initialEntries: [path] });
  return {
    ...fake,
    api,
    services,
    history,
    user: userEvent.setup({
      // Looking up styles for each event is most of a test's time; a disabled button is known without.
      pointerEventsCheck: PointerEventsCheckLevel.Never,
      advanceTimers: (ms) => {
        jest.advanceTimersByTime(ms);
      },
    }),
    show: (node) =>
      render(
        <Root services={services}>
          <Router history={history}>{node}</Router>
        </Root>
      ),
  };
}

/** One answer can cause the next request. React runs effects between them. */
const STEPS = 4;

/** Advances the time by `ms`, with everything that is due until then. */
export async function pass(ms: number): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    await act(async () => {
      await jest.advanceTimersByTimeAsync(step === 0 ? ms : 0);
    });
  }
}

/** Puts `text` at the end of what a field holds, at once. */
export async function enter({ user }: Pick<Ui, 'user'>, field: HTMLElement, text: string) {
  await user.click(field);
  await user.paste(text);
}

let visibility: DocumentVisibilityState = 'visible';

/** Hides the browser tab, or shows it again. */
export function setTabVisible(visible: boolean): void {
  visibility = visible ? 'visible' : 'hidden';
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => visibility,
  });
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('visibilitychange'));
  });
}

/** One of several exclusive choices: a radio button in EUI 90, a button that is pressed in EUI 121. */
export const choice = (name: string): HTMLElement =>
  screen.queryByRole('radio', { name }) ?? screen.getByRole('button', { name });

/** Whether it is the one that is chosen. */
export const isChosen = (element: HTMLElement): boolean =>
  element instanceof HTMLInputElement
    ? element.checked
    : element.getAttribute('aria-pressed') === 'true';

/** Fake time for each test, a visible tab, and no test passes that left an error on the console. */
export function setUpUi(): void {
  // A hundred times what a test takes here: machines that run other things as well are slow.
  jest.setTimeout(60_000);
  let errors: jest.SpyInstance;
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2024-03-01T10:03:00.000Z') });
    errors = jest.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    const complaints = errors.mock.calls
      .map((args) => args.map(String).join(' '))
      // jsdom does not know the container queries of EUI's later tables.
      .filter((text) => !text.startsWith('Error: Could not parse CSS stylesheet'));
    errors.mockRestore();
    jest.useRealTimers();
    setTabVisible(true);
    expect(complaints).toEqual([]);
  });
}
