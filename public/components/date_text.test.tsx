import { screen } from '@testing-library/react';
import { createUi, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import { DateText } from './date_text';

setUpUi();

const DAY = 86_400_000;
const NOW = Date.parse('2024-03-01T10:03:00.000Z');
const at = (age: number): string => new Date(NOW - age).toISOString();

const show = (iso: string | null) => {
  const ui = createUi();
  return { ...ui, ...ui.show(<DateText iso={iso} />) };
};
const time = () => document.querySelector('time')!;

it.each([
  [0, 'a few seconds ago', 'Mar 1, 2024 @ 10:03:00.000'],
  [3 * 60_000, '3 minutes ago', 'Mar 1, 2024 @ 10:00:00.000'],
  [DAY - 1, 'a day ago', 'Feb 29, 2024 @ 10:03:00.001'],
])('is relative when %i ms old, with the full time in a tooltip', async (age, text, full) => {
  const { user } = show(at(age));
  expect(time()).toHaveTextContent(text);
  expect(time()).toHaveAttribute('datetime', at(age));
  await user.tab();
  expect(time()).toHaveFocus();
  await pass(500);
  expect(screen.getByRole('tooltip')).toHaveTextContent(full);
});

it.each([
  [DAY, 'Feb 29, 2024 @ 10:03:00.000', 'a day ago'],
  [40 * DAY, 'Jan 21, 2024 @ 10:03:00.000', 'a month ago'],
])(
  'is the full time when %i ms old, with the relative time in a tooltip',
  async (age, full, text) => {
    const { user } = show(at(age));
    expect(time()).toHaveTextContent(full);
    await user.hover(time());
    await pass(500);
    expect(screen.getByRole('tooltip')).toHaveTextContent(text);
  }
);

it('is updated while the page stays open, and becomes the full time after a day', async () => {
  const { unmount } = show(at(3 * 60_000));
  await pass(2 * 60_000);
  expect(time()).toHaveTextContent('5 minutes ago');
  unmount();
  const start = Date.now() - DAY + 20 * 60_000;
  show(new Date(start).toISOString());
  await pass(20 * 60_000 - 1);
  expect(time()).toHaveTextContent('a day ago');
  await pass(1);
  expect(time()).toHaveTextContent('Feb 29, 2024 @ 10:25:00.000');
  expect(jest.getTimerCount()).toBe(0);
});

it.each([null, '', 'yesterday'])('is not reported for %p', (iso) => {
  const { container } = show(iso);
  expect(container).toHaveTextContent('Not reported');
  expect(time()).toBeNull();
});
