import * as fc from 'fast-check';
import { ANSWER_KINDS, ANSWERS, type AnswerKind } from '../../common/actions/sentinelone_answers';
import { LIMITS } from '../../common/lib/constants';
import { kindOfFailure, problemOf, wasNotAccepted } from '../sentinelone_client/failure';
import type { ApiFailure, ApiRequest } from '../sentinelone_client/transport';
import { apiFailureOf, type HttpClientError } from './management_api_connector';

/** Every kind of answer: what it is taken for, and what is said of it. */

const TOKEN = 'secret-token-0123456789';
const ISOLATE: ApiRequest = { method: 'POST', path: '/agents/actions/disconnect' };
const PAGE = '<!doctype html><html><head><title>\n Access  denied </title></head>blocked</html>';
const ownError = (detail: string | null, code = 4030010) => ({
  errors: [{ code, title: 'Title', detail }],
});

const answer = (status: number, data: unknown, headers: object = {}): HttpClientError => ({
  message: `Request failed with status code ${status}`,
  response: { status, data, headers },
});
const broken = (code: string, more: Partial<HttpClientError> = {}): HttpClientError => ({
  message: `broken by ${code}`,
  code,
  ...more,
});
const failureOf = (error: HttpClientError): ApiFailure => apiFailureOf(error, TOKEN, 0);

type Case = readonly [AnswerKind, HttpClientError, RegExp];
const CASES: readonly Case[] = [
  [
    'token_refused',
    answer(401, ownError(null, 4010010)),
    /^SentinelOne answered HTTP 401: "Title"\. Likely cause: the API token has expired, was revoked or was mistyped\.$/,
  ],
  [
    'permission_refused',
    answer(403, ownError('Insufficient permissions')),
    /^SentinelOne answered HTTP 403: "Insufficient permissions"\. Likely cause: the role of the API token lacks the permission Endpoints\.disconnectFromNetwork\.$/,
  ],
  [
    'permission_refused',
    answer(403, ownError('Your IP address is not allowed', 4030099)),
    /^SentinelOne answered HTTP 403: "Your IP address is not allowed"\. Likely cause: /,
  ],
  [
    'throttled',
    answer(429, ownError('Throttled.'), { 'retry-after': '7' }),
    /^SentinelOne answered HTTP 429: "Throttled\." Retry after 7 s\.$/,
  ],
  ['request_refused', answer(400, ownError('bad')), /^SentinelOne answered HTTP 400: "bad"\.$/],
  [
    'request_refused',
    answer(404, ownError('Resource not found')),
    /HTTP 404: "Resource not found"/,
  ],
  [
    'sentinelone_error',
    answer(503, ownError(null, 5030010)),
    /^SentinelOne answered HTTP 503: "Title"\. Likely cause: a temporary error in SentinelOne\.$/,
  ],
  [
    'sentinelone_error',
    answer(500, { errors: [{ code: 5000010 }] }),
    /SentinelOne answered HTTP 500 without a reason\./,
  ],
  [
    'unexpected_data',
    answer(200, { data: {} }),
    /^SentinelOne answered HTTP 200 with data that was not requested\.$/,
  ],
  [
    'redirect',
    answer(302, '', { location: 'https://login.example/?next=x' }),
    /^Kibana received HTTP 302 with a redirect to https:\/\/login\.example\. This answer is not from SentinelOne's API\. Likely cause: .*captive portal/,
  ],
  ['redirect', answer(307, '', { location: '/login' }), /HTTP 307 with an empty body\./],
  [
    'proxy_login',
    answer(407, PAGE, { server: 'squid/5.7' }),
    /^Kibana received HTTP 407 with the web page "Access denied", sent by "squid\/5\.7"\. This answer is from a proxy, not from SentinelOne\. Likely cause: .*proxyUrl/,
  ],
  [
    'web_page',
    answer(200, '<html></html>'),
    /^Kibana received HTTP 200 with a web page\. This answer is not from SentinelOne's API\. Likely cause: a login page/,
  ],
  [
    'other_content',
    answer(200, { status: 'up' }),
    /HTTP 200 with JSON in an unexpected format\. This answer is not/,
  ],
  ['other_content', answer(200, 'pong'), /HTTP 200 with the text "pong"\. This answer is not/],
  ['other_content', answer(200, [1]), /JSON in an unexpected format/],
  [
    'cut_off',
    answer(200, '{"data":['),
    /incomplete JSON\. The answer can be from SentinelOne, or from a proxy/,
  ],
  [
    'empty',
    answer(204, ''),
    /HTTP 204 with an empty body\. The answer can be from SentinelOne, or/,
  ],
  [
    'throttled_elsewhere',
    answer(429, 'Slow down'),
    /HTTP 429 with the text "Slow down"\. The answer can be from/,
  ],
  ...([401, 403, 404, 451] as const).map((status): Case => [
    'refused_elsewhere',
    answer(status, PAGE),
    new RegExp(
      `^Kibana received HTTP ${status} with the web page "Access denied"\\. This answer is not from SentinelOne's API\\. Likely cause: a firewall, web filter or proxy`
    ),
  ]),
  ['refused_elsewhere', answer(401, ''), /HTTP 401 with an empty body/],
  [
    'refused_elsewhere',
    answer(403, { message: 'Forbidden' }),
    /HTTP 403 with JSON in an unexpected format/,
  ],
  ['refused_elsewhere', answer(403, { errors: [] }), /HTTP 403 with JSON in an unexpected format/],
  ...([500, 502, 503, 504] as const).map((status): Case => [
    'gateway_error',
    answer(status, PAGE, { server: 'cloudfront' }),
    new RegExp(
      `^Kibana received HTTP ${status} with the web page "Access denied", sent by "cloudfront"\\. The answer can be from SentinelOne, or from a proxy or gateway between Kibana and SentinelOne\\. Likely cause: `
    ),
  ]),
  [
    'name_unknown',
    broken('ENOTFOUND'),
    /^broken by ENOTFOUND\. Likely cause: the tenant URL is mistyped/,
  ],
  ['name_unknown', broken('EAI_AGAIN'), /DNS/],
  ['connection_refused', broken('ECONNREFUSED'), /no server listens/],
  ['no_route', broken('EHOSTUNREACH'), /no route to this address/],
  ['no_route', broken('ENETUNREACH'), /no route to this address/],
  ['connect_timeout', broken('ETIMEDOUT', { syscall: 'connect' }), /firewall drops the connection/],
  ...[
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ].map((code): Case => [
    'certificate_untrusted',
    broken(code),
    /inspects TLS.*customHostSettings/,
  ]),
  ['certificate_untrusted', broken('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), /inspects TLS/],
  ['certificate_expired', broken('CERT_HAS_EXPIRED'), /a certificate expired/],
  ['certificate_of_another', broken('ERR_TLS_CERT_ALTNAME_INVALID'), /another server/],
  ['not_tls', broken('EPROTO'), /does not use TLS/],
  ['timeout', broken('ECONNABORTED'), /overloaded/],
  ['timeout', broken('ETIMEDOUT'), /overloaded/],
  ['connection_broken', broken('ECONNRESET'), /closed the connection/],
  ['connection_broken', { message: 'socket hang up' }, /^socket hang up\. Likely cause: /],
  [
    'too_large',
    { message: 'maxContentLength size of 1000000 exceeded' },
    /xpack\.actions\.maxResponseContentLength/,
  ],
];

it.each(CASES)('%s: %j', (kind, error, text) => {
  const failure = failureOf(error);
  expect(kindOfFailure(failure)).toBe(kind);
  const { reason, detail, answer: named } = problemOf(failure, ISOLATE);
  expect([reason, named]).toEqual([ANSWERS[kind].reason, kind]);
  expect(detail).toMatch(text);
  expect(detail).toMatch(/\.$/);
});

it('has an example of every kind of answer', () => {
  const shown = new Set<AnswerKind>(CASES.map(([kind]) => kind));
  // Kibana's own refusal is no answer; it has its words already.
  const notAllowed: ApiFailure = { kind: 'not_allowed', detail: 'target url is not added' };
  expect(problemOf(notAllowed, ISOLATE)).toMatchObject({
    reason: 'unreachable',
    detail: 'target url is not added.',
  });
  expect(ANSWER_KINDS.filter((kind) => !shown.has(kind))).toEqual(['not_allowed']);
});

it('attributes an answer to SentinelOne only if it has its format, regardless of the status', () => {
  const foreign = fc.oneof(
    fc.constantFrom(PAGE, '', 'no', '{"errors":[{"code":', '<x>', null, undefined, [], { a: 1 }),
    fc.string()
  );
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), foreign, (status, body) => {
      const problem = problemOf(failureOf(answer(status, body)), ISOLATE);
      expect(['unauthorized', 'forbidden']).not.toContain(problem.reason);
      expect(ANSWERS[problem.answer!].from).not.toBe('sentinelone');
      expect(problem.detail).not.toMatch(/^SentinelOne|SentinelOne answered|API token/);
    }),
    { numRuns: 1000 }
  );
});

