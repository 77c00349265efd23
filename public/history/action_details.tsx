import { Fragment, type FC } from 'react';
import {
  EuiDescriptionList,
  EuiDescriptionListDescription,
  EuiDescriptionListTitle,
  EuiSpacer,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionRecord } from '../../common/record';
import { MeantCases } from '../cases/meant_cases';
import { DateText } from '../hosts/date_text';
import { ActorText } from './actor_text';
import { AlertLinks } from './alert_links';
import { durationText } from './history_texts';
import { HostsTable } from './hosts_table';
import { OverrideText } from './override_text';

const label = {
  asked: () => i18n.translate('sentineloneResponse.history.asked', { defaultMessage: 'Requested' }),
  user: () => i18n.translate('sentineloneResponse.history.user', { defaultMessage: 'User' }),
  comment: () =>
    i18n.translate('sentineloneResponse.history.comment', { defaultMessage: 'Comment' }),
  override: () =>
    i18n.translate('sentineloneResponse.history.override', {
      defaultMessage: 'Protection overridden',
    }),
  alerts: () => i18n.translate('sentineloneResponse.history.alerts', { defaultMessage: 'Alerts' }),
  cases: () => i18n.translate('sentineloneResponse.history.cases', { defaultMessage: 'Cases' }),
  ended: () => i18n.translate('sentineloneResponse.history.ended', { defaultMessage: 'Ended' }),
  took: () => i18n.translate('sentineloneResponse.history.took', { defaultMessage: 'Duration' }),
  actionId: () =>
    i18n.translate('sentineloneResponse.history.actionId', { defaultMessage: 'Action id' }),
};

/** The whole record of an action: what its row has no room for, and the result for each host. */
export const ActionDetails: FC<{ readonly record: ActionRecord }> = ({ record }) => {
  const { requestedAt, endedAt, tookMs, comment, override, alertIds, caseIds, actionId } = record;
  const facts = [
    { title: label.asked(), description: <DateText iso={requestedAt} absolute /> },
    ...(endedAt === undefined
      ? []
      : [{ title: label.ended(), description: <DateText iso={endedAt} absolute /> }]),
    ...(tookMs === undefined ? [] : [{ title: label.took(), description: durationText(tookMs) }]),
    { title: label.user(), description: <ActorText actor={record.actor} /> },
    {
      title: label.comment(),
      description: <span css={{ whiteSpace: 'pre-wrap' }}>{comment}</span>,
    },
    ...(override === undefined
      ? []
      : [{ title: label.override(), description: <OverrideText record={record} /> }]),
    { title: label.alerts(), description: <AlertLinks alertIds={alertIds} /> },
    ...(caseIds.length === 0
      ? []
      : [{ title: label.cases(), description: <MeantCases record={record} /> }]),
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
        {/* By their names: a fact that comes later leaves the others, and what was done there, as they are. */}
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
