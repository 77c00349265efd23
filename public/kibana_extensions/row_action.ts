import { createElement, type FC } from 'react';
import { EuiButtonIcon, EuiToolTip, type EuiToolTipProps } from '@elastic/eui';
import type { AlertContext } from '../../common/hosts/alert';
import { ErrorBoundary } from './lazy_with_error_boundary';

/**
 * The icon in the rows of Security's alerts tables. A row does not contain the alert's host, which the flyout finds.
 * Loaded with every page, so that the table requests nothing until somebody clicks it.
 */
export const rowAction =
  (label: string, onSelect: (alert: AlertContext) => void): FC<{ readonly alert: AlertContext }> =>
  ({ alert }) =>
    createElement(
      ErrorBoundary,
      null,
      createElement(EuiToolTip, {
        content: label,
        children: createElement(EuiButtonIcon, {
          iconType: 'lock',
          size: 's',
          style: { margin: 2 },
          'aria-label': label,
          'data-test-subj': 'sentineloneResponseRowAction',
          onClick: () => onSelect(alert),
        }),
      } as EuiToolTipProps)
    );
