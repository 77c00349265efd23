import { render } from '@testing-library/react';
import * as fc from 'fast-check';
import { foundAgent, type Agent, type HostStatus } from '../../common/hosts/agent';
import { agentWith } from '../../test/helpers/sample_hosts';
import { identityOfSubject, type HostSubject } from '../host_status/host_subject';
import { actionTarget } from './action_target';
import { hostReason } from './available_action';
import { useStepTarget, type StepTarget } from './step_target';

/** The data of an alert and of SentinelOne about a host at one time. */
interface AgentReading {
  readonly subject: HostSubject;
  readonly status: HostStatus | undefined;
}

/** Renders a step for each reading in order; returns its state after each. */
function readInTurn(readings: readonly AgentReading[]): readonly StepTarget[] {
  const kept: StepTarget[] = [];
  const Probe = ({ subject, status }: AgentReading) => {
    kept.push(useStepTarget('isolate', subject, status));
    return null;
  };
  const { rerender, unmount } = render(<Probe {...readings[0]!} />);
  const last = [kept.at(-1)!];
  for (const reading of readings.slice(1)) {
    rerender(<Probe {...reading} />);
    last.push(kept.at(-1)!);
  }
  unmount();
  return last;
}

const known = (changes: Partial<Agent> = {}): HostStatus => ({
  state: 'known',
  agent: agentWith(changes),
});
const DC = { id: '1', uuid: 'u1', computerName: 'srv-dc-01' };
const SQL = { id: '2', uuid: 'u2', computerName: 'srv-sql-prod-01' };
const subjectOf = ({ id, uuid, computerName }: typeof DC): HostSubject => ({
  uuid,
  agentId: id,
  name: computerName,
});
const OPENED: AgentReading = { subject: subjectOf(DC), status: known(DC) };

