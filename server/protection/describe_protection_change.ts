import {
  approvalSettingsOf,
  releaseTimesOf,
  type ProtectedHost,
  type ProtectedIsolation,
  type ProtectionSettings,
  type ReleaseTimes,
} from '../../common/hosts/protection_settings';
import { quoted } from '../lib/log';
import type { ChangeDescription } from '../settings/settings_store';

/** The maximum number of patterns in one event; a change of more patterns results in several events. */
const PATTERNS_PER_EVENT = 20;

const keyOf = ({ field, pattern }: ProtectedHost): string => JSON.stringify([field, pattern]);

/** Returns the distinct patterns of `some` that are not in `others`. */
function without(
  some: readonly ProtectedHost[],
  others: readonly ProtectedHost[]
): readonly ProtectedHost[] {
  const known = new Set(others.map(keyOf));
  const left = new Map(some.map((host) => [keyOf(host), host]));
  return [...left].flatMap(([key, host]) => (known.has(key) ? [] : [host]));
}

/** Returns events that together contain all of these patterns. */
function patternEvents(
  what: string,
  change: 'added' | 'removed',
  hosts: readonly ProtectedHost[]
): readonly ChangeDescription[] {
  const parts = Math.ceil(hosts.length / PATTERNS_PER_EVENT);
  return Array.from({ length: parts }, (_, n): ChangeDescription => {
    const some = hosts.slice(n * PATTERNS_PER_EVENT, (n + 1) * PATTERNS_PER_EVENT);
    const named = some.map(({ field, pattern }) => `${field} ${quoted(pattern)}`).join(', ');
    const part = parts === 1 ? '' : ` (part ${n + 1} of ${parts})`;
    return {
      what: `${what} ${named}${part}`,
      fields: { setting: 'protectedHosts', [change]: some, part: n + 1, parts },
    };
  });
}

const minutesText = (minutes: number | null): string =>
  minutes === null ? 'never' : `${minutes} minutes`;

/** The events of a change of the times of automatic releases. */
function releaseTimeEvents(
  before: ReleaseTimes | undefined,
  { defaultMinutes, longestMinutes }: ReleaseTimes
): readonly ChangeDescription[] {
  return [
    ...(before?.defaultMinutes === defaultMinutes
      ? []
      : [
          {
            what: `set the default of the automatic release to ${minutesText(defaultMinutes)}`,
            fields: { setting: 'automaticRelease.defaultMinutes', value: defaultMinutes },
          },
        ]),
    ...(before?.longestMinutes === longestMinutes
      ? []
      : [
          {
            what: `set the longest time until an automatic release to ${minutesText(longestMinutes)}`,
            fields: { setting: 'automaticRelease.longestMinutes', value: longestMinutes },
          },
        ]),
  ];
}
/** Describes what a user did by choosing this. */
const PROTECTED_ISOLATION_SENTENCES: Readonly<Record<ProtectedIsolation, string>> = {
  never: 'set that no user can isolate protected hosts',
  with_comment: 'set that users can isolate protected hosts with a second comment',
  with_approval: 'set that users can isolate protected hosts after approval by a second person',
};

/** The events of a change of how protected hosts can be isolated. */
function approvalEvents(
  before: ProtectionSettings | undefined,
  after: ProtectionSettings
): readonly ChangeDescription[] {
  const old = before && approvalSettingsOf(before);
  const { isolateProtectedHosts, requestsExpireAfterMinutes } = approvalSettingsOf(after);
  return [
    ...(old?.isolateProtectedHosts === isolateProtectedHosts
      ? []
      : [
          {
            what: PROTECTED_ISOLATION_SENTENCES[isolateProtectedHosts],
            fields: { setting: 'isolateProtectedHosts', value: isolateProtectedHosts },
          },
        ]),
    ...(old?.requestsExpireAfterMinutes === requestsExpireAfterMinutes
      ? []
      : [
          {
            what: `set the time after which requests for approval expire to ${requestsExpireAfterMinutes} minutes`,
            fields: { setting: 'requestsExpireAfterMinutes', value: requestsExpireAfterMinutes },
          },
        ]),
  ];
}

/**
 * The events of a change, for Kibana's logs; none when nothing differs. `before` is undefined when it could not be
 * parsed.
 */
export function describeProtectionChange(
  before: ProtectionSettings | undefined,
  after: ProtectionSettings
): readonly ChangeDescription[] {
  const old = before?.protectedHosts ?? [];
  const { protectedHosts, commentRequired, maxHosts } = after;
  return [
    ...(before === undefined
      ? [{ what: 'replaced settings that could not be read', fields: { setting: 'all' } }]
      : []),
    ...patternEvents('protected hosts with', 'added', without(protectedHosts, old)),
    ...patternEvents('no longer protected hosts with', 'removed', without(old, protectedHosts)),
    ...(before?.commentRequired === commentRequired
      ? []
      : [
          {
            what: commentRequired ? 'made a comment required' : 'made a comment optional',
            fields: { setting: 'commentRequired', value: commentRequired },
          },
        ]),
    ...(before?.maxHosts === maxHosts
      ? []
      : [
          {
            what: `set the maximum number of hosts in one action to ${maxHosts}`,
            fields: { setting: 'maxHosts', value: maxHosts },
          },
        ]),
    ...releaseTimeEvents(before && releaseTimesOf(before), releaseTimesOf(after)),
    ...approvalEvents(before, after),
  ];
}
