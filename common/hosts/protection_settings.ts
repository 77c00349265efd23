import * as t from 'io-ts';
import { LIMITS } from '../lib/constants';
import { parseIpRange } from './match_pattern';
import {
  closedObject,
  listOf,
  nullable,
  nullableString,
  oneOf,
  refine,
  stringThat,
  wholeNumber,
} from '../lib/validation';
import { isPlainText, NO_CONTROLS } from '../lib/text';

/** Protection settings of a space: hosts that are never isolated, hosts per action, and required comments. */

export const PROTECTED_FIELDS = ['name', 'agentId', 'uuid', 'site', 'group', 'tag', 'ip'] as const;
export type ProtectedField = (typeof PROTECTED_FIELDS)[number];

/** A pattern with a trailing blank would protect nothing, without a warning. */
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

/** The accepted patterns depend on the field. */
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

const releaseMinutes = wholeNumber(LIMITS.shortestReleaseMinutes, LIMITS.longestReleaseMinutes);
const releaseTimesFields = closedObject('the times of automatic releases', {
  /** Minutes that are preselected for an isolation; null for never. */
  defaultMinutes: nullable(releaseMinutes),
  /** The most minutes that are accepted. */
  longestMinutes: releaseMinutes,
});
const releaseTimesSettingCodec = refine(releaseTimesFields, ({ defaultMinutes, longestMinutes }) =>
  defaultMinutes === null || defaultMinutes <= longestMinutes
    ? undefined
    : {
        field: 'defaultMinutes',
        message: `accepted are null and at most longestMinutes, which is ${longestMinutes}`,
      }
);

/** When isolations end automatically: the preselected time (null: never), and the longest, in minutes. */
export interface ReleaseTimes {
  readonly defaultMinutes: number | null;
  readonly longestMinutes: number;
}
export const releaseTimesCodec = t.type({
  defaultMinutes: t.union([t.number, t.null]),
  longestMinutes: t.number,
});
export const DEFAULT_RELEASE_TIMES: ReleaseTimes = {
  defaultMinutes: null,
  longestMinutes: LIMITS.longestReleaseMinutes,
};

/** How protected hosts can be isolated, the least strict first. */
export const PROTECTED_ISOLATION = ['with_comment', 'with_approval', 'never'] as const;
export type ProtectedIsolation = (typeof PROTECTED_ISOLATION)[number];

/** Minutes after which requests for approval expire, unless the settings say otherwise. */
export const DEFAULT_APPROVAL_MINUTES = 60;

const settingsFields = {
  /** Hosts that match one of these are protected from isolation. They can always be released. */
  protectedHosts: protectedHostsCodec,
  /** Whether every action requires a comment. */
  commentRequired: t.boolean,
  /** Maximum number of hosts in one action. */
  maxHosts: wholeNumber(1, LIMITS.hostsPerAction),
};
export const protectionSettingsCodec = closedObject('the settings', settingsFields, {
  /** When isolations end automatically. Left out: never by default, and 90 days at most. */
  automaticRelease: releaseTimesSettingCodec,
  /**
   * Who can isolate protected hosts: a user with the privilege and a second comment; any user who may isolate, after
   * another user with the privilege approved it; or nobody. Left out: with a second comment.
   */
  isolateProtectedHosts: oneOf(PROTECTED_ISOLATION),
  /** Minutes after which a request expires that was neither approved nor declined. Left out: 60. */
  requestsExpireAfterMinutes: wholeNumber(
    LIMITS.shortestApprovalMinutes,
    LIMITS.longestApprovalMinutes
  ),
});
export type ProtectionSettings = t.TypeOf<typeof protectionSettingsCodec>;

export const DEFAULT_PROTECTION_SETTINGS: ProtectionSettings = {
  protectedHosts: [],
  commentRequired: true,
  maxHosts: LIMITS.hostsPerAction,
};

/** A pattern that applies in a space: from its own settings or from those of another space. */
export const appliedPatternCodec = t.intersection([
  t.type({ field: oneOf(PROTECTED_FIELDS), pattern: t.string }),
  t.partial({
    /** The other space; absent for the own settings. */
    spaceId: t.string,
    /** How the hosts that it protects can be isolated; absent: with a second comment. */
    isolation: oneOf(['with_approval', 'never'] as const),
  }),
]);
export type AppliedPattern = Readonly<t.TypeOf<typeof appliedPatternCodec>>;

/** How the hosts that the pattern protects can be isolated. */
export const isolationOf = ({ isolation }: Pick<AppliedPattern, 'isolation'>): ProtectedIsolation =>
  isolation ?? 'with_comment';

/** The strictest of several ways; undefined for none. */
export const strictestIsolation = (
  ways: readonly ProtectedIsolation[]
): ProtectedIsolation | undefined =>
  [...PROTECTED_ISOLATION].reverse().find((way) => ways.includes(way));

/** The protection that applies to actions through one connector in one space. */
export interface AppliedProtection extends Pick<
  ProtectionSettings,
  'commentRequired' | 'maxHosts'
> {
  readonly protectedHosts: readonly AppliedPattern[];
  readonly requestsExpireAfterMinutes: number;
  readonly automaticRelease: ReleaseTimes;
}

/** The times of automatic releases that settings state. */
export const releaseTimesOf = ({
  automaticRelease = DEFAULT_RELEASE_TIMES,
}: Pick<ProtectionSettings, 'automaticRelease'>): ReleaseTimes => automaticRelease;

/** How settings let protected hosts be isolated, and when requests for approval expire. */
export const approvalSettingsOf = ({
  isolateProtectedHosts = 'with_comment',
  requestsExpireAfterMinutes = DEFAULT_APPROVAL_MINUTES,
}: ProtectionSettings): Required<
  Pick<ProtectionSettings, 'isolateProtectedHosts' | 'requestsExpireAfterMinutes'>
> => ({ isolateProtectedHosts, requestsExpireAfterMinutes });

/** Parameters and result of the preview. */
export const protectionPreviewParamsCodec = closedObject('the parameters of previewProtection', {
  protectedHosts: protectedHostsCodec,
});
export type ProtectionPreviewParams = t.TypeOf<typeof protectionPreviewParamsCodec>;

export const protectionPreviewCodec = t.type({
  /** One entry per pattern, in the same order. */
  patterns: t.readonlyArray(
    t.type({
      matches: t.number,
      /** The first matches. */
      hosts: t.readonlyArray(t.type({ agentId: t.string, name: nullableString })),
    })
  ),
  /** Agents that match at least one pattern. */
  protectedAgents: t.number,
  /** Agents that were checked, and the number of all agents if SentinelOne returns it. */
  lookedAt: t.number,
  total: t.union([t.number, t.null]),
});
export type ProtectionPreview = Readonly<t.TypeOf<typeof protectionPreviewCodec>>;
