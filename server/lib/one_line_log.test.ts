import type { Logger } from '@kbn/core/server';
import { oneLineLog } from './log';

/** The lines that reach Kibana's log, by level. */
function logged() {
  const lines: string[] = [];
  const write = (level: string) => (message: string | Error | (() => string)) =>
    void lines.push(`${level} ${typeof message === 'function' ? message() : String(message)}`);
  const log = {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
    isLevelEnabled: (level: string) => level === 'debug',
    get: (...context: string[]) => ({ ...log, info: write(context.join('.')) }),
  } as unknown as Logger; // only what is used
  return { log: oneLineLog(log), lines };
}

const FORGED = 'web-7 \n[2024-07-03T03:45:00.000+00:00][INFO ][plugins] all is well\u202e';
const SHOWN = 'web-7 \\n[2024-07-03T03:45:00.000+00:00][INFO ][plugins] all is well\\u202e';

it('writes a message of any level in one line', () => {
  const { log, lines } = logged();
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) {
    log[level](FORGED);
  }
  log.debug(() => FORGED);
  log.get('settling').info(FORGED);
  expect(lines).toEqual([
    ...['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'debug', 'settling'].map(
      (level) => `${level} ${SHOWN}`
    ),
  ]);
  expect(log.isLevelEnabled('debug')).toBe(true);
  expect(log.isLevelEnabled('info')).toBe(false);
});

it('keeps the stack frames of an error, without additions by its message', () => {
  const { log, lines } = logged();
  const error = new TypeError(`${FORGED}\n    at forged (/etc/passwd:1:1)\nend`);
  log.error(error);
  const [head, ...frames] = lines[0]!.split('\n');
  expect(head).toBe(`error TypeError: ${SHOWN}\\n    at forged (/etc/passwd:1:1)\\nend`);
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.every((line) => /^\s+at /.test(line) && !line.includes('forged'))).toBe(true);
});
