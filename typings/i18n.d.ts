/** Kibana 8.12.2; checked against `i18n/index.js`, `i18n/src/core/i18n.js`. */
declare module '@kbn/i18n' {
  export const i18n: {
    /** `values` fill the ICU message; `ignoreTag` leaves `<` and `>` as they are. */
    translate(
      id: string,
      options: {
        readonly defaultMessage: string;
        readonly values?: Readonly<
          Record<string, string | number | boolean | Date | null | undefined>
        >;
        readonly description?: string;
        readonly ignoreTag?: boolean;
      }
    ): string;
    getLocale(): string;
  };
}
