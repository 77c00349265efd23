import type { ActionRecord } from '../../common/actions/record';
import { elasticsearch } from '../helpers/elasticsearch';
import { affectedBy, fleetOf, type SimulatedAgent } from '../helpers/hosts';
import { expectOk } from '../helpers/http';
import { inKibana } from '../helpers/kibana';
import { FREQUENCY, isolateAction, makeRule, type Rule } from '../helpers/rule';
import { openTarget, type Target } from '../helpers/target';
import { until } from '../helpers/until';

const whereRulesAct = process.env.AUTOMATION === 'false' ? test.skip : test;

jest.setTimeout(300_000);

/** Whatever differs between two hosts' alerts or between two runs stays out: the texts are compared. */
const TEMPLATE = [
  '{{rule.name}} {{rule.tags}} {{{rule.tags.asJSON}}} {{context.rule.severity}}',
  '{{#context.alerts}}{{host}} {{kibana.alert.severity}} {{/context.alerts}}',
  '{{#context.alerts}}{{#FormatDate}} {{{@timestamp}}} ; America/New_York ; YYYY-MM-DD {{/FormatDate}}{{/context.alerts}}',
  '{{#EvalMath}} 2 * state.signals_count {{/EvalMath}} {{#EvalMath}} round(7 / 2) {{/EvalMath}}',
  '{{#FormatNumber}} 1234.5 ; de-DE ; style: currency, currency: EUR {{/FormatNumber}}',
  '{{#ParseHjson}} { a: [1, 2] } {{/ParseHjson}}',
  '{{#context.none}}none{{/context.none}}<{{nothing}}> & "quoted"',
].join(' | ');

inKibana("the comment of a rule's action", () => {
  let target: Target;
  let rule: Rule | undefined;
  let index: { readonly id: string; readonly name: string } | undefined;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target?.close());
  beforeEach(async () => {
    await target.simulator.reset();
    await target.simulator.clearCalls();
  });
  afterEach(async () => {
    await rule?.remove();
    rule = undefined;
    if (index === undefined) return;
    await target.request('admin', 'DELETE', `/api/actions/connector/${index.id}`);
    await elasticsearch('DELETE', `/${index.name}?ignore_unavailable=true`);
    index = undefined;
  });

  /** Kibana's own connector that writes a document for each action. */
  const makeIndexConnector = async () => {
    const name = `rule-comments-${Date.now()}`;
    const answer = await target.request('admin', 'POST', '/api/actions/connector', {
      body: { name, connector_type_id: '.index', config: { index: name, refresh: true } },
    });
    return { id: expectOk(answer, 'the index connector').json.id as string, name };
  };
  const indexAction = (id: string, frequency: keyof typeof FREQUENCY) => ({
    id,
    action_type_id: '.index',
    group: 'default',
    params: { documents: [{ comment: TEMPLATE, frequency }] },
    frequency: FREQUENCY[frequency],
  });
  /** What Kibana's own connector wrote, sorted. */
  const written = async (frequency: string): Promise<readonly string[]> => {
    const { hits } = await elasticsearch('POST', `/${index!.name}/_search`, { size: 100 });
    const sources = hits.hits as ReadonlyArray<{ _source: { comment: string; frequency: string } }>;
    return sources
      .filter(({ _source }) => _source.frequency === frequency)
      .map(({ _source }) => _source.comment)
      .sort();
  };
  const commentsSince = async (from: string): Promise<readonly string[]> => {
    const path = `/internal/sentinelone_response/actions?${new URLSearchParams({ from })}`;
    const { json } = await target.request('admin', 'GET', path);
    return (json.actions as readonly ActionRecord[]).map(({ comment }) => comment).sort();
  };
  const named = ({ uuid, id, computerName }: SimulatedAgent) => ({ uuid, id, name: computerName });

  whereRulesAct.each(['summary', 'each'] as const)(
    'is rendered as the index connector renders its document (%s)',
    async (frequency) => {
      const { connected } = await fleetOf(target.simulator);
      const [first, second] = connected as [SimulatedAgent, SimulatedAgent];
      index = await makeIndexConnector();
      rule = await makeRule(target, 'admin', [
        indexAction(index.id, frequency),
        isolateAction(target.connectorId, TEMPLATE, frequency),
      ]);
      const from = new Date().toISOString();
      await rule.find([named(first), named(second)]);
      const expected = await until("Kibana's own connector ran", async () => {
        const found = await written(frequency).catch(() => []);
        return found.length === (frequency === 'summary' ? 1 : 2) ? found : undefined;
      });
      const comments = await until('ours ran as often', async () => {
        const found = await commentsSince(from);
        return found.length >= expected.length ? found : undefined;
      });
      expect(comments).toEqual(expected);
      for (const comment of comments) {
        expect(comment).toContain('1.234,50');
        expect(comment).toContain('{"a":[1,2]}');
        expect(comment).not.toMatch(/object Object|error rendering/);
      }
      const writes = await target.simulator.writes();
      expect([...affectedBy(writes)].sort()).toEqual([first.id, second.id].sort());
    }
  );

  whereRulesAct(
    'that renders empty is the rule and its alerts, and the host is isolated',
    async () => {
      const { connected } = await fleetOf(target.simulator);
      const host = connected[0]!;
      rule = await makeRule(target, 'analyst', '{{#context.none}}x{{/context.none}} {{nothing}}');
      const from = new Date().toISOString();
      await rule.find([named(host)]);
      const comments = await until('the action is recorded', async () => {
        const found = await commentsSince(from);
        return found.length > 0 ? found : undefined;
      });
      expect(comments).toEqual(['Rule "Isolate what analyst watches": 1 alert']);
      expect(affectedBy(await target.simulator.writes())).toEqual([host.id]);
    }
  );
});
