/** Kibana 8.12.2; checked against `rison/kbn_rison.js`. */
declare module '@kbn/rison' {
  type RisonScalar = null | boolean | number | string;
  export type RisonValue = RisonScalar | RisonValue[] | { [key: string]: RisonValue };

  /** Throws when `value` cannot be written as rison. */
  export function encode(value: unknown): string;
  /** Throws when `text` is not rison. */
  export function decode(text: string): RisonValue;
  /** null when `text` is not rison. */
  export function safeDecode(text: string): RisonValue;
}
