import * as fc from 'fast-check';
import { LIMITS } from '../../common/lib/constants';
import { SUB_ACTION_INPUT } from '../../common/api/rule_hosts';
import { decode } from '../../common/lib/validation';
import { hostsOfRuleAlerts } from './hosts_of_rule_alerts';

const alert = (uuid: unknown, name?: unknown, id?: unknown) => ({
  'event.dataset': 'sentinel_one.alert',
  observer: { serial_number: uuid },
  host: { name, id },
});

/** Whether the connector takes what a rule would send for these alerts. */
const accepted = ({ hosts, refusedHosts }: ReturnType<typeof hostsOfRuleAlerts>) =>
  decode(SUB_ACTION_INPUT.isolate, {
    hosts,
    comment: 'x',
    ...(refusedHosts.length === 0 ? {} : { refusedHosts }),
  });

describe('hostsOfRuleAlerts', () => {
  it('returns all hosts of an alert from several events, without assigning names', () => {
    const { hosts } = hostsOfRuleAlerts([alert(['A', 'B'], ['a', 'b'], ['1'])]);
    const names = ['a', 'b'];
    expect(hosts).toEqual([
      { uuid: 'A', names },
      { uuid: 'B', names },
      { agentId: '1', names },
    ]);
  });

  it('returns an alert whose id is a number separately, with the reason', () => {
    const threat = {
      'event.dataset': 'sentinel_one.threat',
      sentinel_one: JSON.parse('{"threat":{"agent":{"id":1800000000000000018}}}'),
      host: { name: 'web-9' },
    };
    const found = hostsOfRuleAlerts([alert('A', 'a'), threat, threat]);
    expect(found.hosts).toEqual([{ uuid: 'A', name: 'a' }]);
    expect(found.withoutAgent).toBe(0);
    expect(found.refusedHosts).toEqual([
      {
        reason: 'unusable_id',
        name: 'web-9',
        detail: expect.stringMatching(
          /^sentinel_one\.threat\.agent\.id is a JSON number, read as 1800000000000000000:/
        ),
      },
    ]);
    expect(accepted(found).ok).toBe(true);
    expect(accepted(hostsOfRuleAlerts([threat])).ok).toBe(true);
  });

  it('truncates a long name to one that no host has', () => {
    const found = hostsOfRuleAlerts([alert('A', 'x'.repeat(257)), alert('B', 'b')]);
    expect(found.hosts).toEqual([
      { uuid: 'A', name: expect.stringContaining('(257 characters)') },
      { uuid: 'B', name: 'b' },
    ]);
    expect(accepted(found).ok).toBe(true);
  });

  it('prefers hosts of alerts with one host when there are too many', () => {
    const many = (n: number) =>
      alert(
        Array.from({ length: LIMITS.hostsPerDocument }, (_, at) => `m${n}-${at}`),
        'm'
      );
    const found = hostsOfRuleAlerts([
      ...Array.from({ length: 11 }, (_, n) => many(n)),
      alert('A', 'a'),
    ]);
    expect(found.hosts).toHaveLength(LIMITS.hostsPerAction);
    expect(found.hosts[0]).toEqual({ uuid: 'A', name: 'a' });
    expect(found.refusedHosts).toEqual([
      { reason: 'too_many', detail: expect.stringContaining('101 more hosts than the 1,000') },
    ]);
    expect(accepted(found).ok).toBe(true);
  });

  it("records unusable alerts individually only up to the connector's limit", () => {
    const bad = Array.from({ length: 300 }, (_, n) => alert(n, `web-${n}`));
    const found = hostsOfRuleAlerts([...bad, alert('A', 'a')]);
    expect(found.hosts).toEqual([{ uuid: 'A', name: 'a' }]);
    expect(found.refusedHosts.length).toBeLessThanOrEqual(LIMITS.refusedHosts);
    expect(found.refusedHosts.at(-1)!.detail).toBe('203 more hosts like this');
    expect(accepted(found).ok).toBe(true);
  });

  it('reads the other alerts when one is nested too deeply', () => {
    let deep: unknown = 'a';
    for (let n = 0; n < 100_000; n++) deep = [deep];
    const found = hostsOfRuleAlerts([alert(deep), alert('A', 'a')]);
    expect(found.hosts).toEqual([{ uuid: 'A', name: 'a' }]);
    expect(found.refusedHosts).toHaveLength(1);
    expect(accepted(found).ok).toBe(true);
  });

  it('acts on the hosts of valid alerts, regardless of the content of others', () => {
    const junk = fc.oneof(
      fc.anything(),
      fc.string({ maxLength: 600 }),
      fc.string16bits({ maxLength: 300 }),
      fc.array(fc.hexaString({ minLength: 1, maxLength: 40 }), { maxLength: 130 })
    );
    const bad = fc.oneof(
      fc
        .record({ uuid: junk, name: junk, id: junk })
        .map((one) => alert(one.uuid, one.name, one.id)),
      fc.dictionary(fc.constantFrom('observer', 'host', 'event.dataset', 'sentinel_one'), junk)
    );
    fc.assert(
      fc.property(fc.array(bad, { maxLength: 20 }), fc.nat(20), (alerts, at) => {
        const good = alert('0efd7bcf-good', 'good');
        const found = hostsOfRuleAlerts([...alerts.slice(0, at), good, ...alerts.slice(at)]);
        expect(found.hosts).toContainEqual({ uuid: '0efd7bcf-good', name: 'good' });
        expect(accepted(found)).toMatchObject({ ok: true });
      }),
      { numRuns: 1_000 }
    );
  });
});
