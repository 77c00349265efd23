/** Kibana 8.12.2; checked against `i18n-react/index.js` (react-intl 2.8.0). */
declare module '@kbn/i18n-react' {
  import type { ComponentType, ReactNode } from 'react';

  export const FormattedMessage: ComponentType<{
    readonly id: string;
    readonly defaultMessage: string;
    readonly values?: Readonly<Record<string, ReactNode | Date>>;
    readonly description?: string;
    readonly tagName?: string;
  }>;

  export const FormattedDate: ComponentType<
    Intl.DateTimeFormatOptions & { readonly value: Date | number | string }
  >;
  export const FormattedTime: typeof FormattedDate;
  export const FormattedNumber: ComponentType<
    Intl.NumberFormatOptions & { readonly value: number }
  >;
  /** "3 minutes ago"; follows the clock by itself, every `updateInterval` ms. */
  export const FormattedRelative: ComponentType<{
    readonly value: Date | number | string;
    readonly updateInterval?: number;
    readonly units?: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';
    readonly style?: 'best fit' | 'numeric';
  }>;

  /** Takes its messages from `@kbn/i18n`. */
  export const I18nProvider: ComponentType<{ readonly children?: ReactNode }>;
}
