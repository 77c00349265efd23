import * as fc from 'fast-check';
import { httpError, refusal } from '../../test/helpers/ui/http_error';
import { REASONS } from '../../common/actions/reasons';
import { reasonText } from '../../common/actions/describe_reason';
import { isUnclear } from '../actions/texts';
import { describeError } from './describe_error';

it.each(REASONS)('says what %s means, and what the server said', (reason) => {
  expect(describeError(refusal(502, reason, 'Its own words'), 'isolate')).toEqual({
    ...reasonText(reason, 'isolate'),
    reason,
    status: 502,
    errorText: 'Its own words',
  });
});

it.each([
  [undefined, /Kibana did not answer\./, /Check your connection/],
  [401, /Your session has expired/, /Log in again/],
  [403, /do not have the privilege to view hosts/, /Ask an administrator/],
  [404, /could not process the request/, /Try again/],
  [500, /could not process the request/, /Try again/],
])('describes the status %s', (status, what, todo) => {
  const problem = describeError(httpError(status));
  expect(problem.what).toMatch(what);
  expect(problem.todo).toMatch(todo);
  expect(problem.status).toBe(status);
  expect(problem.reason).toBeUndefined();
});

it.each([401, 403, 404, 429, 502])(
  "does not mention Kibana's error or privileges for a web page with the status %i",
  (status) => {
    const problem = describeError(httpError(status, '<html>blocked</html>'), 'isolate');
    expect(problem.what).toBe(`The request was answered with HTTP ${status}, but not by Kibana.`);
    expect(problem.todo).toMatch(/^A proxy, firewall or login page .* probably answered/);
    expect(problem).toMatchObject({ status, isForeign: true });
    // What refused the answer may have let the request through.
    expect(isUnclear(problem)).toBe(true);
  }
);

it('describes any error', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.option(fc.anything()), (body, status, error) => {
      for (const one of [error, { body, response: { status } }, { body: { attributes: body } }]) {
        const { what, todo } = describeError(one);
        expect(what).not.toBe('');
        expect(todo).not.toBe('');
      }
    }),
    { examples: [['', { toString: '' }, null]] }
  );
});
