import { useState, type FC } from 'react';
import { screen, within } from '@testing-library/react';
import {
  ActionConnectorMode,
  type ActionConnector,
  type ActionParamsProps,
  type IErrorObject,
} from '@kbn/triggers-actions-ui-plugin/public';
import { httpError } from '../../test/ui/http_error';
import { alerted, button } from '../../test/ui/looking';
import { createUi, enter, pass, setUpUi } from '../../test/ui/render_ui';
import { REASONS } from '../../common/outcome';
import { reasonText } from '../../common/reason_text';
import type { ActionParams } from './action_params';
import { ParamsFields } from './params_fields';

setUpUi();

const connectorWith = (config: Record<string, unknown>): ActionConnector => ({
  id: 'connector 1',
  actionTypeId: 'sentinelone-response',
  name: 'SentinelOne',
  secrets: {},
  config,
  isPreconfigured: false,
  isDeprecated: false,
  isSystemAction: false,
});

interface Shown {
  params: Partial<ActionParams>;
}

/** Holds the parameters as Kibana's form does. */
function show(
  props: Partial<ActionParamsProps<ActionParams>> = {},
  { params = {}, ...options }: Partial<Shown> & Parameters<typeof createUi>[0] = {}
) {
  const shown: Shown = { params };
  const Form: FC = () => {
    const [actionParams, setParams] = useState(params);
    shown.params = actionParams;
    return (
      <ParamsFields
        actionParams={actionParams}
        index={0}
        errors={{}}
        editAction={(key, value) => setParams((now) => ({ ...now, [key]: value }))}
        actionConnector={connectorWith({ allowAutomation: true })}
        executionMode={ActionConnectorMode.ActionForm}
        {...props}
      />
    );
  };
  const ui = createUi(options);
  ui.show(<Form />);
  return { ...ui, shown };
}

const action = () =>
  screen.getByRole('combobox', { name: 'What to do with the hosts of the alerts' });
const comment = () => screen.getByRole('textbox', { name: 'Comment' });

describe('in a rule', () => {
  it('isolates unless somebody chooses to release', async () => {
    const { user, shown } = show();
    await pass(10);
    expect(shown.params).toEqual({ subAction: 'isolateHost' });
    expect(
      within(action())
        .getAllByRole('option')
        .map(({ textContent }) => textContent)
    ).toEqual(['Isolate host', 'Release host']);
    await user.selectOptions(action(), 'Release host');
    expect(shown.params).toEqual({ subAction: 'releaseHost' });
  });

  it('keeps what was chosen', async () => {
    const params = { subAction: 'releaseHost', subActionParams: { comment: 'why' } } as const;
    const { shown } = show({}, { params });
    await pass(10);
    expect(action()).toHaveValue('releaseHost');
    expect(comment()).toHaveValue('why');
    expect(shown.params).toEqual(params);
  });

  it('takes a comment with variables of the rule', async () => {
    const messageVariables = [{ name: 'rule.name', description: 'The name of the rule' }];
    const ui = show({ messageVariables });
    await enter(ui, comment(), 'By ');
    await ui.user.click(button('Add rule.name'));
    expect(ui.shown.params).toEqual({
      subAction: 'isolateHost',
      subActionParams: { comment: 'By {{rule.name}}' },
    });
  });

  it('says which hosts, and with whose privileges', async () => {
    show();
    await pass(10);
    expect(action()).toHaveAccessibleDescription(
      /Every distinct host of the alerts.*privileges of whoever enabled the rule/
    );
  });

  it('shows what is wrong, but not before something is typed', async () => {
    const errors: IErrorObject = { comment: ['A comment is required'], subAction: ['Choose'] };
    const ui = show({ errors });
    await pass(10);
    expect(comment()).toBeValid();
    expect(action()).toHaveAccessibleDescription(/Choose/);
    await enter(ui, comment(), 'x');
    await ui.user.clear(comment());
    expect(comment()).toBeInvalid();
    expect(comment()).toHaveAccessibleDescription(/A comment is required/);
  });

  it('warns when the connector does not let rules act', async () => {
    show({ actionConnector: connectorWith({ allowAutomation: false }) });
    await pass(10);
    expect(screen.getByText(/does not let rules act: the action will be refused/)).toBeVisible();
    expect(
      screen.getByText(/switches on "Let rules and API keys act" in Stack Management/)
    ).toBeVisible();
  });

  it.each([
    ['it does', connectorWith({ allowAutomation: true })],
    ['none is chosen yet', undefined],
    // Kibana tells nothing of what is preconfigured.
    [
      'it is preconfigured',
      {
        ...connectorWith({}),
        isPreconfigured: true,
        config: undefined,
      } as unknown as ActionConnector,
    ],
  ])('does not warn when %s', async (_, actionConnector) => {
    show({ actionConnector });
    await pass(10);
    expect(screen.queryByText(/does not let rules act/)).toBeNull();
  });

  it('can be disabled', async () => {
    show({ isDisabled: true });
    await pass(10);
    expect(action()).toBeDisabled();
    expect(comment()).toBeDisabled();
  });
});

