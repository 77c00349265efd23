import * as fc from 'fast-check';
import { useState, type FC } from 'react';
import { screen, within } from '@testing-library/react';
import { createUi, setUpUi } from '../../test/helpers/ui/render_ui';
import type { ReleaseTimes } from '../../common/hosts/protection_settings';
import {
  CUSTOM,
  minutesOf,
  minutesProblem,
  NEVER,
  NOT_CHOSEN,
  offeredMinutes,
  UNITS,
  type ReleaseTimeChoice,
  type Unit,
} from './release_time_choice';
import { ReleaseTimeField } from './release_time_field';

setUpUi();

function show(times: ReleaseTimes, mayEnd = true) {
  const chosen: { current: ReleaseTimeChoice } = { current: NOT_CHOSEN };
  const Form: FC = () => {
    const [choice, setChoice] = useState(NOT_CHOSEN);
    chosen.current = choice;
    return (
      <ReleaseTimeField
        action="isolate"
        choice={choice}
        onChange={setChoice}
        times={times}
        mayEnd={mayEnd}
        showProblem
        disabled={false}
      />
    );
  };
  const ui = createUi();
  ui.show(<Form />);
  return { ...ui, chosen };
}
const field = () => screen.getByRole('combobox', { name: 'Release automatically' });
const options = () =>
  within(field())
    .getAllByRole('option')
    .map(({ textContent }) => textContent);

it('offers the usual times up to the longest one, with the default of the settings selected', async () => {
  const { chosen, user } = show({ defaultMinutes: 90, longestMinutes: 1_000 });
  expect(options()).toEqual([
    'Never',
    'After 1 hour',
    'After 90 minutes',
    'After 4 hours',
    'Custom time',
  ]);
  expect(field()).toHaveValue('90');
  expect(minutesOf(chosen.current, 90)).toBe(90);
  await user.selectOptions(field(), 'Never');
  expect(minutesOf(chosen.current, 90)).toBeUndefined();
  await user.selectOptions(field(), 'Custom time');
  await user.type(screen.getByRole('spinbutton'), '17');
  expect(screen.getByText(/Enter a time from 5 minutes to 1,000 minutes/)).toBeInTheDocument();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Unit of time' }), 'minutes');
  expect(minutesOf(chosen.current, 90)).toBe(17);
  expect(screen.queryByText(/Enter a time from/)).not.toBeInTheDocument();
});

it('is disabled, with the reason, for a user who may not release', () => {
  show({ defaultMinutes: 60, longestMinutes: 129_600 }, false);
  expect(field()).toBeDisabled();
  expect(field()).toHaveValue(NEVER);
  expect(screen.getByText(/You need the privilege "Release hosts"/)).toBeInTheDocument();
});

it('accepts exactly whole minutes within the limits, in each form of input', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)),
      fc.constantFrom(...(Object.keys(UNITS) as Unit[])),
      fc.integer({ min: 5, max: 129_600 }),
      (amount, unit, longest) => {
        const minutes = minutesOf({ chosen: CUSTOM, amount, unit }, null);
        const isAccepted = minutesProblem(minutes, longest) === undefined;
        const value = amount.trim() === '' ? Number.NaN : Number(amount) * UNITS[unit];
        expect(isAccepted).toBe(Number.isInteger(value) && value >= 5 && value <= longest);
        for (const offered of offeredMinutes(null, longest)) {
          expect(minutesProblem(offered, longest)).toBeUndefined();
        }
      }
    )
  ));
