import { MINUTE } from '../../common/lib/constants';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { hostOf, iso, recordOf, START } from '../../test/helpers/status_reconciliation';
import type { HostLock } from '../response_actions/ports';
import type { LaterRecord } from './ports';
import { byAgent, supersedingActionOn } from './superseding_action';

/** Whether a later action on a host decides how an earlier one ended. */

const NOW = START + 10 * MINUTE;
const isolation = recordOf({ actionId: 'iso', hosts: [hostOf('1')] });
const later = (
  outcome: RecordedHost['outcome'],
  changes: Partial<ActionRecord> = {},
  host: Partial<RecordedHost> = {}
): LaterRecord => ({
  ...recordOf({ actionId: 'rel', action: 'release', at: MINUTE, username: 'lead', hosts: [] }),
  hosts: [hostOf('1', { outcome, ...host })],
  ...changes,
});
const at = (ms: number): Partial<ActionRecord> => {
  const { requestedAt, sortKey } = recordOf({ at: ms, hosts: [] });
  return { requestedAt, sortKey };
};
const lock = (changes: Partial<HostLock> = {}): HostLock => ({
  ...{ actionId: 'rel', action: 'release', username: 'lead', since: iso(NOW) },
  ...changes,
});
const judged = (records: readonly LaterRecord[], hostLock?: HostLock, now = NOW) =>
  supersedingActionOn(isolation, '1', records, hostLock, now);

const NONE = { kind: 'none' };
const CONTESTED = { kind: 'contested' };
const superseded = (actionId = 'rel', ms = MINUTE) => ({
  kind: 'superseded',
  by: { actionId, action: 'release', username: 'lead', requestedAt: iso(START + ms) },
});
const ENDS_IT = {
  endsAction: {
    ...{ actionId: 'iso', requestedBy: 'analyst', requestedAt: iso(START) },
    releaseAt: iso(START + MINUTE),
  },
};

it.each<[string, LaterRecord, object]>([
  ['that was accepted', later('requested'), superseded()],
  ['that is done', later('done'), superseded()],
  [
    'that was undone after it was accepted',
    later('failed', {}, { reason: 'undone', endedAt: iso(NOW) }),
    superseded(),
  ],
  [
    'that SentinelOne refused',
    later('failed', {}, { reason: 'forbidden', endedAt: iso(NOW) }),
    NONE,
  ],
  ['that changed nothing', later('unchanged'), NONE],
  ['that is being sent', later('pending'), CONTESTED],
  ['of another host', later('done', {}, { agentId: '2' }), NONE],
  ['of another host, being sent', later('pending', {}, { agentId: '2' }), NONE],
  ['that requests the same', later('done', { action: 'isolate' }), NONE],
  ['of another property', later('done', { action: 'scan' }), NONE],
  ['that is as old', later('done', { sortKey: isolation.sortKey }), NONE],
  ['that is older', later('done', at(-1)), NONE],
  [
    'of a clock that is a little ahead',
    later('done', at(11 * MINUTE - 1)),
    superseded('rel', 11 * MINUTE - 1),
  ],
  ['from the future', later('done', at(11 * MINUTE)), NONE],
  ['that ends this one automatically, and was sent', later('requested', ENDS_IT), CONTESTED],
  ['that ends this one automatically, and took effect', later('done', ENDS_IT), superseded()],
  [
    'that ends another one automatically',
    later('requested', { endsAction: { ...ENDS_IT.endsAction, actionId: 'other' } }),
    superseded(),
  ],
])('a record %s', (_, record, expected) => {
  expect(judged([record])).toEqual(expected);
});

it('is superseded by the first action that was accepted', () => {
  const first = later('done', { ...at(2 * MINUTE), actionId: 'first' });
  const second = later('done', { ...at(3 * MINUTE), actionId: 'second' });
  const open = later('pending', { ...at(MINUTE), actionId: 'open' });
  const own = later('requested', { ...ENDS_IT, ...at(MINUTE), actionId: 'own' });
  expect(judged([first, second])).toEqual(superseded('first', 2 * MINUTE));
  expect(judged([second, first])).toEqual(superseded('first', 2 * MINUTE));
  expect(judged([open, own, second])).toEqual(superseded('second', 3 * MINUTE));
});

describe('the last lock on the host', () => {
  it.each<[string, HostLock, readonly LaterRecord[], object]>([
    ['of an action whose record a search does not find yet', lock(), [], CONTESTED],
    [
      'that is almost a minute old',
      lock({ since: iso(NOW - MINUTE + 1) }),
      [later('unchanged', { actionId: 'other' })],
      CONTESTED,
    ],
    ['that is a minute old', lock({ since: iso(NOW - MINUTE) }), [], NONE],
    ['of a clock that is a minute ahead', lock({ since: iso(NOW + MINUTE) }), [], NONE],
    ['of a recorded action', lock(), [later('unchanged')], NONE],
    ['of this action', lock({ actionId: 'iso' }), [], NONE],
    ['of an action that requests the same', lock({ action: 'isolate' }), [], NONE],
  ])('%s', (_, hostLock, records, expected) => {
    expect(judged(records, hostLock)).toEqual(expected);
  });
});

it('lists the later records of each agent, with only its host', () => {
  const both = later('done', {
    hosts: [hostOf('1', { outcome: 'done' }), hostOf('2'), hostOf('3', { agentId: null })],
  });
  const second = later('requested', { actionId: 'second' });
  const found = byAgent([both, second]);
  expect([...found.keys()]).toEqual(['1', '2']);
  expect(found.get('1')).toEqual([{ ...both, hosts: [both.hosts[0]] }, second]);
  expect(found.get('2')).toEqual([{ ...both, hosts: [both.hosts[1]] }]);
});
