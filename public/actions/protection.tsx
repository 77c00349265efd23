import { type FC, type Ref } from 'react';
import { EuiCallOut, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { PLUGIN_ID, UI_CAPABILITY } from '../../common/lib/constants';
import type { HostResult } from '../../common/actions/outcome';
import { protectionText } from '../../common/actions/override';
import { useServices } from '../lib/services';
import { CommentField, commentProblem } from './comment_field';
import { protectedHost, whoMayOverride } from './protection_text';

/** Hosts that the settings keep from being isolated, and the way past it for those who may go it. */

/** What protects a host that was refused for that, in words; undefined when it was refused for something else. */
export const protectionIn = (
  result: Pick<HostResult, 'outcome' | 'reason' | 'protectedBy'> | undefined
): string | undefined => {
  if (result?.outcome !== 'refused' || result.reason !== 'protected') return undefined;
  return result.protectedBy === undefined ? '' : protectionText(result.protectedBy);
};

/** Whether this person may isolate protected hosts. The connector asks again. */
export function useMayOverride(): boolean {
  const { capabilities } = useServices().core.application;
  return capabilities[PLUGIN_ID]?.[UI_CAPABILITY.override] === true;
}

/** Why `comment` does not do as the reason for isolating a protected host, or undefined. */
export const overrideProblem = (comment: string): string | undefined =>
  comment.trim() === ''
    ? i18n.translate('sentineloneResponse.protection.whyMissing', {
        defaultMessage: 'Say why this cannot wait for whoever protects the host.',
      })
    : commentProblem(comment, true);

export interface ProtectionFieldsProps {
  /** What protects the host, or the hosts, in words. */
  readonly protection: string;
  /** How many protected hosts are meant. */
  readonly count?: number;
  readonly mayOverride: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
}

/** Says that it is protected, and asks whoever may go past that why he does. */
export const ProtectionFields: FC<ProtectionFieldsProps> = ({
  protection,
  count = 1,
  mayOverride,
  value,
  onChange,
  showProblem,
  disabled,
  inputRef,
}) => (
  <>
    <EuiCallOut
      size="s"
      color="danger"
      iconType="lock"
      data-test-subj="sentineloneResponseProtected"
      title={protectedHost(protection)}
    >
      <EuiText size="s">
        <p>
          {mayOverride
            ? i18n.translate('sentineloneResponse.protection.mayOverride', {
                defaultMessage:
                  'The settings keep {count, plural, one {this host} other {these # hosts}} from being isolated. You may do it all the same: that you did, and why, goes on record.',
                values: { count },
              })
            : `${i18n.translate('sentineloneResponse.protection.mayNot', {
                defaultMessage: 'The settings keep this host from being isolated.',
              })} ${whoMayOverride()}`}
        </p>
      </EuiText>
      {mayOverride ? (
        <>
          <EuiSpacer size="s" />
          <CommentField
            label={i18n.translate('sentineloneResponse.protection.why', {
              defaultMessage:
                'Why isolate {count, plural, one {a protected host} other {protected hosts}}?',
              values: { count },
            })}
            value={value}
            onChange={onChange}
            problem={overrideProblem(value)}
            isRequired
            showProblem={showProblem}
            disabled={disabled}
            inputRef={inputRef}
            data-test-subj="sentineloneResponseOverrideComment"
          />
        </>
      ) : null}
    </EuiCallOut>
    <EuiSpacer size="m" />
  </>
);
