import { useState, type FC } from 'react';
import { EuiButtonEmpty, EuiPopover, EuiPopoverTitle, EuiSpacer, EuiSwitch } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { OPTIONAL_COLUMNS, type OptionalColumn, type ShownColumns } from './shown_columns';

const NAME: Readonly<Record<OptionalColumn, () => string>> = {
  riskScore: () =>
    i18n.translate('sentineloneResponse.alerts.riskScore', { defaultMessage: 'Risk score' }),
  workflowStatus: () =>
    i18n.translate('sentineloneResponse.alerts.workflowStatus', { defaultMessage: 'Alert status' }),
  reason: () => i18n.translate('sentineloneResponse.alerts.reason', { defaultMessage: 'Reason' }),
};

/** The heading of an optional column. */
export const columnName = (column: OptionalColumn): string => NAME[column]();

/** A menu in which the columns of the alerts table are shown and hidden. */
export const ColumnChooser: FC<{ readonly shown: ShownColumns }> = ({ shown }) => {
  const [isOpen, setIsOpen] = useState(false);
  const label = i18n.translate('sentineloneResponse.alerts.columns', { defaultMessage: 'Columns' });
  return (
    <EuiPopover
      button={
        <EuiButtonEmpty
          iconType="tableDensityNormal"
          iconSide="left"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {label}
        </EuiButtonEmpty>
      }
      isOpen={isOpen}
      closePopover={() => setIsOpen(false)}
      anchorPosition="downRight"
      panelPaddingSize="s"
      aria-label={label}
    >
      <EuiPopoverTitle paddingSize="s">{label}</EuiPopoverTitle>
      {OPTIONAL_COLUMNS.map((column) => (
        <div key={column}>
          <EuiSwitch
            compressed
            label={columnName(column)}
            checked={shown.columns.includes(column)}
            onChange={() => shown.toggle(column)}
          />
          <EuiSpacer size="s" />
        </div>
      ))}
    </EuiPopover>
  );
};
