import type { AnswerKind } from '../../common/actions/sentinelone_answers';
import { LIMITS } from '../../common/lib/constants';
import { kindOfFailure, problemOf, wasNotAccepted } from './failure';
import type { ReceivedContent } from './received_content';
import type { ApiFailure, ApiRequest } from './transport';

/** The limits between kinds of answers; `answers.test.ts` of the connector has an example of each. */

const ISOLATE: ApiRequest = { method: 'POST', path: '/agents/actions/disconnect' };
type Form = ReceivedContent['form'];
const FORMS: readonly Form[] = [
  'error',
  'data',
  'json',
  'broken_json',
  'web_page',
  'text',
  'empty',
];
const OTHER_FORMS = FORMS.filter((form) => form !== 'error');

const status = (code: number, form?: Form, more: Partial<ReceivedContent> = {}): ApiFailure => ({
  kind: 'status',
  status: code,
  ...(form === undefined ? {} : { content: { form, ...more } }),
});
const lost = (code?: string, timedOut = false): ApiFailure => ({
  ...{ kind: 'lost', timedOut, detail: 'broken' },
  ...(code === undefined ? {} : { code }),
});

it('takes a command for not accepted exactly if SentinelOne refused it, or nothing can have reached it', () => {
  const refusals = (form?: Form) =>
    Array.from({ length: 700 }, (_, code) => code).filter((code) =>
      wasNotAccepted(status(code, form))
    );
  const from400to499 = Array.from({ length: 100 }, (_, n) => 400 + n);
  expect(refusals('error')).toEqual(from400to499.filter((code) => code !== 408));
  for (const form of [...OTHER_FORMS, undefined]) expect(refusals(form)).toEqual([407, 429]);
  expect(wasNotAccepted({ kind: 'not_connected', detail: 'refused' })).toBe(true);
  expect(wasNotAccepted({ kind: 'not_allowed', detail: 'no' })).toBe(true);
  expect(wasNotAccepted({ kind: 'too_large' })).toBe(false);
  expect(wasNotAccepted(lost())).toBe(false);
  expect(wasNotAccepted(lost(undefined, true))).toBe(false);
});

it.each<[Form, readonly [from: number, to: number, kind: AnswerKind][]]>([
  [
    'error',
    [
      [200, 400, 'request_refused'],
      [401, 401, 'token_refused'],
      [402, 402, 'request_refused'],
      [403, 403, 'permission_refused'],
      [404, 428, 'request_refused'],
      [429, 429, 'throttled'],
      [430, 499, 'request_refused'],
      [500, 599, 'sentinelone_error'],
    ],
  ],
  ...(
    [
      ['data', 'unexpected_data'],
      ['json', 'other_content'],
      ['broken_json', 'cut_off'],
      ['web_page', 'web_page'],
      ['text', 'other_content'],
      ['empty', 'empty'],
    ] as const
  ).map(([form, success]): [Form, readonly [number, number, AnswerKind][]] => [
    form,
    [
      [200, 299, success],
      [300, 399, 'redirect'],
      [400, 406, 'refused_elsewhere'],
      [407, 407, 'proxy_login'],
      [408, 428, 'refused_elsewhere'],
      [429, 429, 'throttled_elsewhere'],
      [430, 499, 'refused_elsewhere'],
      [500, 599, 'gateway_error'],
    ],
  ]),
])('an answer with %s is of one kind in each range of statuses', (form, ranges) => {
  for (const [from, to, kind] of ranges) {
    for (const code of [from, to])
      expect([code, kindOfFailure(status(code, form))]).toEqual([code, kind]);
  }
});

it('takes an answer without content for an empty one', () => {
  expect(kindOfFailure(status(200))).toBe('empty');
  expect(problemOf(status(204), ISOLATE).detail).toContain('HTTP 204 with an empty body');
});