describe('in the Test tab', () => {
  type Post = NonNullable<NonNullable<Parameters<typeof createUi>[0]>['post']>;
  const answering = (answer: () => Promise<unknown>) => {
    const calls: Array<readonly [string, unknown]> = [];
    const post = ((path: string, options?: { body?: unknown }) => {
      calls.push([path, JSON.parse(String(options?.body))]);
      return answer();
    }) as Post;
    return { calls, post };
  };
  const inTest = { executionMode: ActionConnectorMode.Test };
  const checks = [
    { id: 'reachable', status: 'ok', message: 'SentinelOne answers.' },
    { id: 'expiry', status: 'warning', message: 'The token expires soon.', todo: 'Generate one.' },
    { id: 'permissions', status: 'failed', message: 'It may not read.', todo: 'Add a permission.' },
  ];

  it('runs testConnection alone, whatever was there before', async () => {
    const params = { subAction: 'isolateHost', subActionParams: { comment: 'x' } } as const;
    const { shown } = show(inTest, { params });
    await pass(10);
    expect(shown.params).toEqual({ subAction: 'testConnection', subActionParams: {} });
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.getByText(/No host is touched/)).toBeVisible();
  });

  it('shows each check in words, with what to do', async () => {
    const { calls, post } = answering(() => Promise.resolve({ status: 'ok', data: { checks } }));
    const { user } = show(inTest, { post });
    await user.click(button('Test connection'));
    await pass(10);
    expect(calls).toEqual([
      [
        '/api/actions/connector/connector%201/_execute',
        { params: { subAction: 'testConnection', subActionParams: {} } },
      ],
    ]);
    expect(screen.getByRole('status')).toHaveTextContent(
      /Passed: SentinelOne answers\..*Warning: The token expires soon\..*Generate one\..*Failed: It may not read\..*Add a permission\./
    );
  });

  it.each(REASONS)('says what it means when the connector refuses as %s', async (reason) => {
    const said = {
      status: 'error',
      message: 'an error occurred',
      service_message: `[${reason}] x`,
    };
    const { post } = answering(() => Promise.resolve(said));
    const { user } = show(inTest, { post });
    await user.click(button('Test connection'));
    await pass(10);
    const { what, todo } = reasonText(reason, 'read');
    expect(alerted()).toContain(what);
    expect(alerted()).toContain(todo);
    expect(alerted()).not.toContain('[');
  });

  it.each([
    [
      'its own words',
      { status: 'error', service_message: 'target url is not allowed' },
      /target url is not allowed.*Check the tenant URL/,
    ],
    ["Kibana's words", { status: 'error', message: 'no such connector' }, /no such connector/],
    ['a code that nobody knows', { status: 'error', message: '[mystery] x' }, /\[mystery\] x/],
    ['nothing', { status: 'error' }, /The connector gave no answer.*Check the tenant URL/],
    ['no data', { status: 'ok' }, /The connector gave no answer/],
  ])('shows a failure that says %s', async (_, answer, text) => {
    const { post } = answering(() => Promise.resolve(answer));
    const { user } = show(inTest, { post });
    await user.click(button('Test connection'));
    await pass(10);
    expect(alerted()).toMatch(text);
  });

  it.each([
    [403, /You may not use connectors.*"Actions and Connectors: Read"/],
    [500, /Kibana could not do this/],
    [undefined, /Kibana did not answer/],
  ])('says what to do when Kibana answers %s', async (status, text) => {
    const { post } = answering(() => Promise.reject(httpError(status)));
    const { user } = show(inTest, { post });
    await user.click(button('Test connection'));
    await pass(10);
    expect(alerted()).toMatch(text);
  });

  it('can be run again, and then shows the newest result alone', async () => {
    const answers = [
      { status: 'ok', data: { checks: [checks[2]] } },
      { status: 'ok', data: { checks: [checks[0]] } },
    ];
    const { post } = answering(() => Promise.resolve(answers.shift()));
    const { user } = show(inTest, { post });
    await user.click(button('Test connection'));
    await pass(10);
    await user.click(button('Test connection'));
    await pass(10);
    expect(screen.getByRole('status')).toHaveTextContent(/^Passed: SentinelOne answers\.$/);
  });

  it('waits for a connector', async () => {
    show({ ...inTest, actionConnector: undefined });
    await pass(10);
    expect(button('Test connection')).toBeDisabled();
  });
});
