import { useState, type FC } from 'react';
import {
  EuiButtonIcon,
  EuiFieldText,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFormRow,
  EuiSelect,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import {
  PROTECTED_FIELDS,
  protectedHostCodec,
  type ProtectionPreview,
  type ProtectedField,
  type ProtectedHost,
} from '../../../common/hosts/protection_settings';
import { decode } from '../../../common/lib/validation';
import { listText } from '../../../common/lib/text';

const FIELD_TEXTS: Readonly<Record<ProtectedField, () => string>> = {
  name: () =>
    i18n.translate('sentineloneResponse.protection.name', { defaultMessage: 'Host name' }),
  agentId: () =>
    i18n.translate('sentineloneResponse.protection.agentId', {
      defaultMessage: 'Agent id',
    }),
  uuid: () =>
    i18n.translate('sentineloneResponse.protection.uuid', {
      defaultMessage: 'Agent UUID',
    }),
  site: () => i18n.translate('sentineloneResponse.protection.site', { defaultMessage: 'Site' }),
  group: () => i18n.translate('sentineloneResponse.protection.group', { defaultMessage: 'Group' }),
  tag: () => i18n.translate('sentineloneResponse.protection.tag', { defaultMessage: 'Tag' }),
  ip: () => i18n.translate('sentineloneResponse.protection.ip', { defaultMessage: 'IP address' }),
};

const fieldText = (field: ProtectedField): string => FIELD_TEXTS[field]();

/** The hosts that a pattern matches now. */
const matchText = ({ matches, hosts }: ProtectionPreview['patterns'][number]): string => {
  const names = hosts.map(({ name, agentId }) => name ?? agentId);
  return i18n.translate('sentineloneResponse.protection.matches', {
    defaultMessage:
      '{matches, plural, =0 {Matches no host} one {Matches # host: {names}} other {Matches # hosts: {names}}}',
    values: { matches, names: listText(names, ', ', matches) },
  });
};

/** One pattern, with the hosts that it matches if the preview was requested. */
export const PatternRow: FC<{
  readonly host: ProtectedHost;
  readonly at: number;
  readonly isReadOnly: boolean;
  /** Show the error of a blank pattern before the user has left its field. */
  readonly showErrors: boolean;
  readonly match: ProtectionPreview['patterns'][number] | undefined;
  readonly onChange: (host: ProtectedHost | undefined) => void;
}> = ({ host, at, isReadOnly, showErrors, match, onChange }) => {
  const [wasLeft, setWasLeft] = useState(false);
  const decoded = decode(protectedHostCodec, host);
  const number = at + 1;
  const label = i18n.translate('sentineloneResponse.protection.pattern', {
    defaultMessage: 'Pattern {number}',
    values: { number },
  });
  const isBlank = host.pattern.trim() === '';
  // A new row is blank: that is an error once the user has left the field or tried to save.
  const isInvalid = !decoded.ok && (!isBlank || wasLeft || showErrors);
  const error = isBlank
    ? i18n.translate('sentineloneResponse.protection.blank', {
        defaultMessage: 'Enter a pattern, or remove this row',
      })
    : decoded.ok
      ? undefined
      : decoded.problems.map(({ message }) => message);
  return (
    <EuiFlexGroup gutterSize="s" responsive={false} alignItems="flexStart">
      <EuiFlexItem grow={false}>
        <EuiSelect
          compressed
          disabled={isReadOnly}
          aria-label={i18n.translate('sentineloneResponse.protection.field', {
            defaultMessage: 'Field of pattern {number}',
            values: { number },
          })}
          value={host.field}
          options={PROTECTED_FIELDS.map((value) => ({ value, text: fieldText(value) }))}
          onChange={({ target }) => onChange({ ...host, field: target.value as ProtectedField })}
        />
      </EuiFlexItem>
      <EuiFlexItem>
        <EuiFormRow
          fullWidth
          isInvalid={isInvalid}
          error={error}
          helpText={match === undefined ? undefined : matchText(match)}
        >
          <EuiFieldText
            compressed
            fullWidth
            disabled={isReadOnly}
            aria-label={label}
            value={host.pattern}
            isInvalid={isInvalid}
            onBlur={() => setWasLeft(true)}
            onChange={({ target }) => onChange({ ...host, pattern: target.value })}
          />
        </EuiFormRow>
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <EuiButtonIcon
          iconType="trash"
          color="danger"
          isDisabled={isReadOnly}
          aria-label={i18n.translate('sentineloneResponse.protection.remove', {
            defaultMessage: 'Remove pattern {number}',
            values: { number },
          })}
          onClick={() => onChange(undefined)}
        />
      </EuiFlexItem>
    </EuiFlexGroup>
  );
};
