import type {
  UiActionsActionDefinition,
  UiActionsSetup,
  CellActionExecutionContext,
} from '@kbn/ui-actions-plugin/public';
import { createUiActions } from '../../test/workbench/browser/host/plugins/ui_actions';
import {
  ID_FIELDS,
  isFromSentinelOne,
  NAME_FIELDS,
  UUID_FIELDS,
} from '../../common/hosts/data_streams';
import { addCellAction, CELL_ACTION_ID } from './cell_actions';
import { hostsInCell, type HostsInCell } from './hosts_in_cell';

const TRIGGERS = [
  'security-default-cellActions',
  'security-detailsFlyout-cellActions',
  'security-alertsCount-cellActions',
];

type Action = UiActionsActionDefinition<CellActionExecutionContext>;

function setUp({ before = [] }: { before?: readonly string[] } = {}) {
  const selected: Array<HostsInCell | undefined> = [];
  const attached: string[] = [];
  let action: Action | undefined;
  const real = createUiActions();
  for (const id of before) real.registerTrigger!({ id });
  // All plugins share one object of Kibana's service, and its members can be replaced.
  const uiActions = {
    getTrigger: real.getTrigger,
    registerTrigger: real.registerTrigger,
    registerAction: (definition: Action) => {
      action = definition;
      return real.registerAction!(definition);
    },
    attachAction: (trigger: string, id: string) => {
      real.attachAction(trigger, id);
      attached.push(`${trigger} ${id}`);
    },
  } as unknown as UiActionsSetup;
  addCellAction(uiActions, 'Show SentinelOne host', (context) =>
    selected.push(hostsInCell(context))
  );
  return { uiActions, selected, attached, action: action! };
}

const cell = (name: string, value?: unknown) =>
  ({ data: [{ field: { name, type: 'string' }, value }] }) as unknown as Parameters<
    Action['execute']
  >[0];
const attachedTo = (triggers: readonly string[]) => triggers.map((id) => `${id} ${CELL_ACTION_ID}`);

it('attaches to the triggers when Security registers them', () => {
  const { uiActions, attached } = setUp();
  expect(attached).toEqual([]);
  for (const id of TRIGGERS) uiActions.registerTrigger!({ id });
  expect(attached).toEqual(attachedTo(TRIGGERS));
});

it('attaches to triggers that are already registered', () => {
  const { uiActions, attached } = setUp({ before: TRIGGERS.slice(0, 1) });
  expect(attached).toEqual(attachedTo(TRIGGERS.slice(0, 1)));
  uiActions.registerTrigger!({ id: TRIGGERS[1]! });
  expect(attached).toEqual(attachedTo(TRIGGERS.slice(0, 2)));
});

it("does not attach to other plugins' triggers, and registers them unchanged", () => {
  const { uiActions, attached } = setUp();
  uiActions.registerTrigger!({ id: 'VALUE_CLICK_TRIGGER' });
  expect(attached).toEqual([]);
  expect(uiActions.getTrigger('VALUE_CLICK_TRIGGER')).toEqual({ id: 'VALUE_CLICK_TRIGGER' });
  expect(() => uiActions.registerTrigger!({ id: 'VALUE_CLICK_TRIGGER' })).toThrow('already');
});

it.each([
  ['observer.serial_number', true],
  ['host.name', true],
  ['host.hostname', true],
  ['sentinel_one.threat.agent.id', true],
  ['sentinel_one_cloud_funnel.event.agent.uuid', true],
  ['host.id', false],
  ['user.name', false],
  ['host.ip', false],
])('is offered on %s: %s', async (field, isOffered) => {
  expect(await setUp().action.isCompatible!(cell(field))).toBe(isOffered);
});

it('is offered on the fields of the table of data streams', async () => {
  const { isCompatible } = setUp().action;
  const fields = [...UUID_FIELDS, ...ID_FIELDS.filter(isFromSentinelOne), ...NAME_FIELDS];
  for (const field of fields) {
    expect([field, await isCompatible!(cell(field))]).toEqual([field, true]);
  }
});

it('is not offered on an unexpected cell', async () => {
  expect(await setUp().action.isCompatible!({} as never)).toBe(false);
});

