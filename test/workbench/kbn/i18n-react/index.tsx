import { Fragment, type FC, type PropsWithChildren, type ReactNode } from 'react';
import { IntlMessageFormat } from 'intl-messageformat';
import { withoutLeadingSpaces } from '../i18n';

/** `@kbn/i18n-react` of Kibana 8.12.2, in English, as far as the workbench goes: no dates, no numbers. */

interface MessageProps {
  readonly id: string;
  readonly defaultMessage: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A message in ICU's syntax whose values may be elements. */
export const FormattedMessage: FC<MessageProps> = ({ defaultMessage, values = {} }) => {
  const format = new IntlMessageFormat(withoutLeadingSpaces(defaultMessage), 'en', undefined, {
    ignoreTag: true,
  });
  const parts: unknown = format.format<ReactNode>(values as Record<string, ReactNode>);
  const list = (Array.isArray(parts) ? parts : [parts]) as readonly ReactNode[];
  return (
    <>
      {list.map((part, index) => (
        <Fragment key={index}>{part}</Fragment>
      ))}
    </>
  );
};

export const I18nProvider: FC<PropsWithChildren<object>> = ({ children }) => <>{children}</>;
