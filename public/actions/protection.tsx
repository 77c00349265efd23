import { type FC } from 'react';
import { EuiCallOut, EuiSpacer, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { FormattedMessage } from '@kbn/i18n-react';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { ApprovalRequest } from '../../common/api/approvals';
import type { Agent } from '../../common/hosts/agent';
import { isolationOf, type ProtectedIsolation } from '../../common/hosts/protection_settings';
import { PLUGIN_ID, UI_CAPABILITY } from '../../common/lib/constants';
import type { HostResult } from '../../common/actions/outcome';
import { protectionText, overridePrivilegePath } from '../../common/actions/protection_override';
import { AppLink } from '../action_history/alert_links';
import { historyPath } from '../action_history/history_state';
import { DateText } from '../components/date_text';
import { nameInText } from '../components/shown_name';
import { useServices } from '../lib/services';
import { CommentField, commentProblem, type TextFieldProps } from './comment_field';

/** What protects the agent from this action, as a text; undefined when it is not protected. */
export const protectionOf = (
  action: ActionName,
  agent: Pick<Agent, 'protectedBy'> | undefined
): string | undefined =>
  ACTION_DEFINITIONS[action].isBlockedByProtection && agent?.protectedBy !== undefined
    ? protectionText(agent.protectedBy)
    : undefined;

/** How a protected host can be isolated, independent of the user; undefined when it is not protected from this action. */
export const isolationPolicyOf = (
  action: ActionName,
  agent: Pick<Agent, 'protectedBy'> | undefined
): ProtectedIsolation | undefined =>
  ACTION_DEFINITIONS[action].isBlockedByProtection && agent?.protectedBy !== undefined
    ? isolationOf(agent.protectedBy)
    : undefined;

/** Whether the user can do anything about the protection: override it, or request approval. */
export const canOverrideProtection = (way: ProtectedIsolation, mayOverride: boolean): boolean =>
  way === 'with_approval' || (way === 'with_comment' && mayOverride);

/** Reports that a host is protected, and by which setting. */
export const protectedHost = (protection: string): string =>
  protection === ''
    ? i18n.translate('sentineloneResponse.protection.noPattern', {
        defaultMessage: 'Protected host',
      })
    : i18n.translate('sentineloneResponse.protection.title', {
        defaultMessage: 'Protected host ({protection})',
        values: { protection },
      });

/** Reports which users can isolate a protected host. */
export const whoCanOverride = (): string =>
  i18n.translate('sentineloneResponse.protection.who', {
    defaultMessage:
      'Only users with the Kibana privilege "{privilege}" can isolate it, with a second comment.',
    values: { privilege: overridePrivilegePath() },
  });

const nobodyCan = (): string =>
  i18n.translate('sentineloneResponse.protection.never', {
    defaultMessage: 'The protection settings do not allow any user to isolate it.',
  });

/** Why the user cannot isolate a protected host. */
export const protectedReason = (protection: string, way: ProtectedIsolation): string =>
  `${protectedHost(protection)}. ${way === 'never' ? nobodyCan() : whoCanOverride()}`;

/** What protects a host that was refused as protected, as a text; undefined when it was not. */
export const protectionIn = (
  result: Pick<HostResult, 'outcome' | 'reason' | 'protectedBy'> | undefined
): string | undefined => {
  if (result?.outcome !== 'refused' || result.reason !== 'protected') return undefined;
  return result.protectedBy === undefined ? '' : protectionText(result.protectedBy);
};

/** How a host that was refused as protected can be isolated; undefined when it was not. */
export const isolationPolicyIn = (
  result: Pick<HostResult, 'outcome' | 'reason' | 'protectedBy'> | undefined
): ProtectedIsolation | undefined =>
  protectionIn(result) === undefined ? undefined : isolationOf(result?.protectedBy ?? {});

/** Whether the user has the privilege to isolate protected hosts. The connector checks it again. */
export function useMayOverride(): boolean {
  const { capabilities } = useServices().core.application;
  return capabilities[PLUGIN_ID]?.[UI_CAPABILITY.override] === true;
}

/** Why `comment` is not valid as the reason for an override, or undefined. */
export const overrideProblem = (comment: string): string | undefined =>
  comment.trim() === ''
    ? i18n.translate('sentineloneResponse.protection.whyMissing', {
        defaultMessage: 'Enter the reason for the override. It is saved with your name.',
      })
    : commentProblem(comment, true);

export interface ProtectionFieldsProps extends TextFieldProps<HTMLTextAreaElement> {
  /** What protects the hosts, as a text. */
  readonly protection: string;
  /** The number of protected hosts. */
  readonly count?: number;
  readonly mayOverride: boolean;
  /** Whether the settings do not allow any user to isolate the hosts. */
  readonly isNever?: boolean;
}

/** Reports that hosts are protected, with a field for the reason of an override for users with the privilege. */
export const ProtectionFields: FC<ProtectionFieldsProps> = ({
  protection,
  count = 1,
  mayOverride: hasPrivilege,
  isNever = false,
  value,
  onChange,
  showProblem,
  disabled,
  inputRef,
}) => {
  const mayOverride = hasPrivilege && !isNever;
  return (
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
                    'The protection settings block the isolation of {count, plural, one {this host} other {these # hosts}}. You have the privilege to override them. The override and its reason are saved with your name.',
                  values: { count },
                })
              : `${i18n.translate('sentineloneResponse.protection.mayNot', {
                  defaultMessage: 'The protection settings block the isolation of this host.',
                })} ${isNever ? nobodyCan() : whoCanOverride()}`}
          </p>
        </EuiText>
        {mayOverride ? (
          <>
            <EuiSpacer size="s" />
            <CommentField
              label={i18n.translate('sentineloneResponse.protection.why', {
                defaultMessage: 'Reason for override',
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
};

/** Reports that another user has to approve the isolation of hosts, and what the request does. */
export const ApprovalNote: FC<{ readonly protection: string; readonly count?: number }> = ({
  protection,
  count = 1,
}) => (
  <>
    <EuiCallOut
      size="s"
      color="warning"
      iconType="lock"
      data-test-subj="sentineloneResponseNeedsApproval"
      title={protectedHost(protection)}
    >
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.protection.needsApproval', {
            defaultMessage:
              'Another user with the Kibana privilege "{privilege}" has to approve the isolation of {count, plural, one {this host} other {these # hosts}}. Until then, nothing is sent to SentinelOne. They see your comment.',
            values: { count, privilege: overridePrivilegePath() },
          })}
        </p>
      </EuiText>
    </EuiCallOut>
    <EuiSpacer size="m" />
  </>
);

/** A host for which a request for approval is open. */
export interface OpenRequest {
  readonly host: string;
  readonly request: ApprovalRequest;
}

/** Reports that requests for approval are open for hosts, so that further ones are refused, and links to them. */
export const OpenRequestNote: FC<{ readonly open: readonly OpenRequest[] }> = ({ open }) => (
  <>
    <EuiCallOut
      size="s"
      color="warning"
      iconType="clock"
      data-test-subj="sentineloneResponseOpenRequest"
      title={i18n.translate('sentineloneResponse.protection.openRequest', {
        defaultMessage:
          '{count, plural, one {A request for approval for {host} is open already} other {Requests for approval for # hosts are open already}}',
        values: { count: open.length, host: open[0]?.host ?? '' },
      })}
    >
      <EuiText size="s">
        {open.slice(0, SHOWN_REQUESTS).map(({ host, request }) => (
          <p key={host}>
            <FormattedMessage
              id="sentineloneResponse.protection.openRequestOf"
              defaultMessage="{user} requested it for {host} {time}. {link}"
              values={{
                user: nameInText(request.actor.username),
                host,
                time: <DateText iso={request.approval?.requestedAt ?? null} />,
                link: (
                  <AppLink path={historyPath({ actionId: request.actionId })}>
                    {i18n.translate('sentineloneResponse.protection.showRequest', {
                      defaultMessage: 'Show the request',
                    })}
                  </AppLink>
                ),
              }}
            />
          </p>
        ))}
        <p>
          {i18n.translate('sentineloneResponse.protection.openRequestTodo', {
            defaultMessage:
              'A further request is refused until it is approved, declined or withdrawn, or expires.',
          })}
        </p>
      </EuiText>
    </EuiCallOut>
    <EuiSpacer size="m" />
  </>
);

/** The most requests that are listed. */
const SHOWN_REQUESTS = 5;
