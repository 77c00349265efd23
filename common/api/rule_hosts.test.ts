import { LIMITS } from '../lib/constants';
import { SUB_ACTION_INPUT } from './rule_hosts';
import { decode } from '../lib/validation';

const refused = { reason: 'unusable_id', detail: 'host.id is a JSON number', name: 'web-9' };
const host = { uuid: 'a', name: 'web-1' };

describe.each(['isolate', 'release'] as const)(
  'the parameters of the sub-action to %s',
  (action) => {
    const problemsOf = (input: object) => {
      const decoded = decode(SUB_ACTION_INPUT[action], { comment: 'x', hosts: [host], ...input });
      return decoded.ok ? [] : decoded.problems.map(({ field }) => field);
    };

    it('accept hosts on which no action is possible, alone and with others', () => {
      expect(problemsOf({ refusedHosts: [refused] })).toEqual([]);
      expect(problemsOf({ hosts: [], refusedHosts: [refused] })).toEqual([]);
      expect(problemsOf({})).toEqual([]);
    });

    it('refuse an action without any host', () => {
      expect(problemsOf({ hosts: [] })).toEqual(['hosts']);
      expect(problemsOf({ hosts: [], refusedHosts: [] })).toEqual(['refusedHosts']);
    });

    it.each([
      [{ refusedHosts: Array(LIMITS.refusedHosts + 1).fill(refused) }, 'refusedHosts'],
      [{ refusedHosts: [{ ...refused, reason: 'done' }] }, 'refusedHosts[0].reason'],
      [{ refusedHosts: [{ ...refused, detail: ' ' }] }, 'refusedHosts[0].detail'],
      [{ refusedHosts: [{ ...refused, uuid: 'a' }] }, 'refusedHosts[0].uuid'],
      [{ hosts: [{ ...host, names: [] }] }, 'hosts[0].names'],
      [{ hosts: [{ uuid: 'a', agentId: 1.8e18 }] }, 'hosts[0].agentId'],
    ])('refuse %j', (input, field) => expect(problemsOf(input)).toEqual([field]));
  }
);
