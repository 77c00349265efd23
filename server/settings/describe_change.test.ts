import { DEFAULT_HOST_GUARDS, type ProtectedHost } from '../../common/host_guards';
import { describeGuardsChange, describeRetentionChange } from './describe_change';

const withHosts = (...protectedHosts: ProtectedHost[]) => ({
  ...DEFAULT_HOST_GUARDS,
  protectedHosts,
});

it('says nothing about nothing', () => {
  const guards = withHosts({ field: 'ip', pattern: '10.0.0.0/8' });
  expect(describeGuardsChange(guards, { ...guards })).toBeUndefined();
  expect(describeRetentionChange({ daysKept: 3 }, { daysKept: 3 })).toBeUndefined();
});

it('names patterns that came and went, whatever their order', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((pattern) => ({ field: 'name' as const, pattern }));
  expect(describeGuardsChange(withHosts(a!, b!), withHosts(c!, b!))).toBe(
    'protected hosts with name c; no longer protected hosts with name a'
  );
  expect(describeGuardsChange(withHosts(a!, b!), withHosts(b!, a!))).toBeUndefined();
});

it('counts what is too much to name', () => {
  const many = Array.from({ length: 60 }, (_, n) => ({ field: 'name' as const, pattern: `h${n}` }));
  expect(describeGuardsChange(withHosts(), withHosts(...many))).toMatch(/name h49 and 10 more$/);
});

it('tells that settings were replaced which nobody could read', () => {
  expect(describeGuardsChange(undefined, DEFAULT_HOST_GUARDS)).toBe(
    'replaced settings that could not be read; made a comment required; set the most hosts in one action to 1000'
  );
});

it('tells how long records are kept', () => {
  expect(describeRetentionChange({ daysKept: 9 }, { daysKept: null })).toMatch(/for ever$/);
  expect(describeRetentionChange({ daysKept: null }, { daysKept: 9 })).toMatch(/for 9 days$/);
});
