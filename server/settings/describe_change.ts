import type { HostGuards, ProtectedHost } from '../../common/host_guards';
import type { Settings } from '../../common/settings';

/** What somebody changed about the settings, in one sentence for Kibana's logs. */

/** Patterns that are named before the rest is counted. */
const NAMED = 50;

const keyOf = ({ field, pattern }: ProtectedHost): string => `${field} ${pattern}`;

function without(some: readonly ProtectedHost[], others: readonly ProtectedHost[]): string {
  const known = new Set(others.map(keyOf));
  const left = [...new Set(some.map(keyOf))].filter((key) => !known.has(key));
  const rest = left.length > NAMED ? ` and ${left.length - NAMED} more` : '';
  return left.slice(0, NAMED).join(', ') + rest;
}

/** Undefined when nothing is different. `before` is undefined when it could not be understood. */
export function describeGuardsChange(
  before: HostGuards | undefined,
  after: HostGuards
): string | undefined {
  const old = before?.protectedHosts ?? [];
  const more = without(after.protectedHosts, old);
  const fewer = without(old, after.protectedHosts);
  const parts = [
    ...(before === undefined ? ['replaced settings that could not be read'] : []),
    ...(more === '' ? [] : [`protected hosts with ${more}`]),
    ...(fewer === '' ? [] : [`no longer protected hosts with ${fewer}`]),
    ...(before?.commentRequired === after.commentRequired
      ? []
      : [after.commentRequired ? 'made a comment required' : 'made a comment optional']),
    ...(before?.maxHosts === after.maxHosts
      ? []
      : [`set the most hosts in one action to ${after.maxHosts}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** The same for how long records are kept. */
export function describeRetentionChange(
  before: Settings | undefined,
  after: Settings
): string | undefined {
  if (before?.daysKept === after.daysKept) return undefined;
  return after.daysKept === null
    ? 'had records of actions kept for ever'
    : `had records of actions kept for ${after.daysKept} days`;
}
