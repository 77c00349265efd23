import * as t from 'io-ts';
import {
  appliedPatternCodec,
  type AppliedPattern,
  type ProtectedField,
} from '../hosts/protection_settings';
import { i18n } from '@kbn/i18n';

/** The recorded override of the protection of hosts. */

/** The name of the privilege to isolate protected hosts in Kibana's roles. */
export const overridePrivilege = (): string =>
  i18n.translate('sentineloneResponse.feature.override', {
    defaultMessage: 'Isolate protected hosts',
  });

/** The privilege with the name of its feature. */
export const overridePrivilegePath = (): string =>
  i18n.translate('sentineloneResponse.feature.overridePath', {
    defaultMessage: 'SentinelOne Response: {privilege}',
    values: { privilege: overridePrivilege() },
  });

/** A protected host to which a command was sent under an override, and the pattern that protected it. */
export const overriddenHostCodec = t.intersection([
  t.type({ agentId: t.string }),
  appliedPatternCodec,
]);
export type OverriddenHost = Readonly<t.TypeOf<typeof overriddenHostCodec>>;

export const overrideCodec = t.type({
  /** Why these hosts were isolated although they are protected. */
  comment: t.string,
  hosts: t.readonlyArray(overriddenHostCodec),
});
export type Override = Readonly<t.TypeOf<typeof overrideCodec>>;

/** The names of pattern fields for users. */
const FIELD_WORDS: Readonly<Record<ProtectedField, string>> = {
  name: 'name',
  agentId: 'agent id',
  uuid: 'UUID',
  site: 'site',
  group: 'group',
  tag: 'tag',
  ip: 'IP address',
};

/** Describes what protects a host, for use within a sentence. Records store this text, so it is never translated. */
export const protectionText = ({ field, pattern, spaceId }: AppliedPattern): string =>
  `${FIELD_WORDS[field]} matches ${pattern}${spaceId === undefined ? '' : `, by the settings of the space ${spaceId}`}`;
