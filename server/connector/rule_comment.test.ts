import * as fc from 'fast-check';
import { MESSAGE_TEMPLATES, RULE_VARIABLES } from '../../test/helpers/message_templates';
import { hostActionParamsCodec } from '../../common/api/connector';
import { LIMITS } from '../../common/lib/constants';
import { decode } from '../../common/lib/validation';
import { ruleComment } from './connector_type';

const ALL = { total: 2, withoutAgent: 0 };

describe('ruleComment', () => {
  it.each(MESSAGE_TEMPLATES.filter(([, expected]) => expected !== undefined))(
    'renders %s as Kibana does',
    (template, expected) => {
      expect(ruleComment(template, RULE_VARIABLES, ALL)).toBe(expected);
    }
  );

  it.each(['', ' \n', '{{nothing}}', ' {{#missing}}x{{/missing}} ', undefined, null, 7, {}, []])(
    'falls back to rule name and alert count for %j',
    (template) => {
      expect(ruleComment(template, RULE_VARIABLES, ALL)).toBe('Rule "R & D <1>": 2 alerts');
      const one = { total: 1, withoutAgent: 0 };
      expect(ruleComment(template, { alertName: 'EDR' }, one)).toBe('Rule "EDR": 1 alert');
      expect(ruleComment(template, {}, one)).toBe('Detection rule: 1 alert');
    }
  );

  it('keeps the text of variables that cannot be read', () => {
    const circular: Record<string, unknown> = { rule: { name: 'EDR' } };
    circular.self = circular;
    expect(ruleComment('by {{rule.name}}', circular, ALL)).toBe('by {{rule.name}}');
    expect(ruleComment('', circular, ALL)).toBe('Rule "EDR": 2 alerts');
  });

  it('keeps the note about other alerts when the comment is too long', () => {
    const comment = ruleComment('x'.repeat(3_000), {}, { total: 5, withoutAgent: 4 });
    expect(comment).toHaveLength(LIMITS.comment);
    expect(comment).toMatch(
      /^x+… \(4 of 5 alerts named no SentinelOne agent or were not passed to the action\)$/
    );
  });

  it('is always accepted by the sub-action', () => {
    const pieces = fc.constantFrom(
      '{{rule.name}}',
      '{{#context.alerts}}',
      '{{/context.alerts}}',
      '{{#FormatDate}}',
      '{{/FormatDate}}',
      '{{{x}}}',
      '\u0000',
      '\u{1F600}',
      ' '
    );
    const template = fc.oneof(
      fc.array(fc.oneof(pieces, fc.string16bits()), { maxLength: 12 }).map((all) => all.join('')),
      fc.string16bits({ maxLength: 5_000 }),
      fc.anything()
    );
    const variables = fc.record({
      rule: fc.anything(),
      context: fc.anything(),
      x: fc.oneof(fc.string16bits(), fc.anything()),
    });
    fc.assert(
      fc.property(template, variables, fc.nat(200), fc.nat(200), (written, given, some, more) => {
        const comment = ruleComment(written, given, { total: some + more, withoutAgent: some });
        const params = { hosts: [{ uuid: 'a' }], comment };
        expect(decode(hostActionParamsCodec, params)).toMatchObject({ ok: true });
      }),
      { numRuns: 2000 }
    );
  });
});
