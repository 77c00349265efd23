import * as t from 'io-ts';
import { LIMITS } from '../lib/constants';
import { parseIpRange } from './ip';
import {
  closedObject,
  listOf,
  nullableString,
  oneOf,
  refine,
  stringThat,
  wholeNumber,
} from '../lib/validation';
import { isPlainText, NO_CONTROLS } from '../lib/visible_text';

/** What guards hosts in a space, beyond privileges: which are never isolated, how many at once, and why. */

export const PROTECTED_FIELDS = ['name', 'agentId', 'uuid', 'site', 'group', 'tag', 'ip'] as const;
export type ProtectedField = (typeof PROTECTED_FIELDS)[number];

/** A pattern with a blank at its end would quietly protect nothing. */
const patternCodec = stringThat(
  `a pattern: 1 to ${LIMITS.pattern} characters, no blanks at its ends, ${NO_CONTROLS}`,
  (value) =>
    value !== '' && value.trim() === value && value.length <= LIMITS.pattern && isPlainText(value),
  { minLength: 1, maxLength: LIMITS.pattern }
);
const ipPatternCodec = stringThat(
  'an IP address, a range such as 10.0.0.0/8, or an address with * and ?',
  (value) =>
    parseIpRange(value) !== undefined ||
    (value.length <= 64 && /[*?]/.test(value) && /^[0-9a-f.:*?]+$/i.test(value))
);

const fields = closedObject('a protected host: an object with a field and a pattern', {
  field: oneOf(PROTECTED_FIELDS),
  pattern: patternCodec,
});

/** What a pattern may be depends on the field. */
export const protectedHostCodec = refine(fields, ({ field, pattern }) =>
  field !== 'ip' || ipPatternCodec.is(pattern)
    ? undefined
    : { field: 'pattern', accepted: ipPatternCodec }
);
export type ProtectedHost = t.TypeOf<typeof protectedHostCodec>;

export const protectedHostsCodec = listOf(
  protectedHostCodec,
  0,
  LIMITS.protectedHosts,
  'protected hosts'
);

export const protectionSettingsCodec = closedObject('the settings', {
  /** Hosts that match one of these are never isolated through Kibana. They can always be released. */
  protectedHosts: protectedHostsCodec,
  /** Whether every action says why. */
  commentRequired: t.boolean,
  /** Most hosts in one action. */
  maxHosts: wholeNumber(1, LIMITS.hostsPerAction),
});
export type ProtectionSettings = t.TypeOf<typeof protectionSettingsCodec>;

export const DEFAULT_PROTECTION_SETTINGS: ProtectionSettings = {
  protectedHosts: [],
  commentRequired: true,
  maxHosts: LIMITS.hostsPerAction,
};

/** A pattern as it applies in a space: one of its own, or one that another space has set. */
export const appliedPatternCodec = t.intersection([
  t.type({ field: oneOf(PROTECTED_FIELDS), pattern: t.string }),
  t.partial({
    /** The other space; its own patterns name none. */
    spaceId: t.string,
  }),
]);
export type AppliedPattern = Readonly<t.TypeOf<typeof appliedPatternCodec>>;

/** What guards hosts from actions through one connector in one space. */
export interface AppliedProtection extends Pick<
  ProtectionSettings,
  'commentRequired' | 'maxHosts'
> {
  readonly protectedHosts: readonly AppliedPattern[];
}

/** What the preview is asked, and what it answers. */
export const protectionPreviewParamsCodec = closedObject('the parameters of previewProtection', {
  protectedHosts: protectedHostsCodec,
});
export type ProtectionPreviewParams = t.TypeOf<typeof protectionPreviewParamsCodec>;

export const protectionPreviewCodec = t.type({
  /** One entry per pattern, in their order. */
  patterns: t.readonlyArray(
    t.type({
      matches: t.number,
      /** The first few of them. */
      hosts: t.readonlyArray(t.type({ agentId: t.string, name: nullableString })),
    })
  ),
  /** Agents that match at least one. */
  protectedAgents: t.number,
  /** Agents that were looked at, and how many there are where SentinelOne says. */
  lookedAt: t.number,
  total: t.union([t.number, t.null]),
});
export type ProtectionPreview = Readonly<t.TypeOf<typeof protectionPreviewCodec>>;
