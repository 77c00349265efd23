import { Readable } from 'node:stream';
import { protectionText } from '../../common/override';
import { overriddenIn, type ActionRecord, type RecordedHost } from '../../common/record';
import { csvRow } from './csv_cell';

/** The history as a table for spreadsheets: one line per host of each action. */

/** Without it some spreadsheets take UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

type Column = readonly [
  string,
  (record: ActionRecord, host: RecordedHost) => string | number | null | undefined,
];

const COLUMNS: readonly Column[] = [
  ['action_id', ({ actionId }) => actionId],
  ['requested_at', ({ requestedAt }) => requestedAt],
  ['action', ({ action }) => action],
  ['user', ({ actor }) => actor.username],
  ['api_key', ({ actor }) => actor.apiKey],
  ['api_key_id', ({ actor }) => actor.apiKeyId],
  ['host', (_, { name }) => name],
  ['agent_uuid', (_, { uuid }) => uuid],
  ['agent_id', (_, { agentId }) => agentId],
  ['outcome', (_, { outcome }) => outcome],
  ['reason', (_, { reason }) => reason],
  ['detail', (_, { detail }) => detail],
  ['confirmed_at', (_, { confirmedAt }) => confirmedAt],
  ['ended_at', (_, { endedAt }) => endedAt],
  [
    'seconds_to_confirm',
    ({ requestedAt }, { confirmedAt }) =>
      confirmedAt === undefined
        ? undefined
        : Math.max(0, Math.round((Date.parse(confirmedAt) - Date.parse(requestedAt)) / 1000)),
  ],
  ['superseded_by', (_, { supersededBy }) => supersededBy?.actionId],
  ['comment', ({ comment }) => comment],
  ['alert_ids', ({ alertIds }) => alertIds.join(' ')],
  ['case_ids', ({ caseIds }) => caseIds.join(' ')],
  [
    'overridden_protection',
    (record, host) => {
      const overridden = overriddenIn(record, host);
      return overridden === undefined ? undefined : protectionText(overridden);
    },
  ],
  [
    'override_comment',
    (record, host) =>
      overriddenIn(record, host) === undefined ? undefined : record.override?.comment,
  ],
];

const rowsOf = (record: ActionRecord): string =>
  record.hosts.map((host) => csvRow(COLUMNS.map(([, of]) => of(record, host)))).join('');

/**
 * The table as a stream. The first page is read before it resolves, so that a search that fails is
 * answered as such; a failure later on breaks the stream off.
 */
export async function csvOf(pages: AsyncGenerator<readonly ActionRecord[]>): Promise<Readable> {
  const first = await pages.next();
  async function* lines(): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csvRow(COLUMNS.map(([name]) => name));
    if (first.done === true) return;
    yield first.value.map(rowsOf).join('');
    for await (const page of pages) yield page.map(rowsOf).join('');
  }
  // Bytes: hapi, and with it Kibana, sends no stream of objects.
  return Readable.from(lines(), { objectMode: false });
}