it.each<[string, AgentReading, RegExp]>([
  [
    'the alert contains another host',
    { subject: subjectOf(SQL), status: undefined },
    /^The alert has changed\. Host name before: srv-dc-01\. Now: srv-sql-prod-01\.$/,
  ],
  [
    'the alert contains another agent of the same name',
    { subject: { ...subjectOf(DC), uuid: 'u9' }, status: undefined },
    /Agent UUID before: u1\. Now: u9/,
  ],
  [
    'the alert no longer contains an agent id',
    { subject: { uuid: 'u1', name: 'srv-dc-01' }, status: known(DC) },
    /Agent id before: 1\. Now: none/,
  ],
  [
    'the host has another name in SentinelOne',
    { subject: subjectOf(DC), status: known({ ...DC, computerName: 'srv-sql-prod-01' }) },
    /^The host has changed in SentinelOne\. Before: srv-dc-01 \(agent id 1, UUID u1\)\. Now: srv-sql-prod-01 \(agent id 1/,
  ],
  [
    'SentinelOne has another agent for the UUID',
    { subject: subjectOf(DC), status: known({ ...DC, id: '7' }) },
    /Now: srv-dc-01 \(agent id 7, UUID u1\)/,
  ],
  [
    'the UUID no longer belongs to an agent',
    { ...OPENED, status: { state: 'partial_match', foundBy: 'agentId', agent: agentWith(DC) } },
    /^No agent has the UUID in the alert/,
  ],
  [
    'the agent was removed',
    { subject: subjectOf(DC), status: { state: 'unknown' } },
    /^No agent in SentinelOne has the UUID or id of srv-dc-01/,
  ],
  [
    'the host was cloned',
    {
      subject: subjectOf(DC),
      status: { state: 'ambiguous', agents: [agentWith(DC), agentWith(DC)] },
    },
    /^Several agents share the UUID of srv-dc-01/,
  ],
  [
    'the agent is decommissioned',
    { subject: subjectOf(DC), status: known({ ...DC, isDecommissioned: true }) },
    /^The agent of srv-dc-01 is decommissioned/,
  ],
])('stops when %s, with the reason, and stays stopped', (_, reading, change) => {
  const [opened, changed, back] = readInTurn([OPENED, reading, OPENED]);
  expect(opened!.change).toBeUndefined();
  expect(changed!.change).toMatch(change);
  expect(back!.change).toBe(changed!.change);
  expect(back!.openedFor).toEqual({
    subject: OPENED.subject,
    agent: agentWith(DC),
    doubt: undefined,
  });
});

it.each<[string, AgentReading, AgentReading]>([
  [
    'an alert that contains more, and nothing different',
    { subject: { uuid: 'u1' }, status: known(DC) },
    OPENED,
  ],
  [
    'other forms of the same name',
    OPENED,
    {
      subject: { ...OPENED.subject, name: 'SRV-DC-01' },
      status: known({ ...DC, computerName: 'srv-dc-01.corp.example' }),
    },
  ],
  ['another network status', OPENED, { ...OPENED, status: known({ ...DC, networkStatus: null }) }],
  ['no answer for a while', OPENED, { ...OPENED, status: undefined }],
])('does not stop after %s', (_, first, second) => {
  expect(readInTurn([first, second]).map(({ change }) => change)).toEqual([undefined, undefined]);
});

it('stops when the name in a later version of the alert differs from the host that is shown', () => {
  const byUuid = { subject: { uuid: 'u1' }, status: known(DC) };
  const [, after] = readInTurn([byUuid, { ...byUuid, subject: { uuid: 'u1', name: 'other' } }]);
  expect(after!.change).toMatch(/Host name before: srv-dc-01\. Now: other/);
});

it('has no host until SentinelOne has answered with an agent that accepts commands', () => {
  const readings = [
    { ...OPENED, status: undefined },
    { ...OPENED, status: known({ ...DC, isUninstalled: true }) },
    OPENED,
  ];
  expect(readInTurn(readings).map(({ openedFor }) => openedFor?.agent.id)).toEqual([
    undefined,
    undefined,
    '1',
  ]);
});

describe('with any data in any order', () => {
  const words = fc.constantFrom('1', '2', 'u1', 'u2', 'srv-dc-01', 'srv-sql-prod-01');
  const agents = fc
    .record({
      id: fc.constantFrom('1', '2'),
      uuid: fc.option(fc.constantFrom('u1', 'u2')),
      computerName: fc.option(words),
      isDecommissioned: fc.boolean(),
      networkStatus: fc.constantFrom('connected', 'disconnected', null),
    })
    .map((changes) => agentWith(changes as Partial<Agent>));
  const statuses = fc.oneof(
    fc.constant(undefined),
    agents.map((agent): HostStatus => ({ state: 'known', agent })),
    agents.map((agent): HostStatus => ({ state: 'partial_match', foundBy: 'uuid', agent })),
    fc.constant<HostStatus>({ state: 'unknown' }),
    fc.array(agents).map((all): HostStatus => ({ state: 'ambiguous', agents: all }))
  );
  const subjects = fc.record(
    { uuid: words, agentId: words, name: words },
    { requiredKeys: [] }
  ) as fc.Arbitrary<HostSubject>;
  const readings = fc.array(fc.record({ subject: subjects, status: statuses }), { minLength: 1 });

  it('sends the action for the host that was shown first, or not at all', () => {
    let uncontradicted = 0;
    fc.assert(
      fc.property(readings, (all) => {
        const kept = readInTurn(all as readonly AgentReading[]);
        const first = all.findIndex(
          ({ status }) => foundAgent(status) !== undefined && hostReason(status) === undefined
        );
        kept.forEach(({ openedFor, change }, n) => {
          if (first === -1 || n < first) return expect(openedFor).toBeUndefined();
          const { subject, status } = all[first]!;
          expect(openedFor).toMatchObject({ subject, agent: foundAgent(status) });
          const [sent] = actionTarget('isolate', [
            { reference: identityOfSubject(openedFor!.subject), agent: openedFor!.agent },
          ]).hosts;
          expect(sent!.agentId).toBe(subject.agentId ?? openedFor!.agent.id);
          if (change !== undefined) return;
          uncontradicted += 1;
          // If it has not stopped, no later data contradicts what is shown and sent.
          for (const { subject: later, status: now } of all.slice(first, n + 1)) {
            expect(later.name ?? sent!.name).toBe(sent!.name ?? later.name);
            if (now !== undefined) expect(foundAgent(now)?.id).toBe(openedFor!.agent.id);
          }
        });
      }),
      { numRuns: 300 }
    );
    expect(uncontradicted).toBeGreaterThan(20);
  });
});

it('freezes the target', () => {
  const target = actionTarget('isolate', [
    { reference: { uuid: 'u1', name: 'srv-dc-01' }, agent: agentWith(DC) },
  ]);
  expect(target.hosts).toEqual([{ uuid: 'u1', agentId: '1', name: 'srv-dc-01' }]);
  for (const part of [target, target.hosts, target.hosts[0]]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});
