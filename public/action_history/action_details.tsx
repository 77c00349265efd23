import { Fragment, type FC } from 'react';
import {
  EuiDescriptionList,
  EuiDescriptionListDescription,
  EuiDescriptionListTitle,
  EuiSkeletonText,
  EuiSpacer,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { RecordedAction } from '../../common/actions/record';
import { isCut, type ListedRecord } from '../../common/actions/record_summary';
import { ExpandableText } from '../components/expandable_text';
import { ProblemCallout } from '../components/problem_callout';
import { LinkedCases } from '../cases/linked_cases';
import { useAction } from './use_history';
import {
  AutomaticReleaseText,
  EndedActionText,
  hasReleaseHistory,
  replacedBy,
  ReplacedReleases,
} from './automatic_release_details';
import { DateText } from '../components/date_text';
import { ActorText } from './actor_text';
import { AlertLinks } from './alert_links';
import { durationText } from './history_texts';
import { HostsTable } from './hosts_table';
import { ApprovalText, OverrideText } from './protection_override';

const label = {
  asked: () => i18n.translate('sentineloneResponse.history.asked', { defaultMessage: 'Requested' }),
  user: () => i18n.translate('sentineloneResponse.history.user', { defaultMessage: 'User' }),
  comment: () =>
    i18n.translate('sentineloneResponse.history.comment', { defaultMessage: 'Comment' }),
  override: () =>
    i18n.translate('sentineloneResponse.history.override', {
      defaultMessage: 'Protection overridden',
    }),
  approval: () =>
    i18n.translate('sentineloneResponse.history.approval', { defaultMessage: 'Approval' }),
  automaticRelease: () =>
    i18n.translate('sentineloneResponse.history.automaticRelease', {
      defaultMessage: 'Automatic release',
    }),
  ends: () => i18n.translate('sentineloneResponse.history.ends', { defaultMessage: 'Ends' }),
  replaces: () =>
    i18n.translate('sentineloneResponse.history.replaces', { defaultMessage: 'Replaces' }),
  hosts: () => i18n.translate('sentineloneResponse.history.hosts', { defaultMessage: 'Hosts' }),
  furtherRequests: () =>
    i18n.translate('sentineloneResponse.history.further', { defaultMessage: 'More requests' }),
  alerts: () => i18n.translate('sentineloneResponse.history.alerts', { defaultMessage: 'Alerts' }),
  cases: () => i18n.translate('sentineloneResponse.history.cases', { defaultMessage: 'Cases' }),
  ended: () => i18n.translate('sentineloneResponse.history.ended', { defaultMessage: 'Ended' }),
  took: () => i18n.translate('sentineloneResponse.history.took', { defaultMessage: 'Duration' }),
  actionId: () =>
    i18n.translate('sentineloneResponse.history.actionId', { defaultMessage: 'Action id' }),
};

/** What the record contains about a request that was refused as a whole, instead of all hosts of the request. */
const refusalFacts = ({ refusedRequest, hosts }: RecordedAction) => {
  if (refusedRequest === undefined) return [];
  const { hostCount, furtherRequests } = refusedRequest;
  return [
    ...(hostCount <= hosts.length
      ? []
      : [
          {
            title: label.hosts(),
            description: i18n.translate('sentineloneResponse.history.unlistedHosts', {
              defaultMessage:
                '{count, number} hosts requested. The request was refused as a whole, so only the first {listed, number} are recorded.',
              values: { count: hostCount, listed: hosts.length },
            }),
          },
        ]),
    ...(furtherRequests === 0
      ? []
      : [
          {
            title: label.furtherRequests(),
            description: i18n.translate('sentineloneResponse.history.furtherRequests', {
              defaultMessage:
                '{count, plural, one {# more request of the same user was} other {# more requests of the same user were}} refused in the same minute for the same reason.',
              values: { count: furtherRequests },
            }),
          },
        ]),
  ];
};

const AlertsFact: FC<{ readonly record: RecordedAction }> = ({
  record: { alertIds, unverifiedAlertIds, refusedRequest },
}) =>
  refusedRequest === undefined || refusedRequest.alertCount === 0 ? (
    <AlertLinks alertIds={alertIds} unverifiedAlertIds={unverifiedAlertIds} />
  ) : (
    <>
      {i18n.translate('sentineloneResponse.history.unlistedAlerts', {
        defaultMessage:
          '{count, plural, one {# alert} other {# alerts}}, not recorded because the request was refused as a whole.',
        values: { count: refusedRequest.alertCount },
      })}
    </>
  );

/** The details of a record that was listed with only some of its hosts, alerts or cases. */
const CutDetails: FC<{ readonly record: ListedRecord }> = ({ record }) => {
  const { action, problem, isFetching, refresh } = useAction(record.actionId);
  if (action !== undefined) return <Details record={action} />;
  return (
    <>
      {problem === undefined ? (
        <EuiSkeletonText lines={3} />
      ) : (
        <ProblemCallout
          title={i18n.translate('sentineloneResponse.history.notAllRead', {
            defaultMessage: 'The rest of this action could not be loaded',
          })}
          problem={problem}
          isRetrying={isFetching}
          onRetry={refresh}
        />
      )}
      <Details record={record} />
    </>
  );
};

/** The complete record of an action, with the result for each host. */
export const ActionDetails: FC<{ readonly record: ListedRecord }> = ({ record }) =>
  isCut(record) || hasReleaseHistory(record) ? (
    <CutDetails record={record} />
  ) : (
    <Details record={record} />
  );

const Details: FC<{ readonly record: RecordedAction }> = ({ record }) => {
  const { requestedAt, endedAt, tookMs, comment, override, caseIds, actionId } = record;
  const facts = [
    { title: label.asked(), description: <DateText iso={requestedAt} /> },
    ...(endedAt === undefined
      ? []
      : [{ title: label.ended(), description: <DateText iso={endedAt} /> }]),
    ...(tookMs === undefined ? [] : [{ title: label.took(), description: durationText(tookMs) }]),
    { title: label.user(), description: <ActorText actor={record.actor} /> },
    {
      title: label.comment(),
      description: <ExpandableText text={comment} />,
    },
    ...(override === undefined
      ? []
      : [{ title: label.override(), description: <OverrideText record={record} /> }]),
    ...(record.approval === undefined
      ? []
      : [{ title: label.approval(), description: <ApprovalText record={record} /> }]),
    ...(record.automaticRelease === undefined
      ? []
      : [
          {
            title: label.automaticRelease(),
            description: <AutomaticReleaseText record={record} />,
          },
        ]),
    ...(replacedBy(record).length === 0
      ? []
      : [{ title: label.replaces(), description: <ReplacedReleases record={record} /> }]),
    ...(record.endsAction === undefined
      ? []
      : [{ title: label.ends(), description: <EndedActionText record={record} /> }]),
    ...refusalFacts(record),
    { title: label.alerts(), description: <AlertsFact record={record} /> },
    ...(caseIds.length === 0
      ? []
      : [{ title: label.cases(), description: <LinkedCases record={record} /> }]),
    { title: label.actionId(), description: actionId },
  ];
  return (
    <div css={{ width: '100%', padding: '8px 0 16px' }}>
      <EuiDescriptionList
        type="column"
        compressed
        columnWidths={['120px', 'auto']}
        css={{ overflowWrap: 'anywhere' }}
      >
        {/* With the title as key, rows keep their state when another row is added. */}
        {facts.map(({ title, description }) => (
          <Fragment key={title}>
            <EuiDescriptionListTitle>{title}</EuiDescriptionListTitle>
            <EuiDescriptionListDescription>{description}</EuiDescriptionListDescription>
          </Fragment>
        ))}
      </EuiDescriptionList>
      <EuiSpacer size="m" />
      <HostsTable record={record} />
    </div>
  );
};
