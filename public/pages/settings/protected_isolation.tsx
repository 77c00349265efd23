import { type FC } from 'react';
import { EuiFieldNumber, EuiFormRow, EuiRadioGroup, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { overridePrivilegePath } from '../../../common/actions/protection_override';
import {
  approvalSettingsOf,
  PROTECTED_ISOLATION,
  type ProtectedIsolation,
  type ProtectionSettings,
} from '../../../common/hosts/protection_settings';
import { LIMITS } from '../../../common/lib/constants';
import { wholeNumber } from '../../../common/lib/validation';

const LABEL: Readonly<Record<ProtectedIsolation, () => string>> = {
  never: () =>
    i18n.translate('sentineloneResponse.protection.way.never', { defaultMessage: 'Never' }),
  with_comment: () =>
    i18n.translate('sentineloneResponse.protection.way.withComment', {
      defaultMessage: 'With a second comment',
    }),
  with_approval: () =>
    i18n.translate('sentineloneResponse.protection.way.withApproval', {
      defaultMessage: 'After approval by a second person',
    }),
};

const HELP: Readonly<Record<ProtectedIsolation, () => string>> = {
  never: () =>
    i18n.translate('sentineloneResponse.protection.way.neverHelp', {
      defaultMessage: 'Nobody can isolate them through Kibana.',
    }),
  with_comment: () =>
    i18n.translate('sentineloneResponse.protection.way.withCommentHelp', {
      defaultMessage:
        'Users with the Kibana privilege "{privilege}" can isolate them. Both comments are recorded.',
      values: { privilege: overridePrivilegePath() },
    }),
  with_approval: () =>
    i18n.translate('sentineloneResponse.protection.way.withApprovalHelp', {
      defaultMessage:
        'Users who may isolate hosts can request it. Another user with the Kibana privilege "{privilege}" has to approve.',
      values: { privilege: overridePrivilegePath() },
    }),
};

const ID = 'sentineloneResponseIsolation-';
const minutes = wholeNumber(LIMITS.shortestApprovalMinutes, LIMITS.longestApprovalMinutes);

/** How protected hosts can be isolated, and when requests for approval expire. */
export const ProtectedIsolationFields: FC<{
  readonly settings: ProtectionSettings;
  readonly onChange: (settings: ProtectionSettings) => void;
  readonly isReadOnly: boolean;
}> = ({ settings, onChange, isReadOnly }) => {
  const { isolateProtectedHosts, requestsExpireAfterMinutes } = approvalSettingsOf(settings);
  const isValid = minutes.is(requestsExpireAfterMinutes);
  return (
    <>
      <EuiRadioGroup
        name="sentineloneResponseIsolation"
        legend={{
          children: i18n.translate('sentineloneResponse.protection.way', {
            defaultMessage: 'Protected hosts can be isolated',
          }),
        }}
        options={[...PROTECTED_ISOLATION].reverse().map((way) => ({
          id: `${ID}${way}`,
          label: LABEL[way](),
        }))}
        idSelected={`${ID}${isolateProtectedHosts}`}
        disabled={isReadOnly}
        onChange={(id) =>
          onChange({
            ...settings,
            isolateProtectedHosts: PROTECTED_ISOLATION.find((way) => `${ID}${way}` === id),
          })
        }
      />
      <EuiSpacer size="s" />
      <p css={{ fontSize: '0.85em' }}>{HELP[isolateProtectedHosts]()}</p>
      {isolateProtectedHosts !== 'with_approval' ? null : (
        <>
          <EuiSpacer size="m" />
          <EuiFormRow
            label={i18n.translate('sentineloneResponse.protection.expiry', {
              defaultMessage: 'Requests expire after (minutes)',
            })}
            isInvalid={!isValid}
            error={i18n.translate('sentineloneResponse.protection.expiryError', {
              defaultMessage: 'Enter a whole number from {least, number} to {most, number}',
              values: {
                least: LIMITS.shortestApprovalMinutes,
                most: LIMITS.longestApprovalMinutes,
              },
            })}
          >
            <EuiFieldNumber
              value={Number.isNaN(requestsExpireAfterMinutes) ? '' : requestsExpireAfterMinutes}
              min={LIMITS.shortestApprovalMinutes}
              max={LIMITS.longestApprovalMinutes}
              disabled={isReadOnly}
              isInvalid={!isValid}
              onChange={({ target }) =>
                onChange({
                  ...settings,
                  requestsExpireAfterMinutes:
                    target.value === '' ? Number.NaN : Number(target.value),
                })
              }
            />
          </EuiFormRow>
        </>
      )}
    </>
  );
};
