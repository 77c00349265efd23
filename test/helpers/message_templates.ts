/**
 * Templates of a rule's author and the variables that Kibana 8.12.2 hands over for them: for what Kibana's
 * renderer does with them, whichever host is under test.
 */

const ALERTS = [
  {
    _id: 'alert-1',
    '@timestamp': '2024-07-03T03:44:03.003Z',
    'kibana.alert.rule.name': 'SentinelOne alerts',
    event: { module: 'sentinel_one', severity: 73, category: ['malware', 'process'] },
    observer: { serial_number: '0efd7bcfd285450885e05bd8d5bf2ba7' },
    host: { name: 'srv-win1', id: '1834780238610855645', os: { type: 'windows' } },
    process: { name: 'powershell.exe', args: ['-enc', 'AAA='] },
  },
  {
    _id: 'alert-2',
    '@timestamp': '2024-07-03T03:45:00.000Z',
    event: { module: 'sentinel_one' },
    observer: { serial_number: 'b5e05bd8d5bf2ba70efd7bcfd2854508' },
    host: { name: 'büro-<7> & "x"', id: '2', os: null },
  },
];

/** As for a summary of alerts. */
export const RULE_VARIABLES: Record<string, unknown> = {
  date: '2024-07-03T03:50:00.000Z',
  rule: { name: 'R & D <1>', tags: ['edr', 'auto'], id: 'rule-1', params: { severity: 'high' } },
  state: { signals_count: 2 },
  context: { alerts: ALERTS, rule: { name: 'R & D <1>', severity: 'high' } },
  alerts: { new: { count: 2, data: ALERTS }, all: { count: 2, data: ALERTS } },
  'kibana.alert.severity': 'high',
};

/** Each template with what it renders to, or undefined where a library decides that the workbench lacks. */
export const MESSAGE_TEMPLATES: ReadonlyArray<readonly [string, string | undefined]> = [
  ['Isolated by {{rule.name}}', 'Isolated by R & D <1>'],
  [
    '{{#FormatDate}} {{{date}}} ; America/New_York ; YYYY-MM-DD HH:mm {{/FormatDate}}',
    '2024-07-02 23:50',
  ],
  ['{{#FormatDate}}{{date}}{{/FormatDate}}', '2024-07-03 03:50am'],
  [
    '{{#FormatDate}}{{date}};Mars/Base{{/FormatDate}}',
    'error rendering mustache template "{{#FormatDate}}{{date}};Mars/Base{{/FormatDate}}": unknown timeZone value "Mars/Base"',
  ],
  [
    '{{#FormatDate}}{{missing}}{{/FormatDate}}',
    'error rendering mustache template "{{#FormatDate}}{{missing}}{{/FormatDate}}": date is empty',
  ],
  ['{{#FormatNumber}} 1234.567 ; de-DE ; maximumFractionDigits: 1 {{/FormatNumber}}', '1.234,6'],
  ['{{#FormatNumber}}{{state.signals_count}};;style: percent{{/FormatNumber}}', '200%'],
  ['{{#FormatNumber}}12{{/FormatNumber}}', "invalid format, missing semicolons: '12'"],
  ['{{#FormatNumber}}many;;{{/FormatNumber}}', "invalid number: 'many'"],
  [
    '{{#FormatNumber}}1;;style{{/FormatNumber}}',
    "invalid options: missing colon in option: 'style'",
  ],
  ['{{#EvalMath}} round(state.signals_count * 1.5) {{/EvalMath}}', undefined],
  ['{{#ParseHjson}} { a: {{state.signals_count}} } {{/ParseHjson}}', undefined],
  ['{{context.rule}}', '{"name":"R & D <1>","severity":"high"}'],
  ['{{rule.tags}}', 'edr,auto'],
  ['{{{rule.tags.asJSON}}}', '["edr","auto"]'],
  ['{{kibana.alert.severity}}', 'high'],
  [
    '{{#context.alerts}}{{host.name}} ({{host.os}}, {{process.args.asJSON}}) {{/context.alerts}}',
    'srv-win1 ({"type":"windows"}, ["-enc","AAA="]) büro-<7> & "x" (, )',
  ],
  ['{{#context.alerts}}{{kibana.alert.rule.name}};{{/context.alerts}}', 'SentinelOne alerts;;'],
  [
    '{{alerts.new.count}} new: {{alerts.new.data.1.host}}',
    '2 new: {"name":"büro-<7> & \\"x\\"","id":"2","os":null}',
  ],
  ['x {{#a}}', 'error rendering mustache template "x {{#a}}": Unclosed section "a" at 8'],
  ['{{! nothing is left of this }}a{{^context.none}}b{{/context.none}}', 'ab'],
];
