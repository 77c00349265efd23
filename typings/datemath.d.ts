/** Kibana 8.12.2; checked against `__kbnSharedDeps__.KbnDatemath`. */
declare module '@kbn/datemath' {
  import type { Moment } from 'moment';

  /**
   * The moment that `text` means: ISO 8601 or date math, such as `now-30d/d`. With `roundUp` a rounded one
   * is the end of its unit. Undefined, or a moment that is not valid, when it means none.
   */
  export function parse(
    text: string,
    options?: { readonly roundUp?: boolean; readonly forceNow?: Date }
  ): Moment | undefined;
}
