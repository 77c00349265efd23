import { useState, type FC } from 'react';
import { act, screen, within } from '@testing-library/react';
import {
  ActionConnectorMode,
  type ActionConnector,
  type ActionParamsProps,
  type IErrorObject,
} from '@kbn/triggers-actions-ui-plugin/public';
import { ONE_CONNECTOR } from '../../test/helpers/ui/fake_response_api';
import { axeViolations } from '../../test/helpers/ui/axe';
import { button } from '../../test/helpers/ui/queries';
import { createUi, enter, pass, setUpUi } from '../../test/helpers/ui/render_ui';
import type { ActionParams } from './action_params';
import { connectorType } from './connector_type';
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

/** Keeps the parameters in the same way as Kibana's form. */
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
        // As in Kibana 8.12.2, the second of two edits in one render reverts the first.
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

const action = () => screen.getByRole('combobox', { name: 'Action' });
const comment = () => screen.getByRole('textbox', { name: 'Comment' });

describe('in a rule', () => {
  it('isolates by default', async () => {
    const { user, shown } = show();
    await pass(10);
    expect(shown.params).toEqual({ subAction: 'isolateHost' });
    expect(
      within(action())
        .getAllByRole('option')
        .map(({ textContent }) => textContent)
    ).toEqual(['Isolate host', 'Release host', 'Scan host', 'Abort scan']);
    await user.selectOptions(action(), 'Release host');
    expect(shown.params).toEqual({ subAction: 'releaseHost' });
  });

  it('keeps the saved parameters', async () => {
    const params = { subAction: 'releaseHost', subActionParams: { comment: 'why' } } as const;
    const { shown } = show({}, { params });
    await pass(10);
    expect(action()).toHaveValue('releaseHost');
    expect(comment()).toHaveValue('why');
    expect(shown.params).toEqual(params);
  });

  it('accepts a comment with variables of the rule', async () => {
    const messageVariables = [{ name: 'rule.name', description: 'The name of the rule' }];
    const ui = show({ messageVariables });
    await enter(ui, comment(), 'By ');
    await ui.user.click(button('Add rule.name'));
    expect(ui.shown.params).toEqual({
      subAction: 'isolateHost',
      subActionParams: { comment: 'By {{rule.name}}' },
    });
  });

  it('explains for which hosts it runs, and with which privileges', async () => {
    show();
    await pass(10);
    expect(action()).toHaveAccessibleDescription(
      /each host that the alerts identify by two values.*privileges of the user who enabled the rule/
    );
  });

  it('has no violations that axe finds, with a connector that does not let rules act and with errors', async () => {
    const errors: IErrorObject = { comment: ['A comment is required'], subAction: ['Choose'] };
    const params = { subAction: 'isolateHost', subActionParams: { comment: '' } } as const;
    show({ errors, actionConnector: connectorWith({ allowAutomation: false }) }, { params });
    await pass(10);
    expect(screen.getByText(/does not let rules act/)).toBeInTheDocument();
    jest.useRealTimers();
    expect(await axeViolations()).toEqual([]);
  });

  it('shows problems of the comment only after the user has typed', async () => {
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
    expect(
      screen.getByText('This connector does not let rules act. The action will be refused')
    ).toBeVisible();
    expect(
      screen.getByText(/can turn on "Let rules and API keys act" in Stack Management/)
    ).toBeVisible();
  });

  it.each([
    ['it lets rules act', connectorWith({ allowAutomation: true })],
    ['no connector is selected', undefined],
    // Kibana does not return the configuration of preconfigured connectors.
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

describe('the automatic release of a rule action', () => {
  const withTimes = (defaultMinutes: number | null, longestMinutes: number) => ({
    connection: { ...ONE_CONNECTOR, automaticRelease: { defaultMinutes, longestMinutes } },
  });
  const time = () => screen.getByRole('combobox', { name: 'Release automatically' });
  const chosen = () => within(time()).getByRole('option', { selected: true }).textContent;

  it.each([
    [240, 129_600, 'After 4 hours'],
    // It is none of the usual times.
    [45, 60, 'After 45 minutes'],
  ])('begins with the default of the settings: %i minutes', async (minutes, longest, text) => {
    const ui = show({}, withTimes(minutes, longest));
    await pass(10);
    expect(chosen()).toBe(text);
    expect(ui.shown.params).toEqual({
      ...{ subAction: 'isolateHost', subActionParams: { releaseAfterMinutes: minutes } },
    });
    // No error of the comment before the user has typed.
    expect(comment()).toBeValid();
    await enter(ui, comment(), 'why');
    await ui.user.selectOptions(time(), 'Never');
    await pass(10);
    expect(ui.shown.params).toEqual({
      ...{ subAction: 'isolateHost', subActionParams: { comment: 'why' } },
    });
    expect(chosen()).toBe('Never');
  });

  it('is that of the settings again after another action was selected in between', async () => {
    const ui = show({}, withTimes(240, 1_440));
    await pass(10);
    await ui.user.selectOptions(action(), 'Release host');
    await pass(10);
    expect(ui.shown.params).toEqual({ subAction: 'releaseHost', subActionParams: {} });
    await ui.user.selectOptions(action(), 'Isolate host');
    await pass(10);
    expect(chosen()).toBe('After 4 hours');
    expect(ui.shown.params.subActionParams).toEqual({ releaseAfterMinutes: 240 });
  });

  it.each<[string, Partial<ActionParams>, object, string, number | undefined]>([
    [
      'a saved rule without one',
      { subAction: 'isolateHost' },
      withTimes(240, 1_440),
      'Never',
      undefined,
    ],
    [
      'a saved rule with another one',
      { subAction: 'isolateHost', subActionParams: { releaseAfterMinutes: 60 } },
      ...([withTimes(240, 1_440), 'After 1 hour', 60] as const),
    ],
    ['settings without a default', {}, withTimes(null, 1_440), 'Never', undefined],
    // The shorter limit of another space applies.
    ['a default that is longer than allowed', {}, withTimes(240, 60), 'Never', undefined],
    [
      'a user who may not release',
      {},
      { ...withTimes(240, 1_440), rights: { release: false } },
      ...(['Never', undefined] as const),
    ],
  ])('is not changed for %s', async (_, params, options, text, minutes) => {
    const { shown } = show({}, { params, ...options });
    await pass(10);
    expect(chosen()).toBe(text);
    expect(shown.params.subActionParams?.releaseAfterMinutes).toBe(minutes);
  });

  it.each([true, false])(
    'says what an isolation without an end can do, whether the user may release (%s) or not',
    async (release) => {
      show({}, { rights: { release } });
      await pass(10);
      expect(time()).toHaveAccessibleDescription(
        /Without an end, a rule with false alerts can keep many hosts off the network until a user releases each of them\./
      );
      if (!release) expect(time()).toHaveAccessibleDescription(/^You need the privilege/);
    }
  );

  it('cannot be saved when it is longer than the settings allow', async () => {
    const ui = show({}, withTimes(60, 1_440));
    await pass(10);
    const model = connectorType(async () => ui.services);
    const check = async (releaseAfterMinutes: number) =>
      (
        await model.validateParams({
          ...{ subAction: 'isolateHost', subActionParams: { comment: 'c', releaseAfterMinutes } },
        })
      ).errors;
    expect(await check(1_440)).toEqual({});
    expect(await check(1_441)).toEqual({
      releaseAfterMinutes: ['Enter a time from 5 minutes to 24 hours, in whole minutes.'],
    });
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
  /** Simulates a run by Kibana's button, with its answer. */
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
  ])('runs only testConnection, with any parameters before (%j)', async (params) => {
    const { shown } = show(inTest, { params });
    await pass(10);
    expect(shown.params).toEqual({ subAction: 'testConnection', subActionParams: {} });
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.getByText(/No command is sent to a host/)).toBeVisible();
  });

  it("has no button other than Kibana's", async () => {
    show(inTest);
    await pass(10);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows each check as a text, with what to do', async () => {
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

  it('removes the result of an earlier run after an error, which Kibana shows', async () => {
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
  ])('ignores the answer of %s', async (_, answered) => {
    const ui = show(inTest);
    await pass(10);
    run(ui, ...answered);
    expect(shownChecks()).toBeEmptyDOMElement();
  });

  it('stops intercepting answers when the tab is closed', async () => {
    const ui = show(inTest);
    await pass(10);
    expect(ui.interceptors.size).toBe(1);
    ui.unmount();
    expect(ui.interceptors.size).toBe(0);
  });
});
