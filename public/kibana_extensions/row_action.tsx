import { type FC } from 'react';
import { EuiButtonIcon, EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { AlertContext } from '../../common/hosts/alert';

/** The icon beside an alert in Security's tables. A row does not know the alert's host: the flyout finds it. */
export const RowAction: FC<{
  readonly alert: AlertContext;
  readonly onSelect: (alert: AlertContext) => void;
}> = ({ alert, onSelect }) => {
  const label = i18n.translate('sentineloneResponse.rowAction.label', {
    defaultMessage: 'SentinelOne host of this alert',
  });
  return (
    <div css={{ width: 28, display: 'flex', alignItems: 'center', justifyContent: 'center' }}>
      <EuiToolTip content={label}>
        <EuiButtonIcon
          iconType="lock"
          size="s"
          aria-label={label}
          data-test-subj="sentineloneResponseRowAction"
          onClick={() => onSelect(alert)}
        />
      </EuiToolTip>
    </div>
  );
};
