import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { DEFAULT_RELEASE_TIMES } from '../../common/hosts/protection_settings';
import { IssuedRequests, type IssuedRequest } from './issued_requests';

const REQUEST: IssuedRequest = {
  connectorId: 'c',
  namespace: undefined,
  guards: {
    protectedHosts: [],
    maxHosts: 100,
    commentRequired: true,
    automaticRelease: DEFAULT_RELEASE_TIMES,
    requestsExpireAfterMinutes: 60,
  },
  caller: Promise.resolve({
    actor: { username: 'analyst', authentication: 'realm' },
    privileges: undefined,
  }),
  connectors: [{ id: 'c', name: 'SentinelOne' }],
};

it('accepts an issued id once, for its connector and space only', () => {
  fc.assert(
    fc.property(
      fc.record({
        connectorId: fc.constantFrom('c', 'd'),
        namespace: fc.constantFrom(undefined, 's'),
      }),
      fc.uuid(),
      (place, madeUp) => {
        const requests = new IssuedRequests(randomUUID);
        const actionId = requests.issue(REQUEST);
        expect(requests.use(madeUp, REQUEST)).toBeUndefined();
        const isItsPlace = place.connectorId === 'c' && place.namespace === undefined;
        expect(requests.use(actionId, place)).toBe(isItsPlace ? REQUEST : undefined);
        expect(requests.use(actionId, REQUEST)).toBe(isItsPlace ? undefined : REQUEST);
        expect(requests.use(actionId, REQUEST)).toBeUndefined();
      }
    )
  );
});

it('refuses an id whose request has ended', () => {
  const requests = new IssuedRequests(randomUUID);
  const actionId = requests.issue(REQUEST);
  expect(requests.close(actionId)).toBe(actionId);
  expect(requests.use(actionId, REQUEST)).toBeUndefined();
});

it('returns whose record has the result', () => {
  const requests = new IssuedRequests(randomUUID);
  const actionId = requests.issue(REQUEST);
  requests.setRecord(actionId, 'another');
  requests.setRecord('unknown', 'another');
  expect(requests.close(actionId)).toBe('another');
  expect(requests.close(actionId)).toBe(actionId);
});
