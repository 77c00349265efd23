import { useState, type FC } from 'react';
import { EuiBasicTable, EuiText, type Criteria, type EuiBasicTableColumn } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { overriddenIn, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import { DateText } from '../components/date_text';
import { AppLink, HostLink } from './alert_links';
import { historyPath } from './history_state';
import { durationText, hostName, hostResultText } from './history_texts';
import { OutcomeBadge } from './outcome_badge';
import { OverrideBadge } from './protection_override';
import { useFormatTime } from '../lib/format_date';

const PAGE_SIZES = [10, 50, 100];
const FIRST = { index: 0, size: 10 };

/** Milliseconds from the request until the requested status of the host was confirmed. */
export const timeToConfirm = (
  { requestedAt }: Pick<ActionRecord, 'requestedAt'>,
  { confirmedAt }: Pick<RecordedHost, 'confirmedAt'>
): number | undefined =>
  confirmedAt === undefined
    ? undefined
    : Math.max(0, Date.parse(confirmedAt) - Date.parse(requestedAt));

const filterOf = ({ agentId, uuid, name }: RecordedHost): string | undefined =>
  agentId ?? uuid ?? name ?? undefined;

/** The result of an action for each host. */
export const HostsTable: FC<{
  readonly record: Pick<ActionRecord, 'hosts' | 'action' | 'requestedAt' | 'override'>;
}> = ({ record }) => {
  const { hosts, action } = record;
  const formatTime = useFormatTime();
  const [{ index, size }, setPage] = useState(FIRST);
  const columns: Array<EuiBasicTableColumn<RecordedHost>> = [
    {
      name: i18n.translate('sentineloneResponse.history.host', { defaultMessage: 'Host' }),
      width: '20%',
      render: (host: RecordedHost) => {
        const filter = filterOf(host);
        return (
          <div>
            <HostLink name={hostName(host)} agentId={host.agentId} />
            {filter === undefined ? null : (
              <EuiText size="xs">
                <AppLink path={historyPath({ host: filter })}>
                  {i18n.translate('sentineloneResponse.history.ofThisHost', {
                    defaultMessage: 'History of this host',
                  })}
                </AppLink>
              </EuiText>
            )}
            {overriddenIn(record, host) === undefined ? null : (
              <div>
                <OverrideBadge />
              </div>
            )}
          </div>
        );
      },
    },
    {
      name: i18n.translate('sentineloneResponse.history.outcome', { defaultMessage: 'Outcome' }),
      width: '12%',
      render: ({ outcome }: RecordedHost) => <OutcomeBadge outcome={outcome} />,
    },
    {
      name: i18n.translate('sentineloneResponse.history.story', {
        defaultMessage: 'Details',
      }),
      width: '38%',
      render: (host: RecordedHost) => hostResultText(action, host, formatTime),
    },
    {
      name: i18n.translate('sentineloneResponse.history.confirmed', {
        defaultMessage: 'Confirmed',
      }),
      width: '20%',
      render: ({ confirmedAt }: RecordedHost) =>
        confirmedAt === undefined ? '—' : <DateText iso={confirmedAt} />,
    },
    {
      name: i18n.translate('sentineloneResponse.history.took', { defaultMessage: 'Duration' }),
      width: '10%',
      render: (host: RecordedHost) => {
        const took = timeToConfirm(record, host);
        return took === undefined ? '—' : durationText(took);
      },
    },
  ];
  return (
    <EuiText size="s" css={{ width: '100%' }}>
      <EuiBasicTable<RecordedHost>
        tableCaption={i18n.translate('sentineloneResponse.history.hostsCaption', {
          defaultMessage: 'Hosts of the action',
        })}
        items={hosts.slice(index * size, (index + 1) * size)}
        columns={columns}
        compressed
        {...(hosts.length <= FIRST.size
          ? {}
          : {
              pagination: {
                pageIndex: index,
                pageSize: size,
                totalItemCount: hosts.length,
                pageSizeOptions: PAGE_SIZES,
              },
              onChange: ({ page }: Criteria<RecordedHost>) => setPage(page ?? FIRST),
            })}
      />
    </EuiText>
  );
};
