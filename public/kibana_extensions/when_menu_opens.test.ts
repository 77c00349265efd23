import { whenMenuOpens } from './when_menu_opens';

/** Adds a popover to the page, as Kibana does; resolves when observers have been called. */
async function open(subject: string): Promise<void> {
  const popover = document.createElement('div');
  popover.innerHTML = `<div data-test-subj="${subject}"></div>`;
  document.body.append(popover);
  await new Promise((resolve) => setTimeout(resolve));
}
beforeEach(() => void (document.body.innerHTML = ''));

it('waits until the menu is opened, and calls the function once', async () => {
  const opened = jest.fn(async (_button: Element | null) => undefined);
  whenMenuOpens(opened);
  await open('contextMenu');
  expect(opened).not.toHaveBeenCalled();
  const button = document.body.appendChild(document.createElement('button'));
  button.focus();
  await open('takeActionPanelMenu');
  await open('takeActionPanelMenu');
  expect(opened.mock.calls).toEqual([[button]]);
});

it('logs a failure, and tries again when the menu is opened the next time', async () => {
  const notes = jest.spyOn(console, 'debug').mockImplementation(() => {});
  const opened = jest
    .fn(async () => undefined)
    .mockImplementationOnce(async () => {
      throw new Error('chunk 404');
    });
  whenMenuOpens(opened);
  await open('takeActionPanelMenu');
  expect(notes).toHaveBeenCalledTimes(1);
  document.body.innerHTML = '';
  await open('takeActionPanelMenu');
  await open('takeActionPanelMenu');
  expect(opened).toHaveBeenCalledTimes(2);
});