it('names the cause of a lost or refused connection by its code', () => {
  const notConnected = (code?: string): ApiFailure => ({
    ...{ kind: 'not_connected', detail: 'refused' },
    ...(code === undefined ? {} : { code }),
  });
  expect(kindOfFailure(notConnected('ENOTFOUND'))).toBe('name_unknown');
  expect(kindOfFailure(notConnected('EOTHER'))).toBe('connection_broken');
  expect(kindOfFailure(notConnected())).toBe('connection_broken');
  expect(kindOfFailure(lost('EPROTO'))).toBe('not_tls');
  expect(kindOfFailure(lost('ECONNRESET'))).toBe('connection_broken');
  expect(kindOfFailure(lost())).toBe('connection_broken');
  expect(kindOfFailure(lost('EPROTO', true))).toBe('timeout');
  expect(kindOfFailure({ kind: 'too_large' })).toBe('too_large');
  expect(kindOfFailure({ kind: 'not_allowed', detail: 'no' })).toBe('not_allowed');
});

describe('the problem', () => {
  it("contains SentinelOne's code and the requested pause, if there are any", () => {
    const throttled = {
      ...status(429, 'error', { excerpt: 'Slow', code: 4290010 }),
      retryAfter: 1_001,
    };
    expect(problemOf(throttled as ApiFailure, ISOLATE)).toEqual({
      ...{ reason: 'throttled', answer: 'throttled', code: 4290010, retryAfter: 1_001 },
      detail: 'SentinelOne answered HTTP 429: "Slow". Retry after 2 s.',
    });
    const without = problemOf(status(429, 'error', { excerpt: 'Slow' }), ISOLATE);
    expect(Object.keys(without).sort()).toEqual(['answer', 'detail', 'reason']);
    expect(without.detail).not.toContain('Retry');
  });

  it('names the permission of the request only', () => {
    const refused = status(403, 'error', { excerpt: 'No' });
    expect(problemOf(refused, ISOLATE).detail).toContain('Endpoints.disconnectFromNetwork');
    const { detail } = problemOf(refused, { method: 'GET', path: '/somewhere' });
    expect(detail).toContain('the role or scope of the API token');
  });

  it('describes another content, its server and where it redirects to', () => {
    expect(
      problemOf(status(403, 'text', { excerpt: 'Go away', server: 'squid' }), ISOLATE).detail
    ).toContain('the text "Go away", sent by "squid"');
    const redirect = status(302, 'empty', { redirectsTo: 'https://login.example' });
    expect(problemOf(redirect, ISOLATE).detail).toContain('a redirect to https://login.example');
    const plain = problemOf(status(403, 'empty'), ISOLATE).detail;
    expect(plain).not.toMatch(/sent by|redirect to|undefined/);
  });

  it('repeats what the HTTP client said, and names the setting for large answers', () => {
    expect(problemOf(lost('ECONNRESET'), ISOLATE).detail).toMatch(/^broken\. /);
    expect(problemOf({ kind: 'not_allowed', detail: 'Not allowed' }, ISOLATE)).toEqual({
      ...{ reason: 'unreachable', answer: 'not_allowed', detail: 'Not allowed.' },
    });
    expect(problemOf({ kind: 'too_large' }, ISOLATE).detail).toContain(
      'larger than xpack.actions.maxResponseContentLength'
    );
  });

  it("cuts SentinelOne's text, and keeps the likely cause after it", () => {
    const detailOf = (length: number) =>
      problemOf(status(403, 'error', { excerpt: 'x'.repeat(length) }), ISOLATE).detail!;
    const rest = detailOf(1).length - 1;
    const fits = LIMITS.sanitizeText - rest;
    expect(detailOf(fits)).toContain('x'.repeat(fits));
    expect(detailOf(fits)).toHaveLength(LIMITS.sanitizeText);
    const cut = detailOf(fits + 1);
    expect(cut).toContain(`${'x'.repeat(fits - 1)}…"`);
    expect(cut).toMatch(/Endpoints\.disconnectFromNetwork\.$/);
    // No full stop follows the ellipsis.
    expect(cut).toHaveLength(LIMITS.sanitizeText - 1);
  });

  it('cuts what has no text of SentinelOne at the same limit', () => {
    const failure: ApiFailure = { kind: 'not_connected', detail: 'y'.repeat(600) };
    const { detail = '' } = problemOf(failure, ISOLATE);
    expect(detail).toHaveLength(LIMITS.sanitizeText);
    expect(detail).toMatch(/^y+…$/);
  });
});
