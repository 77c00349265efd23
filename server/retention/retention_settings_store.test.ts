import { describeRetentionChange } from './retention_settings_store';

it('describes no change if nothing differs', () => {
  expect(describeRetentionChange({ daysKept: 3 }, { daysKept: 3 })).toEqual([]);
});

it('describes how long records are kept', () => {
  expect(describeRetentionChange({ daysKept: 9 }, { daysKept: null })).toEqual([
    {
      what: 'set records of actions to be kept without a limit',
      fields: { setting: 'daysKept', value: null },
    },
  ]);
  expect(describeRetentionChange({ daysKept: null }, { daysKept: 9 })).toEqual([
    {
      what: 'set records of actions to be removed 9 days after they have ended',
      fields: { setting: 'daysKept', value: 9 },
    },
  ]);
});
