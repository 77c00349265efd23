import { Readable } from 'node:stream';
import { protectionText, type OverriddenHost } from '../../common/actions/protection_override';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';

/** The cells of a CSV file that people open in a spreadsheet program. */

/**
 * Characters with which a spreadsheet program recognizes a formula, including after blanks, and their full-width forms.
 */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/**
 * Texts that a spreadsheet program converts to a number, date, time or currency: digits with the characters that
 * numbers and dates are written with. SentinelOne's ids have 18 or 19 digits, of which Excel and LibreOffice keep 15; a
 * UUID of digits with one `e` becomes a number with an exponent; the host name `007` loses its zeros.
 */
const NUMBER = /^[\d\s.,:;/\\%()'’+\-\p{Sc}]*(?:(?<=\d)e[\d\s+-]*)?$/iu;

/** Names that Excel converts to dates, such as the host `SEP-01` or `1mar`. */
const DATE_WITH_MONTH = new RegExp(
  [
    '^(?:\\d{1,4}[\\s./-]*)?',
    '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?',
    '|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)',
    '(?:[\\s./,-]*\\d{1,4}){0,2}$',
  ].join(''),
  'i'
);
const LONGEST_DATE = 40;

const isDateWithMonth = (text: string): boolean =>
  text.length <= LONGEST_DATE && DATE_WITH_MONTH.test(text.trim());

/** Whether a spreadsheet program would not show the text unchanged. */
const isConverted = (text: string): boolean =>
  FORMULA.test(text) || (/\d/.test(text) && (NUMBER.test(text) || isDateWithMonth(text)));

/**
 * Returns a cell, always in quotes. A text that a spreadsheet program would treat as a formula, a number or a date is
 * prefixed with an apostrophe, so that it is shown unchanged; a number stays a number.
 */
export function csvCell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value !== 'number' && isConverted(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

export const csvRow = (cells: ReadonlyArray<string | number | null | undefined>): string =>
  `${cells.map(csvCell).join(',')}\r\n`;

/**
 * The history as a table for spreadsheets: one line per host of each action. The alerts and cases of an action are only
 * in its first line. All lines of an action have the same `action_id`.
 */

/** Without it some spreadsheet programs do not detect UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A host of a record, with the other data for the columns. */
interface Line {
  readonly record: ActionRecord;
  readonly host: RecordedHost;
  /** The pattern that protected the host and was overridden. */
  readonly overridden: OverriddenHost | undefined;
  /** Whether another user has to approve, or has approved, the action on the host. */
  readonly needsApproval: boolean;
  /** Whether the automatic release of the action applies to the host. */
  readonly isReleased: boolean;
  /** Whether the line is the first of the action. */
  readonly isFirst: boolean;
}

/** The state of the approval: `awaiting`, or how it ended. */
const stateOfApproval = ({ approval }: ActionRecord): string | undefined =>
  approval && (approval.decision?.kind ?? 'awaiting');

/** The state of the automatic release, or how it ended. */
const stateOfRelease = ({ automaticRelease }: ActionRecord): string | undefined =>
  automaticRelease && (automaticRelease.outcome ?? automaticRelease.state);

type Column = readonly [string, (line: Line) => string | number | null | undefined];

const COLUMNS: readonly Column[] = [
  ['action_id', ({ record }) => record.actionId],
  ['requested_at', ({ record }) => record.requestedAt],
  ['action', ({ record }) => record.action],
  ['user', ({ record }) => record.actor.username],
  ['api_key', ({ record }) => record.actor.apiKey],
  ['api_key_id', ({ record }) => record.actor.apiKeyId],
  ['host', ({ host }) => host.name],
  ['agent_uuid', ({ host }) => host.uuid],
  ['agent_id', ({ host }) => host.agentId],
  ['outcome', ({ host }) => host.outcome],
  ['reason', ({ host }) => host.reason],
  ['detail', ({ host }) => host.detail],
  ['confirmed_at', ({ host }) => host.confirmedAt],
  ['ended_at', ({ host }) => host.endedAt],
  [
    'seconds_to_confirm',
    ({ record: { requestedAt }, host: { confirmedAt } }) =>
      confirmedAt === undefined
        ? undefined
        : Math.max(0, Math.round((Date.parse(confirmedAt) - Date.parse(requestedAt)) / 1000)),
  ],
  ['superseded_by', ({ host }) => host.supersededBy?.actionId],
  ['comment', ({ record }) => record.comment],
  ['alert_ids', ({ record, isFirst }) => (isFirst ? record.alertIds.join(' ') : undefined)],
  [
    'unverified_alert_ids',
    ({ record, isFirst }) => (isFirst ? record.unverifiedAlertIds?.join(' ') : undefined),
  ],
  ['case_ids', ({ record, isFirst }) => (isFirst ? record.caseIds.join(' ') : undefined)],
  [
    'overridden_protection',
    ({ overridden }) => (overridden === undefined ? undefined : protectionText(overridden)),
  ],
  [
    'override_comment',
    ({ record, overridden }) => (overridden === undefined ? undefined : record.override?.comment),
  ],
  [
    'approval',
    ({ record, needsApproval }) => (needsApproval ? stateOfApproval(record) : undefined),
  ],
  [
    'approval_requested_at',
    ({ record, needsApproval }) => (needsApproval ? record.approval?.requestedAt : undefined),
  ],
  [
    'decided_by',
    ({ record, needsApproval }) =>
      needsApproval ? record.approval?.decision?.by?.username : undefined,
  ],
  [
    'decision_comment',
    ({ record, needsApproval }) => (needsApproval ? record.approval?.decision?.comment : undefined),
  ],
  ['release_at', ({ record, isReleased }) => (isReleased ? record.releaseAt : undefined)],
  [
    'automatic_release',
    ({ record, isReleased }) => (isReleased ? stateOfRelease(record) : undefined),
  ],
  [
    'release_problem',
    ({ record, isReleased }) => (isReleased ? record.automaticRelease?.problem?.reason : undefined),
  ],
  ['ends_action', ({ record }) => record.endsAction?.actionId],
  [
    'unlisted_hosts',
    ({ record: { refusedRequest, hosts }, isFirst }) =>
      isFirst && refusedRequest !== undefined ? refusedRequest.hostCount - hosts.length : undefined,
  ],
  [
    'further_requests',
    ({ record: { refusedRequest }, isFirst }) =>
      isFirst ? refusedRequest?.furtherRequests : undefined,
  ],
];

function* rowsOf(record: ActionRecord): Generator<string> {
  const { hosts, group, override, approval } = record;
  const approved = new Set(approval?.hosts.map(({ agentId }) => agentId));
  const overridden = new Map(override?.hosts.map((host) => [host.agentId, host]));
  for (const [n, host] of hosts.entries()) {
    const line: Line = {
      record,
      host,
      overridden: host.agentId === null ? undefined : overridden.get(host.agentId),
      needsApproval: host.agentId !== null && approved.has(host.agentId),
      isReleased: isCoveredByRelease(host),
      isFirst: group === 0 && n === 0,
    };
    yield csvRow(COLUMNS.map(([, of]) => of(line)));
  }
}

/** Characters that are collected before they are sent, to avoid both a packet per line and one very large text. */
const CHUNK = 16_384;

/** Joins short texts to longer ones. */
async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/**
 * Returns the table as a stream, which reads records only as fast as they are sent. The first records are read before
 * it resolves, so that a failing search results in an error response. A later failure aborts the stream.
 */
export async function csvOf(pages: AsyncGenerator<readonly ActionRecord[]>): Promise<Readable> {
  const first = await pages.next();
  async function* lines(): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csvRow(COLUMNS.map(([name]) => name));
    if (first.done === true) return;
    for (const record of first.value) yield* rowsOf(record);
    for await (const page of pages) for (const record of page) yield* rowsOf(record);
  }
  // Bytes, because hapi, which Kibana uses, does not send streams of objects.
  const stream = Readable.from(inChunks(lines()), { objectMode: false });
  // The client may disconnect before the stream is read to its end.
  stream.once('close', () => void pages.return(undefined).catch(() => {}));
  return stream;
}
