import * as fc from 'fast-check';
import { SCAN_STATUSES } from '../hosts/agent';
import { PROPERTY_DEFINITIONS, type ReadAgent } from '../hosts/host_property';
import { ACTION_DEFINITIONS, actionOfferedFor } from './catalogue';

/** What a reading of the agent says of a scan, and of aborting one. */

const REQUESTED = '2024-07-03T03:44:00.000Z';
const BEFORE = '2024-07-03T03:43:59.999Z';
const AFTER = '2024-07-03T03:44:00.001Z';

const agentWith = (changes: Partial<ReadAgent>): ReadAgent => ({
  networkStatus: 'connected',
  isActive: true,
  scanStatus: 'none',
  scanStartedAt: null,
  scanFinishedAt: null,
  scanAbortedAt: null,
  ...changes,
});
const { scan, abortScan } = ACTION_DEFINITIONS;

it.each<[string, Partial<ReadAgent>, string]>([
  ['never scanned', {}, 'not_reached'],
  ['never scanned, offline', { isActive: false }, 'undetermined'],
  ['running', { scanStatus: 'started' }, 'in_progress'],
  ['running, offline', { scanStatus: 'started', isActive: false }, 'in_progress'],
  ['finished later', { scanStatus: 'finished', scanFinishedAt: AFTER }, 'reached'],
  ['finished before', { scanStatus: 'finished', scanFinishedAt: BEFORE }, 'not_reached'],
  ['finished at that time', { scanStatus: 'finished', scanFinishedAt: REQUESTED }, 'not_reached'],
  ['finished later, scanned again', { scanStatus: 'started', scanFinishedAt: AFTER }, 'reached'],
  ['aborted later', { scanStatus: 'aborted', scanAbortedAt: AFTER }, 'failed'],
  ['aborted before', { scanStatus: 'aborted', scanAbortedAt: BEFORE }, 'not_reached'],
  ['aborted before, offline', { scanStatus: 'aborted', isActive: false }, 'undetermined'],
  ['aborted later, scanned again', { scanStatus: 'started', scanAbortedAt: AFTER }, 'in_progress'],
  ['not reported', { scanStatus: null, scanFinishedAt: AFTER }, 'not_reported'],
])('a scan that was requested, of an agent that is %s', (_, changes, kind) => {
  expect(scan.read(agentWith(changes), REQUESTED).kind).toBe(kind);
});

it.each<[string, Partial<ReadAgent>, string]>([
  ['running', { scanStatus: 'started' }, 'not_reached'],
  ['running, offline', { scanStatus: 'started', isActive: false }, 'undetermined'],
  ['finished', { scanStatus: 'finished' }, 'reached'],
  ['aborted', { scanStatus: 'aborted' }, 'reached'],
  ['never scanned, offline', { isActive: false }, 'undetermined'],
  ['not reported', { scanStatus: null }, 'not_reported'],
])('an abort that was requested, of an agent that is %s', (_, changes, kind) => {
  expect(abortScan.read(agentWith(changes), REQUESTED).kind).toBe(kind);
});

const anyTime = fc.option(
  fc
    .date({ min: new Date('2024-01-01'), max: new Date('2025-01-01') })
    .map((at) => at.toISOString())
);
const anyAgent: fc.Arbitrary<ReadAgent> = fc.record({
  networkStatus: fc.constant('connected' as const),
  isActive: fc.option(fc.boolean()),
  scanStatus: fc.option(fc.constantFrom(...SCAN_STATUSES)),
  scanStartedAt: anyTime,
  scanFinishedAt: anyTime,
  scanAbortedAt: anyTime,
});
const RUNS = { numRuns: 2_000 };

it('confirms a scan only by a finish that is later than the request', () => {
  fc.assert(
    fc.property(anyAgent, (agent) => {
      const { kind } = scan.read(agent, REQUESTED);
      const isLater =
        agent.scanFinishedAt !== null && Date.parse(agent.scanFinishedAt) > Date.parse(REQUESTED);
      expect(kind === 'reached').toBe(isLater && agent.scanStatus !== null);
      if (kind === 'failed') {
        expect(agent.scanStatus).toBe('aborted');
        expect(Date.parse(agent.scanAbortedAt!)).toBeGreaterThan(Date.parse(REQUESTED));
      }
      // Before the request, no earlier scan counts.
      expect(['reached', 'failed', 'undetermined']).not.toContain(scan.read(agent).kind);
    }),
    RUNS
  );
});

it('confirms an abort only by an agent that is not offline and does not scan', () => {
  fc.assert(
    fc.property(anyAgent, (agent) => {
      expect(abortScan.read(agent, REQUESTED).kind === 'reached').toBe(
        agent.isActive !== false && agent.scanStatus !== null && agent.scanStatus !== 'started'
      );
    }),
    RUNS
  );
});

it('offers to abort a scan only if one is running or requested', () => {
  fc.assert(
    fc.property(anyAgent, (agent) => {
      const label = PROPERTY_DEFINITIONS.scan.labelOf(agent);
      expect(actionOfferedFor('scan', label)).toBe(
        agent.scanStatus === 'started' ? 'abortScan' : 'scan'
      );
    }),
    RUNS
  );
  for (const label of Object.values(scan.statuses.inProgress)) {
    expect(actionOfferedFor('scan', label)).toBe('abortScan');
  }
});
