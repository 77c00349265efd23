import { type FC } from 'react';
import {
  EuiCallOut,
  EuiDescriptionList,
  EuiPanel,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { RecordedAction } from '../../common/actions/record';
import { ProblemCallout } from '../components/problem_callout';
import { ActionBadge } from '../action_history/actions_table';
import { AutomaticReleaseText, EndedActionText } from '../action_history/automatic_release_details';
import { ApprovalText } from '../action_history/protection_override';
import { ActorText } from '../action_history/actor_text';
import { AlertLinks, AppLink } from '../action_history/alert_links';
import { historyPath } from '../action_history/history_state';
import { durationText, hostName, hostResultText } from '../action_history/history_texts';
import { ActionOutcome } from '../action_history/outcome_badge';
import { useFormatTime } from '../lib/format_date';
import { ExpandableText } from '../components/expandable_text';
import { DateText } from '../components/date_text';
import { nameInText } from '../components/shown_name';
import { useAction } from '../action_history/use_history';
import type { CaseViewProps } from './case_view';

/** One chunk for actions in cases, loaded when a case with an action is opened. */

type Props = CaseViewProps;

/** The id of the action that is attached. */
const actionIdOf = (props: Props): string =>
  'externalReferenceId' in props
    ? props.externalReferenceId
    : ([props.attachmentId].flat()[0] ?? '');

const label = {
  status: () =>
    i18n.translate('sentineloneResponse.caseAttachment.status', { defaultMessage: 'Status' }),
  host: (count: number) =>
    i18n.translate('sentineloneResponse.caseAttachment.host', {
      defaultMessage: '{count, plural, one {Host} other {Hosts}}',
      values: { count },
    }),
  comment: () =>
    i18n.translate('sentineloneResponse.history.comment', { defaultMessage: 'Comment' }),
  asked: () => i18n.translate('sentineloneResponse.history.asked', { defaultMessage: 'Requested' }),
  approval: () =>
    i18n.translate('sentineloneResponse.history.approval', { defaultMessage: 'Approval' }),
  release: () =>
    i18n.translate('sentineloneResponse.history.automaticRelease', {
      defaultMessage: 'Automatic release',
    }),
  ends: () => i18n.translate('sentineloneResponse.history.ends', { defaultMessage: 'Ends' }),
  user: () => i18n.translate('sentineloneResponse.history.user', { defaultMessage: 'User' }),
  took: () => i18n.translate('sentineloneResponse.history.took', { defaultMessage: 'Duration' }),
  alerts: () => i18n.translate('sentineloneResponse.history.alerts', { defaultMessage: 'Alerts' }),
};

const SHOWN_HOSTS = 10;

const Hosts: FC<{ readonly action: RecordedAction }> = ({ action: { hosts } }) => (
  <ul>
    {hosts.slice(0, SHOWN_HOSTS).map((host, n) => (
      <li key={n}>
        {host.agentId === null ? (
          hostName(host)
        ) : (
          <AppLink path={historyPath({ host: host.agentId })}>{hostName(host)}</AppLink>
        )}
      </li>
    ))}
    {hosts.length <= SHOWN_HOSTS ? null : (
      <li>
        {i18n.translate('sentineloneResponse.caseAttachment.moreHosts', {
          defaultMessage: 'and {count, number} more',
          values: { count: hosts.length - SHOWN_HOSTS },
        })}
      </li>
    )}
  </ul>
);

const Details: FC<{ readonly action: RecordedAction }> = ({ action }) => {
  const { hosts, comment, requestedAt, tookMs, alertIds, unverifiedAlertIds, actor } = action;
  const formatTime = useFormatTime();
  const [only] = hosts;
  const facts = [
    {
      title: label.status(),
      description: (
        <div role="status">
          <ActionOutcome hosts={hosts} />
          {only === undefined || hosts.length > 1
            ? null
            : hostResultText(action.action, only, formatTime)}
        </div>
      ),
    },
    { title: label.host(hosts.length), description: <Hosts action={action} /> },
    {
      title: label.comment(),
      description: <ExpandableText text={comment === '' ? '—' : comment} />,
    },
    { title: label.user(), description: <ActorText actor={actor} /> },
    { title: label.asked(), description: <DateText iso={requestedAt} /> },
    ...(action.approval === undefined
      ? []
      : [{ title: label.approval(), description: <ApprovalText record={action} /> }]),
    ...(action.automaticRelease === undefined
      ? []
      : [{ title: label.release(), description: <AutomaticReleaseText record={action} /> }]),
    ...(action.endsAction === undefined
      ? []
      : [{ title: label.ends(), description: <EndedActionText record={action} /> }]),
    ...(tookMs === undefined ? [] : [{ title: label.took(), description: durationText(tookMs) }]),
    ...(alertIds.length === 0
      ? []
      : [
          {
            title: label.alerts(),
            description: <AlertLinks alertIds={alertIds} unverifiedAlertIds={unverifiedAlertIds} />,
          },
        ]),
  ];
  return (
    <EuiDescriptionList
      type="column"
      compressed
      columnWidths={['96px', 'auto']}
      listItems={facts}
      css={{ overflowWrap: 'anywhere' }}
    />
  );
};

/** An action in a case, with the current data of its record and a link to the history. */
export const CaseAttachmentView: FC<Props> = (props) => {
  const { caseData } = props;
  const actionId = actionIdOf(props);
  const { action, problem, isFetching, refresh } = useAction(actionId);
  const isForbidden = action === undefined && problem?.status === 403;
  return (
    <EuiPanel
      color="transparent"
      hasShadow={false}
      paddingSize="s"
      data-test-subj="sentineloneResponseCaseAttachment"
    >
      <div css={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
        {action === undefined ? null : <ActionBadge action={action.action} />}
        {action === undefined ? null : (
          <AppLink path={historyPath({ search: actionId })}>
            {i18n.translate('sentineloneResponse.caseAttachment.inHistory', {
              defaultMessage: 'Show in History',
            })}
          </AppLink>
        )}
      </div>
      <EuiSpacer size="s" />
      {isForbidden ? (
        <EuiText size="s" color="subdued">
          <p>
            {i18n.translate('sentineloneResponse.caseAttachment.notForYou', {
              defaultMessage:
                'Users with the privilege to view SentinelOne hosts in this space see the status here.',
            })}
          </p>
        </EuiText>
      ) : problem !== undefined && action === undefined ? (
        <ProblemCallout
          problem={
            problem.status === 404
              ? {
                  what: i18n.translate('sentineloneResponse.caseAttachment.gone.what', {
                    defaultMessage: 'There is no record of this action in this space.',
                  }),
                  todo: i18n.translate('sentineloneResponse.caseAttachment.gone.todo', {
                    defaultMessage:
                      'Kibana removes records after the retention period in the settings. If the record was not removed, the action was never taken: any user who can add comments to cases can add such an entry.',
                  }),
                }
              : problem
          }
          title={i18n.translate('sentineloneResponse.caseAttachment.unavailable', {
            defaultMessage: 'The status of this action is not available',
          })}
          onRetry={problem.status === 404 ? undefined : refresh}
          isRetrying={isFetching}
        />
      ) : action === undefined ? (
        <EuiSkeletonText lines={4} />
      ) : (
        <>
          {action.caseIds.includes(caseData.id) ? null : (
            <>
              <EuiCallOut
                size="s"
                color="warning"
                iconType="warning"
                title={i18n.translate('sentineloneResponse.caseAttachment.otherCase', {
                  defaultMessage: 'This action was not taken for this case',
                })}
              />
              <EuiSpacer size="s" />
            </>
          )}
          <Details action={action} />
        </>
      )}
    </EuiPanel>
  );
};

/** "host web-7", "web-7 and 2 other hosts". */
function hostsText({ hosts }: RecordedAction): string {
  const [first] = hosts;
  const name = first === undefined ? '' : nameInText(hostName(first));
  return hosts.length <= 1
    ? i18n.translate('sentineloneResponse.caseAttachment.oneHost', {
        defaultMessage: 'host {name}',
        values: { name },
      })
    : i18n.translate('sentineloneResponse.caseAttachment.hosts', {
        defaultMessage: '{name} and {others, plural, one {# other host} other {# other hosts}}',
        values: { name, others: hosts.length - 1 },
      });
}

/** The text for an attachment without a readable record. Any user who may add to cases can create one. */
const unknownEvent = (isMissing: boolean): string =>
  isMissing
    ? i18n.translate('sentineloneResponse.caseAttachment.missingEvent', {
        defaultMessage: 'added a SentinelOne action that has no record in this space',
      })
    : i18n.translate('sentineloneResponse.caseAttachment.event', {
        defaultMessage: 'added a SentinelOne action',
      });

/**
 * Describes the action in the case's activity, after the name of the user who added it. The text contains only data of
 * the record, not of the attachment, which any user who may add to cases can forge.
 */
export const CaseEvent: FC<Props> = (props) => {
  const { action, problem } = useAction(actionIdOf(props));
  if (action === undefined) return <>{unknownEvent(problem?.status === 404)}</>;
  // Kibana does not pass on who added the attachment (8.12.2 to 9.x), so the text names the requester, who may be
  // another user.
  const text = ACTION_DEFINITIONS[action.action].texts.caseEvent;
  return (
    <span css={{ overflowWrap: 'anywhere' }}>
      {text({ hosts: hostsText(action), user: nameInText(action.actor.username) })}
    </span>
  );
};
