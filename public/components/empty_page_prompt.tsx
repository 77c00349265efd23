import { type FC } from 'react';
import { EuiButton, EuiEmptyPrompt } from '@elastic/eui';
import { i18n } from '@kbn/i18n';

/** Shown instead of a list on a page behind its last entry. */
export const EmptyPagePrompt: FC<{ readonly onFirstPage: () => void }> = ({ onFirstPage }) => (
  <EuiEmptyPrompt
    iconType="document"
    title={
      <h2>
        {i18n.translate('sentineloneResponse.list.pageIsEmpty', {
          defaultMessage: 'This page is empty',
        })}
      </h2>
    }
    actions={
      <EuiButton onClick={onFirstPage}>
        {i18n.translate('sentineloneResponse.list.firstPage', {
          defaultMessage: 'Go to the first page',
        })}
      </EuiButton>
    }
  />
);
