import moment from 'moment-timezone';
import { notInTheWorkbench } from '../not_in_the_workbench';

/**
 * The functions of message variables in Kibana 8.12.2 (`{{#FormatDate}} … {{/FormatDate}}`), which Mustache
 * calls with the text between the tags. What they throw ends up in the text of the template.
 */

type Render = (text: string) => string;
type MessageFunction = () => (text: string, render: Render) => string;

const partsOf = (text: string): readonly string[] => text.split(';', 3).map((part) => part.trim());

/** `date; time zone; format`, the last two optional: UTC and `YYYY-MM-DD hh:mma`. */
function formatDate(text: string): string {
  const [date = '', zone = '', format = ''] = partsOf(text);
  if (date === '') throw new Error('date is empty');
  if (Number.isNaN(new Date(date).valueOf())) throw new Error(`invalid date "${date}"`);
  const timeZone = zone || 'UTC';
  if (!moment.tz.names().includes(timeZone)) {
    throw new Error(`unknown timeZone value "${timeZone}"`);
  }
  return moment(date)
    .tz(timeZone)
    .format(format || 'YYYY-MM-DD hh:mma');
}

/** An option's value: a number where it begins with one, a boolean, or the text itself. */
function optionValue(text: string): string | number | boolean {
  const number = Number.parseFloat(text);
  if (!Number.isNaN(number)) return number;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** `number; locales; options` for `Intl.NumberFormat`; both semicolons are needed. Problems are its answer. */
function formatNumber(text: string): string {
  const [numberText = '', localesText, optionsText] = partsOf(text);
  if (localesText === undefined || optionsText === undefined) {
    return `invalid format, missing semicolons: '${text}'`;
  }
  const number = Number.parseFloat(numberText);
  if (Number.isNaN(number)) return `invalid number: '${numberText}'`;
  const listed = (list: string) => list.split(',').map((one) => one.trim());
  const locales = listed(localesText).filter((locale) => locale !== '');
  const options: Record<string, string | number | boolean> = {};
  for (const option of listed(optionsText).filter((one) => one !== '')) {
    const [name = '', value] = option.split(':', 2).map((one) => one.trim());
    if (value === undefined) return `invalid options: missing colon in option: '${option}'`;
    options[name] = optionValue(value);
  }
  try {
    return new Intl.NumberFormat(locales.length > 0 ? locales : ['en-US'], options).format(number);
  } catch (error) {
    return `error formatting number: ${(error as Error).message}`;
  }
}

/** By the names that templates use. Math and Hjson need libraries that the workbench does not have. */
export const MESSAGE_FUNCTIONS: Readonly<Record<string, MessageFunction>> = {
  FormatDate: () => (text, render) => formatDate(render(text.trim()).trim()),
  FormatNumber: () => (text, render) => formatNumber(render(text.trim()).trim()),
  EvalMath: () => () => notInTheWorkbench('EvalMath in message variables'),
  ParseHjson: () => () => notInTheWorkbench('ParseHjson in message variables'),
};
