import { once } from './once';

it('calls `make` on first use, once for all callers', async () => {
  const make = jest.fn(async () => ({}));
  const get = once(make);
  expect(make).not.toHaveBeenCalled();
  const [first, second] = await Promise.all([get(), get()]);
  expect(second).toBe(first);
  expect(await get()).toBe(first);
  expect(make).toHaveBeenCalledTimes(1);
});

it('tries again after a failure, which all waiting callers receive', async () => {
  const make = jest.fn(async () => 'made');
  make.mockRejectedValueOnce(new Error('Loading failed'));
  const get = once(make);
  const ends = await Promise.allSettled([get(), get()]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(make).toHaveBeenCalledTimes(1);
  expect(await get()).toBe('made');
  expect(await get()).toBe('made');
  expect(make).toHaveBeenCalledTimes(2);
});
