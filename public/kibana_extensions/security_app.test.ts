import { Subject } from 'rxjs';
import { whenSecurityOpens } from './security_app';

function setUp(enter: () => Promise<unknown> = async () => {}) {
  const currentAppId$ = new Subject<string | undefined>();
  const entered = jest.fn(enter);
  whenSecurityOpens({ currentAppId$ }, entered);
  return { open: (id?: string) => currentAppId$.next(id), entered };
}

it('waits until Security is opened', () => {
  const { open, entered } = setUp();
  open(undefined);
  open('discover');
  open('sentineloneResponse');
  expect(entered).not.toHaveBeenCalled();
  open('securitySolutionUI');
  expect(entered).toHaveBeenCalledTimes(1);
});

it('calls the function only once', () => {
  const { open, entered } = setUp();
  for (const id of ['securitySolutionUI', 'discover', 'securitySolutionUI']) open(id);
  expect(entered).toHaveBeenCalledTimes(1);
});

it('logs a failure of the function', async () => {
  const notes = jest.spyOn(console, 'debug').mockImplementation(() => {});
  const { open } = setUp(() => Promise.reject(new Error('chunk 404')));
  open('securitySolutionUI');
  await new Promise((resolve) => setTimeout(resolve));
  expect(notes).toHaveBeenCalledTimes(1);
});
