import { render, screen } from '@testing-library/react';
import { lazyWithErrorBoundary } from './lazy_with_error_boundary';

let errors: jest.SpyInstance;
let notes: jest.SpyInstance;
beforeEach(() => {
  errors = jest.spyOn(console, 'error').mockImplementation(() => {});
  notes = jest.spyOn(console, 'debug').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('shows the loaded component with its properties', async () => {
  const Part = lazyWithErrorBoundary<{ readonly name: string }>(async () => ({ name }) => (
    <p>Hello {name}</p>
  ));
  render(<Part name="Kibana" />);
  await screen.findByText('Hello Kibana');
  expect(errors).not.toHaveBeenCalled();
});

it('loads the component once for all its instances', async () => {
  const load = jest.fn(async () => () => <p>Row</p>);
  const Part = lazyWithErrorBoundary(load);
  render(
    <>
      <Part />
      <Part />
    </>
  );
  expect(await screen.findAllByText('Row')).toHaveLength(2);
  expect(load).toHaveBeenCalledTimes(1);
});

it('shows nothing when it cannot be loaded, without an error in the console', async () => {
  const Part = lazyWithErrorBoundary(() => Promise.reject(new Error('chunk 404')));
  render(
    <div>
      <p>The page</p>
      <Part />
    </div>
  );
  await settled();
  expect(document.body.textContent).toBe('The page');
  expect(errors).not.toHaveBeenCalled();
});

it('is removed when it fails while it is shown, without an effect on the page', async () => {
  const Part = lazyWithErrorBoundary<{ readonly isBroken: boolean }>(async () => ({ isBroken }) => {
    if (isBroken) throw new Error('broken');
    return <p>Ours</p>;
  });
  const page = (isBroken: boolean) => (
    <div>
      <p>The page</p>
      <Part isBroken={isBroken} />
    </div>
  );
  const { rerender } = render(page(false));
  await screen.findByText('Ours');
  rerender(page(true));
  expect(document.body.textContent).toBe('The page');
});

it('logs only the first failure', () => {
  jest.isolateModules(() => {
    // A new instance of the module, which has logged nothing yet.
    const { attempt, logFailure } = jest.requireActual<typeof import('./failures')>('./failures');
    logFailure(new Error('first'));
    logFailure(new Error('second'));
    expect(attempt(() => JSON.parse('no'), 'instead')).toBe('instead');
  });
  expect(notes).toHaveBeenCalledTimes(1);
});
