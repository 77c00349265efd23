import { type FC, type ReactNode } from 'react';
import { EuiContext, EuiI18nConsumer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

/** A combo box whose message for an empty list names what is missing. EUI shows "There aren't any options". */
export const ComboBoxTexts: FC<{
  /** The text if there are no options. */
  readonly none: string;
  readonly children: ReactNode;
}> = ({ none, children }) => (
  <EuiI18nConsumer>
    {(texts) => (
      <EuiContext
        i18n={{
          ...texts,
          mapping: {
            ...texts.mapping,
            'euiComboBoxOptionsList.noAvailableOptions': none,
            'euiComboBoxOptionsList.allOptionsSelected': none,
            'euiComboBoxOptionsList.noMatchingOptions': i18n.translate(
              'sentineloneResponse.comboBox.noMatch',
              // EUI replaces the placeholder with the typed text.
              {
                defaultMessage: 'No match for {searchValue}',
                values: { searchValue: '{searchValue}' },
              }
            ),
          },
        }}
      >
        {children}
      </EuiContext>
    )}
  </EuiI18nConsumer>
);
