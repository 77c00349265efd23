/**
 * `@kbn/rison` of Kibana 8.12.2: JSON in a spelling for URLs, `(a:1,b:!(x,'y z'))`. The grammar is
 * Rison's published one (github.com/Nanonid/rison).
 */

type RisonValue = null | boolean | number | string | RisonValue[] | { [key: string]: RisonValue };

const NOT_IN_ID = ` '!:(),*@$`;
const ID = new RegExp(`^[^-0123456789${NOT_IN_ID}][^${NOT_IN_ID}]*$`);
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?/;

const encodeText = (text: string): string =>
  ID.test(text) ? text : `'${text.replace(/['!]/g, '!$&')}'`;

/** Throws when `value` cannot be written as rison. */
export function encode(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return value ? '!t' : '!f';
    case 'number':
      return Number.isFinite(value) ? String(value).replace('+', '') : '!n';
    case 'string':
      return encodeText(value);
    case 'object':
      if (value === null) return '!n';
      if (Array.isArray(value)) return `!(${value.map(encode).join(',')})`;
      return `(${Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => `${encodeText(key)}:${encode(member)}`)
        .join(',')})`;
    default:
      throw new Error('unable to encode value into rison');
  }
}

/** Reads from `text` on; every function returns its value and moves `at` behind it. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  private fail(what: string): never {
    throw new Error(`rison decoder error: ${what} at ${this.at}`);
  }

  private take(expected: string): boolean {
    if (this.text[this.at] !== expected) return false;
    this.at += 1;
    return true;
  }

  private expect(expected: string): void {
    if (!this.take(expected)) this.fail(`missing "${expected}"`);
  }

  whole(): RisonValue {
    const value = this.value();
    if (this.at < this.text.length) this.fail('unexpected character');
    return value;
  }

  private value(): RisonValue {
    if (this.take('!')) return this.special();
    if (this.take('(')) return this.object();
    if (this.take(`'`)) return this.quoted();
    const [number] = NUMBER.exec(this.text.slice(this.at)) ?? [];
    if (number !== undefined) {
      this.at += number.length;
      return Number(number);
    }
    return this.id();
  }

  private special(): RisonValue {
    if (this.take('n')) return null;
    if (this.take('t')) return true;
    if (this.take('f')) return false;
    if (!this.take('(')) this.fail('unknown literal');
    const list: RisonValue[] = [];
    while (!this.take(')')) {
      if (list.length > 0) this.expect(',');
      list.push(this.value());
    }
    return list;
  }

  private object(): RisonValue {
    const members: Array<[string, RisonValue]> = [];
    while (!this.take(')')) {
      if (members.length > 0) this.expect(',');
      const key = this.take(`'`) ? this.quoted() : this.id();
      this.expect(':');
      members.push([key, this.value()]);
    }
    return Object.fromEntries(members);
  }

  private quoted(): string {
    let text = '';
    while (!this.take(`'`)) {
      this.take('!');
      const character = this.text[this.at] ?? this.fail(`unmatched "'"`);
      text += character;
      this.at += 1;
    }
    return text;
  }

  private id(): string {
    const start = this.at;
    while (this.at < this.text.length && !NOT_IN_ID.includes(this.text[this.at]!)) this.at += 1;
    const id = this.text.slice(start, this.at);
    return ID.test(id) ? id : this.fail('missing value');
  }
}

/** Throws when `text` is not rison. */
export const decode = (text: string): RisonValue => new Reader(text).whole();

/** null when `text` is not rison. */
export function safeDecode(text: string): RisonValue {
  try {
    return decode(text);
  } catch {
    return null;
  }
}
