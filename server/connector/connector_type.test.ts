import * as fc from 'fast-check';
import type { Logger } from '@kbn/core/server';
import { HOST_ACTION_INPUT, hostActionParamsCodec } from '../../common/api/connector';
import { decode } from '../../common/lib/validation';
import { renderParameters } from './connector_type';

const alertOf = (uuid: string | undefined, id: string | undefined, name?: string, n = 0) => ({
  _id: `alert-${uuid}-${n}`,
  'event.module': 'sentinel_one',
  observer: { serial_number: uuid },
  host: { id, name },
});
const render = (alerts: unknown, more: object = {}, params: object = {}) =>
  renderParameters(
    { subAction: 'isolateHost', subActionParams: { comment: 'Rule {{rule.name}}', ...params } },
    { context: { alerts }, rule: { name: 'R & D <1>' }, ...more }
  ) as { subActionParams: { hosts: object[]; comment: string; alertIds: string[] } };

describe('renderParameters', () => {
  it('contains every distinct host of the alerts, not only the first', () => {
    const alerts = [
      alertOf('a', '1', 'web-1'),
      alertOf('b', '2', 'web-2'),
      alertOf('a', '1', 'web-1', 2),
      alertOf('c', undefined, 'web-3'),
    ];
    expect(render(alerts).subActionParams).toEqual({
      hosts: [
        { uuid: 'a', agentId: '1', name: 'web-1' },
        { uuid: 'b', agentId: '2', name: 'web-2' },
        { uuid: 'c', name: 'web-3' },
      ],
      comment: 'Rule R & D <1>',
      alertIds: ['alert-a-0', 'alert-b-0', 'alert-a-2', 'alert-c-0'],
    });
  });

  it('returns the same with the logger in front, as Kibana calls it from 8.13 on', () => {
    const params = { subAction: 'isolateHost', subActionParams: { comment: '{{rule.name}}' } };
    const variables = { context: { alerts: [alertOf('a', '1', 'web-1')] }, rule: { name: 'R' } };
    const logger = { debug: () => {} } as unknown as Logger;
    const rendered = renderParameters(params, variables, 'action-1');
    expect(rendered).toMatchObject({ subActionParams: { hosts: [{ uuid: 'a' }], comment: 'R' } });
    expect(renderParameters(logger, params, variables, 'action-1')).toEqual(rendered);
  });

  it('counts alerts without an agent, and those that were not passed to the action', () => {
    const alerts = [alertOf('a', '1', 'web-1'), { _id: 'x', host: { name: 'web-9' } }];
    const { hosts, comment } = render(alerts, { state: { signals_count: 5 } }).subActionParams;
    expect(hosts).toEqual([{ uuid: 'a', agentId: '1', name: 'web-1' }]);
    expect(comment).toMatch(
      /\(4 of 5 alerts named no SentinelOne agent or were not passed to the action\)$/
    );
  });

  it('ignores hosts that the author wrote', () => {
    const { hosts } = render([alertOf('a', '1')], {}, { hosts: [{ uuid: 'z' }] }).subActionParams;
    expect(hosts).toEqual([{ uuid: 'a', agentId: '1' }]);
  });

  it.each(['why', '', null, 7])(
    'never lets a rule override a protection (%j)',
    (overrideComment) => {
      const { subActionParams } = render([alertOf('a', '1')], {}, { overrideComment });
      const decoded = decode(HOST_ACTION_INPUT.isolate, subActionParams);
      expect(decoded).toMatchObject({ ok: false, problems: [{ field: 'overrideComment' }] });
      expect(JSON.stringify(decoded)).toContain('never by a rule');
    }
  );

  it.each([undefined, null, [], 'x', [null, 7, 'x']])(
    'names nobody for alerts that are %j, which the sub-action then refuses',
    (alerts) => {
      const { subActionParams } = render(alerts);
      expect(subActionParams.hosts).toEqual([]);
      expect(decode(hostActionParamsCodec, subActionParams).ok).toBe(false);
    }
  );

  it.each(['', '{{nothing}}', undefined, 'x {{#a}}', 'x'.repeat(9_999), '\u0000\uD83D'])(
    'names the hosts with a comment that is accepted when the author wrote %j',
    (written) => {
      const { subActionParams } = render([alertOf('a', '1')], {}, { comment: written });
      expect(subActionParams.hosts).toEqual([{ uuid: 'a', agentId: '1' }]);
      expect(decode(HOST_ACTION_INPUT.isolate, subActionParams)).toMatchObject({ ok: true });
    }
  );

  it('keeps the comment within its limit', () => {
    const { comment } = render(
      [alertOf('a', '1'), {}],
      {},
      { comment: 'x'.repeat(3000) }
    ).subActionParams;
    expect(comment).toHaveLength(2000);
    expect(comment).toMatch(/passed to the action\)$/);
  });

  it('never contains a host that is in no alert, or one with only a name', () => {
    const text = fc.oneof(fc.string(), fc.hexaString({ minLength: 1 }), fc.constant(undefined));
    const alert = fc.oneof(
      fc.record({ uuid: text, id: text, name: text }).map((a) => alertOf(a.uuid, a.id, a.name)),
      fc.anything()
    );
    fc.assert(
      fc.property(fc.array(alert), (alerts) => {
        const { hosts } = render(alerts).subActionParams;
        const all = JSON.stringify(alerts);
        for (const host of hosts as Array<{ uuid?: string; agentId?: string }>) {
          const ids = [host.uuid, host.agentId].filter((id) => id !== undefined);
          expect(ids.length).toBeGreaterThan(0);
          for (const id of ids) expect(all).toContain(id);
        }
      }),
      { numRuns: 2000 }
    );
  });
});
