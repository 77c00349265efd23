import { ACTIONS } from './action_name';
import { BULK_LABELS } from './bulk_labels';
import { PROPERTY_DEFINITIONS } from '../hosts/host_property';
import { ACTION_DEFINITIONS, actionOfferedFor, areOpposite } from './catalogue';

it('lists bulk items in the order of the actions', () => {
  expect(Object.keys(BULK_LABELS)).toEqual(ACTIONS);
});

it.each(ACTIONS)('%s has an opposite that reverts the same property', (action) => {
  const { opposite, property } = ACTION_DEFINITIONS[action];
  expect(areOpposite(action, opposite)).toBe(true);
  expect(areOpposite(opposite, action)).toBe(true);
  expect(opposite).not.toBe(action);
  expect(ACTION_DEFINITIONS[opposite].property).toBe(property);
});

it.each(ACTIONS)('%s shares its codes with no other action', (action) => {
  const codesOf = (one: (typeof ACTIONS)[number]) => {
    const { subAction, route, privilege, sentinelOne } = ACTION_DEFINITIONS[one];
    return [
      subAction,
      route,
      ...Object.values(privilege),
      sentinelOne.path,
      sentinelOne.permission,
    ];
  };
  const others = ACTIONS.filter((one) => one !== action).flatMap(codesOf);
  expect(codesOf(action).filter((code) => others.includes(code))).toEqual([]);
});

it.each(ACTIONS)(
  '%s has texts for protected hosts exactly when protection holds it back',
  (action) => {
    const { isBlockedByProtection, texts } = ACTION_DEFINITIONS[action];
    expect(texts.overrideProtection !== undefined).toBe(isBlockedByProtection);
  }
);

it.each([
  ['connected', 'isolate'],
  ['connecting', 'isolate'],
  ['disconnected', 'release'],
  ['disconnecting', 'release'],
  [null, 'isolate'],
] as const)('on an agent that is %s, %s would change its network', (networkStatus, action) => {
  const agent = {
    networkStatus,
    isActive: true,
    scanStatus: null,
    scanStartedAt: null,
    scanFinishedAt: null,
    scanAbortedAt: null,
  };
  const label = PROPERTY_DEFINITIONS.network.labelOf(agent);
  expect(actionOfferedFor('network', label)).toBe(action);
});

it('offers the first action of each property for an unknown agent', () => {
  expect(actionOfferedFor('network', undefined)).toBe(ACTIONS[0]);
});
