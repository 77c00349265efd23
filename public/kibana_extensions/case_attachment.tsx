import { type FC } from 'react';
import {
  EuiCallOut,
  EuiDescriptionList,
  EuiPanel,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
} from '@elastic/eui';
import type { ExternalReferenceAttachmentViewProps } from '@kbn/cases-plugin/public';
import { i18n } from '@kbn/i18n';
import type { RecordedAction } from '../../common/actions/record';
import { ProblemCallout } from '../components/problem_callout';
import { ActionBadge } from '../action_history/actions_table';
import { ActorText } from '../action_history/actor_text';
import { AlertLinks, AppLink } from '../action_history/alert_links';
import { historyPath } from '../action_history/history_state';
import { durationText, hostName, hostResultText } from '../action_history/history_texts';
import { ActionOutcome } from '../action_history/outcome_badge';
import { useFormatTime } from '../lib/use_format_time';
import { ExpandableText } from '../components/expandable_text';
import { DateText } from '../components/date_text';
import { useAction } from '../action_history/use_action';

type Props = ExternalReferenceAttachmentViewProps;

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

/** An action in a case: as it is on record now, and the way to it in the history. */
export const CaseAttachmentView: FC<Props> = ({ externalReferenceId: actionId, caseData }) => {
  const { action, problem, isFetching, refresh } = useAction(actionId);
  const mayNotSee = action === undefined && problem?.status === 403;
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
      {mayNotSee ? (
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
                      'Records are removed after the number of days in the settings. If none has been removed, nobody took this action: everybody who can add comments to cases can add such an entry.',
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
