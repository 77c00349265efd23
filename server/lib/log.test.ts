import { logOnce } from './log';

it('warns when a problem starts, changes, or starts again', () => {
  const log: string[] = [];
  const { warn, over } = logOnce({ warn: (message) => void log.push(message) });
  for (let n = 0; n < 100; n++) warn('a', 'broken');
  warn('b', 'broken');
  warn('a', 'broken otherwise');
  over('a');
  warn('a', 'broken otherwise');
  expect(log).toEqual(['broken', 'broken', 'broken otherwise', 'broken otherwise']);
});
