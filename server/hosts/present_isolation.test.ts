import fc from 'fast-check';
import type { IsolationActivity } from '../../common/api/connector';
import { readIsolationActivities } from '../sentinelone_client/read_isolation_activities';
import { isIsolatedAgain, isolatedHost, recordAgeOf } from './present_isolation';
import type { RecordedIsolation } from './recorded_isolations';
import { agentOf } from '../../test/helpers/isolated_hosts';

const START = Date.UTC(2026, 0, 1);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const iso = (seconds: number) => new Date(START + seconds * SECOND).toISOString();

const DISCONNECTED = { networkStatus: 'disconnected' } as const;
const DISCONNECTING = { networkStatus: 'disconnecting' } as const;

const recordedAt = (requested: number, confirmed?: number): RecordedIsolation => ({
  by: 'ann',
  since: iso(confirmed ?? requested),
  requestedAt: iso(requested),
  ...(confirmed === undefined ? {} : { confirmedAt: iso(confirmed) }),
});
const activity = (fields: Partial<IsolationActivity> = {}): IsolationActivity => ({
  ...{ agentId: '1', at: iso(0), user: null, connectedAt: null, isolatedBefore: null },
  ...fields,
});

const KINDS = ['isolate here', 'release here', 'isolate there', 'release there'] as const;
interface Step {
  readonly kind: (typeof KINDS)[number];
  /** Seconds since the step before. */
  readonly gap: number;
}
const stepsOf = (shortest: number) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      gap: fc.integer({ min: shortest, max: 20 * 60 }),
    }),
    { minLength: 1, maxLength: 12 }
  );

/** Steps after which a host that Kibana isolated is isolated again in the console. */
const isolatedAgainOf = (shortest: number) => {
  const gap = fc.integer({ min: shortest, max: 20 * 60 });
  return fc
    .tuple(stepsOf(shortest), fc.tuple(gap, gap, gap))
    .map(([steps, gaps]): readonly Step[] => [
      ...steps,
      ...(['isolate here', 'release there', 'isolate there'] as const).map((kind, n) => ({
        ...{ kind, gap: gaps[n]! },
      })),
    ]);
};

/**
 * Plays steps of Kibana ("here") and of users of SentinelOne's console ("there") on one host, whose agent reports a second
 * after each command. `ahead` is by how many seconds SentinelOne's clock is ahead of Kibana's.
 */
async function play(steps: readonly Step[], ahead: number) {
  const log: object[] = [];
  let isIsolated = false;
  let isolatedThere = false;
  let recorded: RecordedIsolation | undefined;
  let time = 0;
  const report = (activityType: number, at: number) =>
    log.push({ activityType, agentId: '1', createdAt: iso(at + ahead), data: null });
  for (const { kind, gap } of steps) {
    time += gap;
    const isHere = kind.endsWith(' here');
    const isolates = kind.startsWith('isolate');
    if (isolates && !isIsolated) {
      report(61, time);
      report(1001, time + 1);
      if (isHere) recorded = recordedAt(time, time + 2);
      isolatedThere = !isHere;
    }
    if (!isolates && isIsolated) {
      report(62, time);
      report(1002, time + 1);
      // The release is Kibana's last action then.
      if (isHere) recorded = undefined;
    }
    isIsolated = isolates;
  }
  const read = await readIsolationActivities(
    async () => ({ ok: true, body: { data: [...log].reverse(), pagination: {} } }),
    { sleep: async () => {}, random: () => 0 },
    ['1']
  );
  if (!read.ok) throw new Error('The log was not read');
  const [found] = read.value;
  const now = START + (time + 60 * 60) * SECOND;
  return { isIsolated, isolatedThere, recorded, found, now };
}

