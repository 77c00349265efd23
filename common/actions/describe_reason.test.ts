import { READ_FAILURES, REASONS } from './reasons';
import { reasonText, shortReason } from './describe_reason';

it.each([...REASONS, ...READ_FAILURES].map((reason) => [reason]))(
  'says what %s means and what to do',
  (reason) => {
    const { what, todo } = reasonText(reason, 'isolate', { name: 'web-7' });
    for (const text of [what, todo]) expect(text).toMatch(/^\S.*[.]$/);
    expect(shortReason(reason)).not.toMatch(/[{}.]/);
    expect(`${what} ${todo}`).not.toMatch(/[{}]/);
  }
);

it('begins a sentence with a capital letter, but leaves a name as it is', () => {
  expect(reasonText('offline', 'isolate').what).toMatch(/^This host is offline/);
  expect(reasonText('offline', 'isolate', { name: 'web-7' }).what).toMatch(/^web-7 is offline/);
});

it('adds the detail after its own text', () => {
  expect(reasonText('forbidden', 'release', { detail: 'Needs Endpoints.view' }).what).toBe(
    'SentinelOne refused the request to release hosts. Needs Endpoints.view.'
  );
});

// This reason occurs only for isolations.
const OF_RELEASES = REASONS.filter((reason) => reason !== 'unable_to_disconnect');
it.each(OF_RELEASES.map((reason) => [reason]))(
  'does not advise to disconnect a host from the network in texts for a release: %s',
  (reason) => {
    const { what, todo } = reasonText(reason, 'release', { name: 'web-7' });
    expect(`${what} ${todo}`).not.toMatch(/(off|from) the network/);
  }
);
