import { ttlCache } from './ttl_cache';
import { runCheck } from '../setup/setup_checks';
import { TypedError } from './typed_error';

const anybody = async () => {};

describe('ttlCache', () => {
  it('loads once a minute for each key, and again on demand or after a failure', async () => {
    let now = 0;
    let asked = 0;
    const answers = ttlCache<number>(() => now);
    const ask = async () => (asked += 1);
    const of = (key: string, fresh = false) =>
      answers(key, { authorize: anybody, load: ask, fresh });
    expect(await Promise.all([of('a'), of('a'), of('b')])).toEqual([1, 1, 2]);
    now = 59_999;
    expect(await of('a')).toBe(1);
    now = 60_000;
    expect(await of('a')).toBe(3);
    expect(await of('a', true)).toBe(4);
    const failing = () =>
      answers('c', {
        authorize: anybody,
        load: () => Promise.reject(new Error('no')),
        fresh: false,
      });
    await expect(failing()).rejects.toThrow('no');
    expect(await of('c')).toBe(5);
  });
});

it("does not refuse a user because of another user's missing privilege", async () => {
  const answers = ttlCache<string>(() => 0);
  const of = (ask: () => Promise<string>) =>
    answers('a', { authorize: anybody, load: ask, fresh: false });
  const refused = of(() => Promise.reject(new TypedError('no_privilege', 'may not')));
  const allowed = of(async () => 'tested');
  await expect(refused).rejects.toThrow('may not');
  expect(await allowed).toBe('tested');
  // And that is what everybody is given from now on.
  expect(await of(() => Promise.reject(new Error('asked again')))).toBe('tested');
});

it('returns neither a new nor a shared value to an unauthorized user', async () => {
  const answers = ttlCache<string>(() => 0);
  const ask = jest.fn(async () => 'tested');
  const of = (authorize: () => Promise<void>) =>
    answers('a', { authorize, load: ask, fresh: false });
  const forbidden = () => Promise.reject(new TypedError('no_privilege', 'may not'));
  await expect(of(forbidden)).rejects.toThrow('may not');
  expect(ask).not.toHaveBeenCalled();
  expect(await of(anybody)).toBe('tested');
  await expect(of(forbidden)).rejects.toThrow('may not');
  expect(await of(anybody)).toBe('tested');
  expect(ask).toHaveBeenCalledTimes(1);
});

it('shares failures that concern every user', async () => {
  const answers = ttlCache<string>(() => 0);
  let asked = 0;
  const of = () =>
    answers('a', {
      authorize: anybody,
      load: () => Promise.reject(new Error(`no answer ${(asked += 1)}`)),
      fresh: false,
    });
  const both = await Promise.allSettled([of(), of()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toBe(1);
});

it('waits for a load that takes longer than values are shared, but not forever', async () => {
  let now = 0;
  let asked = 0;
  const answers = ttlCache<number>(() => now, 10_000);
  let end = (_: number) => {};
  const of = () =>
    answers('a', {
      authorize: anybody,
      load: () => {
        asked += 1;
        return new Promise<number>((resolve) => (end = resolve));
      },
      fresh: false,
    });
  const first = of();
  await Promise.resolve();
  now = 60_000;
  const second = of();
  await Promise.resolve();
  expect(asked).toBe(1);
  end(7);
  expect(await Promise.all([first, second])).toEqual([7, 7]);
  // It is as old as its beginning.
  void of();
  await Promise.resolve();
  expect(asked).toBe(2);
  now += 70_000;
  void of();
  await Promise.resolve();
  expect(asked).toBe(3);
});

it('discards loaded values, and loads in progress', async () => {
  const answers = ttlCache<number>(() => 0);
  let asked = 0;
  const of = () =>
    answers('a', { authorize: anybody, load: async () => (asked += 1), fresh: false });
  const before = of();
  await Promise.resolve();
  answers.forget();
  expect(await Promise.all([before, of(), of()])).toEqual([1, 2, 2]);
});

it('loads once for all requests that waited for an unauthorized user', async () => {
  const answers = ttlCache<string>(() => 0);
  let asked = 0;
  const of = (load: () => Promise<string>) =>
    answers('a', { authorize: anybody, load, fresh: false });
  const refused = of(() => Promise.reject(new TypedError('no_privilege', 'may not')));
  const others = Array.from({ length: 5 }, () => of(async () => `answer ${(asked += 1)}`));
  await expect(refused).rejects.toThrow('may not');
  expect(new Set(await Promise.all(others))).toEqual(new Set(['answer 1']));
});

describe('checked', () => {
  it('returns the result of the check', async () => {
    expect(await runCheck(async () => 7, 'right')).toEqual({ state: 'answered', value: 7 });
  });

  it('returns the problem, and the missing privilege if that is the reason', async () => {
    const failing = (error: Error) => runCheck(() => Promise.reject(error), 'the right');
    expect(await failing(new Error('broken'))).toEqual({ state: 'unknown', message: 'broken' });
    expect(await failing(Object.assign(new Error('forbidden'), { statusCode: 403 }))).toEqual({
      state: 'unknown',
      message: 'forbidden',
      missing: 'the right',
    });
    expect(await failing(new TypedError('no_privilege', 'may not'))).toMatchObject({
      missing: 'the right',
    });
  });

  it('does not wait forever', async () => {
    const never = () => new Promise<never>(() => {});
    expect(await runCheck(never, 'right', 10)).toMatchObject({ state: 'unknown' });
  });
});