describe('for all actions in Kibana and in the console', () => {
  it('an isolation by Kibana is never attributed to others, even if clocks differ by a minute', async () => {
    await fc.assert(
      fc.asyncProperty(stepsOf(65), fc.integer({ min: -60, max: 60 }), async (steps, ahead) => {
        const { isIsolated, isolatedThere, recorded, found, now } = await play(steps, ahead);
        if (!isIsolated || isolatedThere || recorded === undefined) return;
        expect(isIsolatedAgain(recorded, DISCONNECTED, found, now)).toBe(false);
        expect(isolatedHost(agentOf('1'), recorded, found, now)).toMatchObject({
          ...{ source: 'record', by: 'ann', since: recorded.since },
        });
      }),
      { numRuns: 300 }
    );
  });

  it('an isolation in the console is never attributed to Kibana: at once with equal clocks, else if it was minutes later', async () => {
    const found = { there: 0 };
    const check = async (steps: readonly Step[], ahead: number) => {
      const played = await play(steps, ahead);
      const { isIsolated, isolatedThere, recorded, now } = played;
      if (!isIsolated || !isolatedThere || recorded === undefined) return;
      found.there += 1;
      expect(isIsolatedAgain(recorded, DISCONNECTED, played.found, now)).toBe(true);
      const host = isolatedHost(agentOf('1'), recorded, played.found, now);
      expect(host).toMatchObject({ source: 'activity', agent: { isIsolatedOutside: true } });
      // Nothing of the earlier record is shown.
      expect(Object.keys(host).sort()).toEqual(['agent', 'by', 'since', 'source']);
    };
    const [together, apart] = [fc.integer({ min: 0, max: 60 }), fc.integer({ min: -60, max: -1 })];
    await fc.assert(fc.asyncProperty(isolatedAgainOf(3), together, check), { numRuns: 300 });
    await fc.assert(fc.asyncProperty(isolatedAgainOf(200), apart, check), { numRuns: 300 });
    expect(found.there).toBeGreaterThan(100);
  });
});

it('without the log, only a host that is isolating again is known to be isolated by others', () => {
  const recorded = recordedAt(0, 10);
  const now = START + 10 * SECOND + 2 * MINUTE;
  expect(isIsolatedAgain(recorded, DISCONNECTING, undefined, now)).toBe(true);
  expect(isolatedHost(agentOf('1', DISCONNECTING), recorded, undefined, now)).toMatchObject({
    ...{ source: 'outside', by: null, since: null },
  });
  // The reading of the host may be older than that of the record.
  expect(isIsolatedAgain(recorded, DISCONNECTING, undefined, now - 1)).toBe(false);
  expect(isIsolatedAgain(recordedAt(0), DISCONNECTING, undefined, now)).toBe(false);
  expect(isIsolatedAgain(recorded, DISCONNECTED, undefined, now)).toBe(false);
  // The log knows better: nobody connected the host, so that a further request changed nothing.
  expect(isIsolatedAgain(recorded, DISCONNECTING, activity(), now)).toBe(false);
});

it('compares the request time of a removed record with the log', () => {
  const now = START + 60 * MINUTE;
  const again = { connectedAt: iso(600), isolatedBefore: iso(5), at: iso(700) };
  expect(isIsolatedAgain(recordedAt(0), DISCONNECTED, activity(again), now)).toBe(true);
  // What an earlier isolation reported late says nothing.
  const late = { ...again, isolatedBefore: iso(-5) };
  expect(isIsolatedAgain(recordedAt(0), DISCONNECTED, activity(late), now)).toBe(false);
  expect(isIsolatedAgain(recordedAt(0, 10), DISCONNECTED, activity(late), now)).toBe(true);
});

it('a record is recent for two minutes after Kibana read the isolation from SentinelOne', () => {
  const at = (seconds: number) => START + seconds * SECOND;
  expect(recordAgeOf(undefined, DISCONNECTED, at(0))).toBe('none');
  expect(recordAgeOf(recordedAt(0), DISCONNECTING, at(119))).toBe('begun');
  expect(recordAgeOf(recordedAt(0), DISCONNECTED, at(119))).toBe('recent');
  expect(recordAgeOf(recordedAt(0), DISCONNECTED, at(120))).toBe('earlier');
  expect(recordAgeOf(recordedAt(0, 60), DISCONNECTED, at(179))).toBe('recent');
  expect(recordAgeOf(recordedAt(0, 60), DISCONNECTED, at(180))).toBe('earlier');
  // Isolated before, and isolating once more.
  expect(recordAgeOf(recordedAt(0, 60), DISCONNECTING, at(61))).toBe('earlier');
});

it('does not mark a host as isolated outside Kibana if the user of the connector’s token isolated it', () => {
  const found = activity({ user: 'Service user', isOwnToken: true });
  const host = isolatedHost(agentOf('1'), undefined, found, START);
  expect(host).toMatchObject({ source: 'activity', by: 'Service user', isOwnToken: true });
  expect(host.agent).not.toHaveProperty('isIsolatedOutside');
});