it.each<[string, unknown, HostsInCell]>([
  ['observer.serial_number', '0efd', { kind: 'agents', context: { agentUuid: '0efd' } }],
  [
    'observer.serial_number',
    ['0efd', 'other'],
    {
      kind: 'agents',
      context: {
        hosts: [
          { agentUuid: '0efd', agentId: null, hostNames: [] },
          { agentUuid: 'other', agentId: null, hostNames: [] },
        ],
      },
    },
  ],
  ['sentinel_one.threat.agent.id', '12', { kind: 'agents', context: { agentId: '12' } }],
  [
    'sentinel_one.threat.agent.id',
    1.8e18,
    {
      kind: 'agents',
      context: {
        unusableIds: [
          {
            field: 'sentinel_one.threat.agent.id',
            value: '1800000000000000000',
            problem: 'number',
          },
        ],
      },
    },
  ],
  ['host.name', ['web-1'], { kind: 'names', names: ['web-1'] }],
  ['host.name', ['web-1', 'web-2', 'web-1'], { kind: 'names', names: ['web-1', 'web-2'] }],
])('passes the host in %s on', async (field, value, host) => {
  const { action, selected } = setUp();
  await action.execute(cell(field, value));
  expect(selected).toEqual([host]);
});

it.each([undefined, null, '', [], [null], 12])('does nothing for %p', async (value) => {
  const { action, selected } = setUp();
  await action.execute(cell('host.name', value));
  expect(selected).toEqual([undefined]);
});

it.each([undefined, null, '', ' ', [], [null]])('does nothing for the UUID %p', async (value) => {
  const { action, selected } = setUp();
  await action.execute(cell('observer.serial_number', value));
  expect(selected).toEqual([undefined]);
});

describe('in later versions', () => {
  const definitions = new Map<string, () => Promise<Action>>();
  const attached: string[] = [];
  const later = {
    registerActionAsync: (id: string, getDefinition: () => Promise<Action>) =>
      void definitions.set(id, getDefinition),
    attachAction: (trigger: string, id: string) => void attached.push(`${trigger} ${id}`),
    // Triggers are static, so there is no registerTrigger.
    getTrigger: (id: string) => ({ id }),
  } as unknown as UiActionsSetup;

  it('registers a function that gives the definition, and attaches to every trigger at once', async () => {
    const selected: Array<HostsInCell | undefined> = [];
    addCellAction(later, 'Show', (context) => selected.push(hostsInCell(context)));
    expect(attached).toEqual(attachedTo(TRIGGERS));
    expect([...definitions.keys()]).toEqual([CELL_ACTION_ID]);
    const action = await definitions.get(CELL_ACTION_ID)!();
    expect(await action.isCompatible!(cell('host.name'))).toBe(true);
    await action.execute(cell('host.name', 'web-1'));
    expect(selected).toEqual([{ kind: 'names', names: ['web-1'] }]);
  });
});

it('reports what is missing, or that the id is already used', () => {
  for (const none of [undefined, false] as const) {
    expect(() => addCellAction(none, 'Show', () => {})).not.toThrow();
  }
  expect(() => addCellAction({} as never, 'Show', () => {})).toThrow(TypeError);
  const { uiActions } = setUp();
  expect(() => addCellAction(uiActions, 'Show', () => {})).toThrow('already registered');
});

describe('does not throw', () => {
  beforeEach(() => jest.spyOn(console, 'debug').mockImplementation(() => {}));
  afterEach(() => jest.restoreAllMocks());

  it('when the action cannot be attached, and Security registers its triggers', () => {
    const { uiActions } = setUp();
    uiActions.attachAction = () => {
      throw new Error('unexpected');
    };
    expect(() => uiActions.registerTrigger!({ id: TRIGGERS[0]! })).not.toThrow();
    expect(uiActions.getTrigger(TRIGGERS[0]!)).toBeDefined();
  });

  it('when the flyout cannot be opened', async () => {
    let action: Action | undefined;
    const uiActions = {
      registerAction: (definition: Action) => (action = definition),
      registerTrigger: () => {},
      getTrigger: () => undefined,
      attachAction: () => {},
    };
    const onSelect = () => {
      throw new Error('broken');
    };
    addCellAction(uiActions as never, 'Show', onSelect);
    await expect(action!.execute(cell('host.name', 'web-1'))).resolves.toBeUndefined();
  });
});
