import { type FC, type ReactNode } from 'react';
import { EuiContext, EuiI18nConsumer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

/** A combo box that says what there is none of, where EUI says that there aren't any options. */
export const ComboBoxTexts: FC<{
  /** Without anything to choose from. */
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
              // EUI puts in what was typed.
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