it('never shows the token, and stays within the limit', () => {
  const words = fc.oneof(fc.string({ maxLength: 900 }), fc.constant(`x ${TOKEN} `.repeat(60)));
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), words, (status, text) => {
      const bodies = [
        text,
        `<title>${text}</title>`,
        ownError(text),
        { errors: [{ message: text }] },
      ];
      for (const body of bodies) {
        const headers = { server: text, location: `https://${TOKEN}.example/${text}` };
        const { detail = '' } = problemOf(failureOf(answer(status, body, headers)), ISOLATE);
        expect(detail).not.toContain(TOKEN);
        expect(detail.length).toBeLessThanOrEqual(LIMITS.sanitizeText);
      }
    }),
    { numRuns: 300 }
  );
});

describe('a command', () => {
  it.each<[HttpClientError, boolean]>([
    [answer(401, ownError(null)), true],
    [answer(403, ownError('no')), true],
    [answer(400, ownError('no')), true],
    [answer(408, ownError('no')), false],
    [answer(500, ownError('no')), false],
    [answer(429, ''), true],
    [answer(407, PAGE), true],
    // What refuses the answer has perhaps let the command through.
    [answer(403, PAGE), false],
    [answer(401, ''), false],
    [answer(302, ''), false],
    [answer(200, PAGE), false],
    [answer(502, PAGE), false],
    [broken('ECONNREFUSED'), true],
    [broken('ECONNRESET'), false],
    [broken('ECONNABORTED'), false],
  ])('with the answer %j was certainly not accepted: %s', (error, expected) => {
    expect(wasNotAccepted(failureOf(error))).toBe(expected);
  });
});
