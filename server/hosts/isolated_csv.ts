import { networkLabelOf } from '../../common/hosts/agent';
import type { IsolatedHost } from '../../common/api/isolated_host';
import { protectionText } from '../../common/actions/override';
import { BYTE_ORDER_MARK, csvRow } from '../history/csv';

/** Isolated hosts as a table for spreadsheets, one line per host, with the formula guard of the history's export. */

type Column = readonly [string, (host: IsolatedHost) => string | number | null | undefined];

const COLUMNS: readonly Column[] = [
  ['host', ({ agent }) => agent.computerName],
  ['agent_id', ({ agent }) => agent.id],
  ['agent_uuid', ({ agent }) => agent.uuid],
  ['network_status', ({ agent }) => networkLabelOf(agent)],
  ['isolated_since', ({ since }) => since],
  ['isolated_by', ({ by }) => by],
  ['source', ({ source }) => source],
  ['own_token', ({ isOwnToken }) => (isOwnToken === true ? 'true' : undefined)],
  ['api_key', ({ apiKey }) => apiKey],
  ['other_space', ({ isOtherSpace }) => (isOtherSpace === true ? 'true' : undefined)],
  ['comment', ({ comment }) => comment],
  ['alert_ids', ({ alertIds }) => alertIds?.join(' ')],
  ['alert_count', ({ alertCount }) => alertCount],
  ['release_at', ({ releaseAt }) => releaseAt],
  ['release_requested_by', ({ release }) => release?.by],
  ['action_id', ({ actionId }) => actionId],
  ['last_seen', ({ agent }) => agent.lastActiveDate],
  ['online', ({ agent }) => (agent.isActive === null ? undefined : String(agent.isActive))],
  ['site', ({ agent }) => agent.siteName],
  ['group', ({ agent }) => agent.groupName],
  ['os', ({ agent }) => agent.osName],
  ['agent_version', ({ agent }) => agent.agentVersion],
  ['logged_in_user', ({ agent }) => agent.lastLoggedInUserName],
  ['ip_addresses', ({ agent }) => agent.ipAddresses.join(' ')],
  [
    'protected_by',
    ({ agent: { protectedBy } }) =>
      protectedBy === undefined ? undefined : protectionText(protectedBy),
  ],
];

/** The whole table: at most `LIMITS.isolatedHosts` lines. */
export const isolatedCsv = (hosts: readonly IsolatedHost[]): string =>
  BYTE_ORDER_MARK +
  csvRow(COLUMNS.map(([name]) => name)) +
  hosts.map((host) => csvRow(COLUMNS.map(([, of]) => of(host)))).join('');
