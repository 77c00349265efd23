import { QueryClient } from '@tanstack/react-query';
import { noteLoggedInUser } from './use_connection';

it('removes all data and reloads the page when another user has logged in', () => {
  const queryClient = new QueryClient();
  const reload = jest.fn();
  const note = (user: string | undefined) => noteLoggedInUser(queryClient, user, reload);
  note('alice');
  queryClient.setQueryData(['alerts'], 'what alice may see');
  note('alice');
  note(undefined);
  expect(queryClient.getQueryData(['alerts'])).toBe('what alice may see');
  expect(reload).not.toHaveBeenCalled();
  note('bob');
  expect(queryClient.getQueryData(['alerts'])).toBeUndefined();
  expect(reload).toHaveBeenCalledTimes(1);
  note('bob');
  expect(reload).toHaveBeenCalledTimes(1);
});
