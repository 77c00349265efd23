import { useState, type FC } from 'react';
import { act, screen, within } from '@testing-library/react';
import {
  ActionConnectorMode,
  type ActionConnector,
  type ActionParamsProps,
  type IErrorObject,
} from '@kbn/triggers-actions-ui-plugin/public';
import { button } from '../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi } from '../../test/helpers/ui/render_ui';
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
        // As in Kibana 8.12.2: two edits of one rendering undo each other.
        editAction={(key, value) => setParams({ ...actionParams, [key]: value })}
        actionConnector={connectorWith({ allowAutomation: true })}
        executionMode={ActionConnectorMode.ActionForm}
        {...props}
      />
    );
  };
  const ui = createUi(options);
  const { unmount } = ui.show(<Form />);
  return { ...ui, shown, unmount };
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
      screen.getByText(/turns on "Let rules and API keys act" in Stack Management/)
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
  const inTest = { executionMode: ActionConnectorMode.Test };
  const checks = [
    { id: 'reachable', status: 'ok', message: 'SentinelOne answers.' },
    { id: 'expiry', status: 'warning', message: 'The token expires soon.', todo: 'Generate one.' },
  ];
  const PATH = '/api/actions/connector/connector%201/_execute';
  const TEST = { params: { subAction: 'testConnection', subActionParams: {} } };
  /** Has Kibana's own button run something, and answer. */
  const run = (ui: ReturnType<typeof show>, body: unknown, path = PATH, sent: unknown = TEST) =>
    act(() => {
      for (const { response } of ui.interceptors) {
        response?.({ fetchOptions: { path, body: JSON.stringify(sent) }, body });
      }
    });
  const shownChecks = () => screen.getByRole('status');

  it.each<Partial<ActionParams>>([
    {},
    { subAction: 'isolateHost' },
    { subAction: 'isolateHost', subActionParams: { comment: 'x' } },
    { subAction: 'testConnection', subActionParams: { comment: 'x' } },
  ])('runs testConnection alone, whatever was there before (%j)', async (params) => {
    const { shown } = show(inTest, { params });
    await pass(10);
    expect(shown.params).toEqual({ subAction: 'testConnection', subActionParams: {} });
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.getByText(/No host is touched/)).toBeVisible();
  });

  it("leaves running it to Kibana's one button", async () => {
    show(inTest);
    await pass(10);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows each check in words, with what to do', async () => {
    const ui = show(inTest);
    await pass(10);
    expect(shownChecks()).toBeEmptyDOMElement();
    run(ui, { status: 'ok', data: { checks } });
    expect(shownChecks()).toHaveTextContent(
      /Passed: SentinelOne answers\..*Warning: The token expires soon\..*Generate one\./
    );
    run(ui, { status: 'ok', data: { checks: [checks[0]] } });
    expect(shownChecks()).toHaveTextContent(/^Passed: SentinelOne answers\.$/);
  });

  it('shows nothing of an earlier run beside an error, which Kibana shows', async () => {
    const ui = show(inTest);
    await pass(10);
    run(ui, { status: 'ok', data: { checks } });
    run(ui, { status: 'error', service_message: 'Failed check (API token): refused' });
    expect(shownChecks()).toBeEmptyDOMElement();
  });

  const found = { status: 'ok', data: { checks } };
  it.each<[string, Parameters<typeof run> extends [unknown, ...infer Rest] ? Rest : never]>([
    ['another connector', [found, PATH.replace('1/', '2/')]],
    ['another sub-action', [found, PATH, { params: { subAction: 'getAgents' } }]],
    ['something without checks', [{ status: 'ok', data: {} }]],
    ['something without data', [{ status: 'ok' }]],
    ['nothing', [undefined]],
  ])('shows nothing of %s', async (_, answered) => {
    const ui = show(inTest);
    await pass(10);
    run(ui, ...answered);
    expect(shownChecks()).toBeEmptyDOMElement();
  });

  it('stops looking at answers when the tab is closed', async () => {
    const ui = show(inTest);
    await pass(10);
    expect(ui.interceptors.size).toBe(1);
    ui.unmount();
    expect(ui.interceptors.size).toBe(0);
  });
});
