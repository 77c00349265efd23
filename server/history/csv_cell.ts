/** The cells of a CSV file that people open in a spreadsheet program. */

/** Characters at which a spreadsheet program takes a text for a formula; also behind blanks, and their wide forms. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/**
 * What a spreadsheet program turns into a number, date, time or currency: digits with the characters that
 * numbers and dates are written with. SentinelOne's ids have 18 or 19 digits, of which Excel and LibreOffice
 * keep 15; a UUID of digits with one `e` becomes a number with an exponent; a host `007` loses its zeros.
 */
const NUMBER = /^[\d\s.,:;/\\%()'’+\-\p{Sc}]*(?:(?<=\d)e[\d\s+-]*)?$/iu;

/** Names that Excel turns into dates, such as the host `SEP-01` or `1mar`. */
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

/** Whether a spreadsheet program shows the text as something else than it is. */
const isConverted = (text: string): boolean =>
  FORMULA.test(text) || (/\d/.test(text) && (NUMBER.test(text) || isDateWithMonth(text)));

/**
 * A cell: always in quotes. A text that a spreadsheet program would take for a formula, a number or a date
 * gets an apostrophe in front, so that it is shown whole; a number stays a number.
 */
export function csvCell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value !== 'number' && isConverted(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

export const csvRow = (cells: ReadonlyArray<string | number | null | undefined>): string =>
  `${cells.map(csvCell).join(',')}\r\n`;
